"""The first birth certificate of a child makes its birth known, as the registration of a newborn does: the
newborn visit, child care and vaccination are opened for a child that was registered with its papers and
not as a newborn.

A child that has been in any of these services is left alone: what somebody closed is not opened again. Of a
child older than a year the birth is no news.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kangshu.access.scope import entered_as_system
from kangshu.declare import registry
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.events import Event, emit, on
from kangshu.people.models import Person, PersonStatus
from kangshu.people.occurrences import BORN
from kangshu.work.models import Case
from kangshu.work.moments import RECORD_SAVED
from kangshu.work.queries import same_person

CERTIFICATE = "maternal.certificate_first"
JOB = "a birth certificate opens what a newborn needs"
LATEST = timedelta(days=365)


@on(RECORD_SAVED, order=75)
def open_what_a_newborn_needs(event: Event, by: Actor) -> None:
    """After a first certificate was saved: tell of the birth, unless it was told before."""
    if event.payload["form_id"] != CERTIFICATE or event.person_id is None:
        return
    with entered_as_system(JOB) as system:
        child = Person.objects.select_related("merged_into").get(pk=event.person_id)
        child = child.merged_into or child
        if child.status != PersonStatus.ACTIVE or child.birth_date is None or _is_known(child.pk):
            return
        if event.at.astimezone(CHINA).date() - child.birth_date > LATEST:
            return
        payload = {"institution_id": child.institution_id, "region": child.region_id, "mother_id": None}
        emit(Event(BORN, child.pk, child.birth_date, event.at, payload), system)


def _is_known(child: UUID) -> bool:
    """Whether the child has ever been in a service that begins with a birth, other than the certificate's."""
    owner = registry.owner(CERTIFICATE).id
    kinds = [
        capability.id
        for capability in registry.capabilities()
        if capability.id != owner and any(opening.event == BORN for opening in capability.opens_on)
    ]
    return Case.objects.filter(person_id__in=same_person(child), kind__in=kinds).exists()

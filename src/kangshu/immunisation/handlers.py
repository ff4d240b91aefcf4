"""What follows for the schools' lists when places change: they stay with their unit, wherever it hangs."""

from __future__ import annotations

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from kangshu.access.scope import entered_as_system
from kangshu.immunisation.models import EntryCheck, EntryPupil
from kangshu.kernel.actor import Actor
from kangshu.kernel.events import Event, on
from kangshu.places.scope import path_range

JOB = "certificate checks follow institutions"


@on("institution.moved", order=60)
@on("institution.merged", order=60)
def follow_institution(event: Event, by: Actor) -> None:
    """The lists of an institution, and of those under it, take its new path."""
    old, new = event.payload["old_path"], event.payload["new_path"]
    low, high = path_range(old)
    with entered_as_system(JOB):
        for model in (EntryCheck, EntryPupil):
            rows = model.objects.filter(scope_path__gte=low, scope_path__lt=high)
            rows.update(scope_path=Concat(Value(new), Substr(F("scope_path"), len(old) + 1)))
        if event.payload.get("into_id"):
            EntryCheck.objects.filter(institution=event.payload["institution_id"]).update(
                institution=event.payload["into_id"]
            )

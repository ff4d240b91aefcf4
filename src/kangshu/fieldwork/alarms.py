"""The alarms of a logbook in a span of days, by institution: how often the sites were looked at, how many
entries were alarms, and which of these nobody has dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from kangshu.declare import registry
from kangshu.fieldwork.models import Entry, Site, Status
from kangshu.places.models import Institution


@dataclass(frozen=True)
class Alarms:
    """One institution: open `sites`, of these `seen` with an entry, `entries`, `alarms`, of these `waiting`
    for their next stage, and `late` ones past its day."""

    institution: Institution
    sites: int
    seen: int
    entries: int
    alarms: int
    waiting: int
    late: int


def alarms(logbook_id: str, first: date, last: date, today: date) -> list[Alarms]:
    """As far as the reader may see, in the order of the tree. A stage that waits from earlier still waits."""
    logbook = registry.logbook(logbook_id)
    rows = Entry.objects.filter(logbook=logbook.id, status=Status.CURRENT)
    counted = Q(counted_on__gte=first, counted_on__lte=last)
    waits = Q(is_alarm=True) & ~Q(next_stage="")
    entries = {
        row["institution"]: row
        for row in rows.filter(counted | waits)
        .order_by()
        .values("institution")
        .annotate(
            entries=Count("id", filter=counted),
            seen=Count("site", filter=counted, distinct=True),
            alarms=Count("id", filter=counted & Q(is_alarm=True)),
            waiting=Count("id", filter=waits),
            late=Count("id", filter=waits & Q(next_due_on__lt=today)),
        )
    }
    sites: dict[object, int] = {}
    if logbook.site is not None:
        kept = Site.objects.filter(kind=logbook.site.id, closed_on=None).order_by()
        sites = dict(kept.values_list("institution").annotate(n=Count("id")))
    found = []
    for place in Institution.objects.filter(pk__in={*entries, *sites}).order_by("path"):
        of = entries.get(place.pk, {})
        names = ("seen", "entries", "alarms", "waiting", "late")
        found.append(Alarms(place, sites.get(place.pk, 0), *(of.get(name, 0) for name in names)))
    return found

"""Which logbooks there are for somebody, what is owed and waits in them, and their entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.logbook import Logbook
from kangshu.fieldwork.models import Entry, Site, StageRecord, Status
from kangshu.fieldwork.reckoning import LaidOut, OnRegister, laid_out
from kangshu.fieldwork.rules import due_on, typed_facts
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.periods import Period
from kangshu.places.models import Institution
from kangshu.places.queries import valid_on
from kangshu.places.scope import SEGMENT, path_range


@dataclass(frozen=True)
class Owed:
    """What one institution, or one site, owes for a period; `entry` is what it gave."""

    logbook: Logbook
    institution: Institution
    site: Site | None
    period: Period
    entry: Entry | None
    due_on: date
    is_late: bool

    @property
    def name(self) -> str:
        return self.institution.name if self.site is None else self.site.name


def logbooks_for(by: Actor, today: date) -> list[Logbook]:
    """Those that somebody within the actor's place keeps, and those that the actor's institution oversees."""
    kinds = {one.kind for one in _institutions(by, frozenset(), today)}
    own = Institution.objects.filter(pk=by.institution_id).values_list("kind", flat=True).first()
    compartments = getattr(by, "compartments", frozenset())
    return [
        logbook
        for logbook in registry.logbooks()
        if (not logbook.keepers or logbook.keepers & kinds or own in (logbook.overseer, "bureau"))
        and (not logbook.confidentiality or logbook.confidentiality in compartments)
    ]


def keepers(logbook: Logbook, by: Actor, today: date) -> list[Institution]:
    """The institutions within the actor's place that keep the logbook, in the order of the tree."""
    return _institutions(by, logbook.keepers, today)


def _institutions(by: Actor, kinds: frozenset[str], today: date) -> list[Institution]:
    low, high = path_range(by.scope_path)
    found = Institution.objects.filter(valid_on(today), path__gte=low, path__lt=high)
    return list((found.filter(kind__in=kinds) if kinds else found).order_by("path"))


def seen_institutions(logbook: Logbook, by: Actor, today: date) -> list[Institution]:
    """Whose entries the actor may see: within its place, and for an overseer those of the county."""
    own = Institution.objects.filter(pk=by.institution_id).first()
    if own is None or own.kind != logbook.overseer:
        return keepers(logbook, by, today)
    low, high = path_range(own.path[: SEGMENT + 1])
    found = Institution.objects.filter(valid_on(today), path__gte=low, path__lt=high)
    return list((found.filter(kind__in=logbook.keepers) if logbook.keepers else found).order_by("path"))


def owed(logbook: Logbook, institutions: Sequence[Institution], period: Period, today: date) -> list[Owed]:
    """One line for each institution, or for each of their sites that were on the register in the period."""
    if logbook.due is None:
        return []
    given = _given(logbook, period, institutions)
    until = due_on(logbook.due, period)
    units: list[tuple[Institution, Site | None]] = [(one, None) for one in institutions]
    if logbook.site is not None:
        by_id = {one.pk: one for one in institutions}
        rows = Site.objects.filter(
            Q(closed_on=None) | Q(closed_on__gt=period.last),
            kind=logbook.site.id, institution__in=by_id, registered_on__lte=period.last,
        ).order_by("scope_path", "name")  # fmt: skip
        units = [(by_id[site.institution_id], site) for site in rows]
    found = []
    for institution, site in units:
        entry = given.get(site.pk if site is not None else institution.pk)
        # What came in after the day was late, and stays late.
        came_on = today if entry is None else entry.reported_at.astimezone(CHINA).date()
        found.append(Owed(logbook, institution, site, period, entry, until, came_on > until))
    return found


def _given(logbook: Logbook, period: Period, institutions: Sequence[Institution]) -> dict[UUID, Entry]:
    """What was given for the period, the first of each unit, by the site's or the institution's id."""
    rows = Entry.objects.filter(logbook=logbook.id, status=Status.CURRENT, institution__in=institutions)
    rows = rows.filter(counted_on__range=(period.first, period.last))
    found: dict[UUID, Entry] = {}
    for entry in rows.order_by("reported_at").defer("answers", "facts", "provenance"):
        found.setdefault(entry.site_id or entry.institution_id, entry)
    return found


def waiting(logbook_id: str = "") -> QuerySet[Entry]:
    """Entries whose next stage is to be done, the most urgent first."""
    rows = Entry.objects.filter(status=Status.CURRENT).exclude(next_stage="")
    if logbook_id:
        rows = rows.filter(logbook=logbook_id)
    return rows.select_related("institution", "site").order_by(F("next_due_on").asc(nulls_last=True), "id")


def ending(logbook: Logbook, today: date) -> list[Entry]:
    """What ends soon or has ended, and was not renewed by a later entry about the same site."""
    if logbook.expiry is None:
        return []
    same = (
        {"site": OuterRef("site")} if logbook.site is not None else {"institution": OuterRef("institution")}
    )
    renewed = Entry.objects.filter(
        logbook=logbook.id, status=Status.CURRENT, ends_on__gt=OuterRef("ends_on"), **same
    )
    rows = Entry.objects.filter(logbook=logbook.id, status=Status.CURRENT, ends_on__isnull=False)
    rows = rows.filter(Q(site=None) | Q(site__closed_on=None)).filter(~Exists(renewed))
    last = logbook.expiry.remind.after(today)
    return list(rows.filter(ends_on__lte=last).select_related("institution", "site").order_by("ends_on"))


@dataclass(frozen=True)
class Wanted:
    """What a list of entries is narrowed to."""

    year: int | None = None
    institution: str = ""
    site: str = ""
    stage: str = ""
    text: str = ""
    alarms: bool = False
    all_versions: bool = False


def entries(logbook: Logbook, wanted: Wanted) -> QuerySet[Entry]:
    """The entries of a logbook that the reader may see, latest first."""
    rows = Entry.objects.filter(logbook=logbook.id)
    if not wanted.all_versions:
        rows = rows.filter(status=Status.CURRENT)
    if wanted.year is not None:
        rows = rows.filter(counted_on__year=wanted.year)
    if wanted.institution:
        rows = rows.filter(institution__code=wanted.institution)
    if wanted.site:
        rows = rows.filter(site=wanted.site)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.alarms:
        rows = rows.filter(is_alarm=True)
    if wanted.text:
        names = [
            field.name for field in logbook.form.fields if field.kind.value == "text" and not field.choices
        ]
        matches = Q(site__name__icontains=wanted.text)
        for name in names:
            matches |= Q(**{f"answers__{name}__icontains": wanted.text})
        rows = rows.filter(matches)
    return rows.select_related("institution", "site", "performed_by").order_by("-counted_on", "-id")


def laid_out_entries(logbook: Logbook, institution: str = "") -> list[LaidOut]:
    """Every entry that counts and that the reader may see, as figures see it."""
    rows = Entry.objects.filter(logbook=logbook.id, status=Status.CURRENT)
    if institution:
        rows = rows.filter(institution__code=institution)
    return [laid_out(logbook, *row) for row in rows.values_list("counted_on", "facts", "site_id")]


def on_register(logbook: Logbook, institution: str = "") -> list[OnRegister]:
    """The sites of a logbook's kind that the reader may see, closed ones among them."""
    if logbook.site is None:
        return []
    rows = Site.objects.filter(kind=logbook.site.id)
    if institution:
        rows = rows.filter(institution__code=institution)
    return [
        OnRegister(
            registered, closed, typed_facts(logbook, {f"site__{name}": v for name, v in particulars.items()})
        )
        for registered, closed, particulars in rows.values_list("registered_on", "closed_on", "particulars")
    ]


def entry_of(entry_id: UUID) -> Entry | None:
    return (
        Entry.objects.select_related("institution", "site", "performed_by", "succeeds")
        .filter(pk=entry_id)
        .first()
    )


def versions_of(entry: Entry) -> list[Entry]:
    """The entries that this one has succeeded, latest first."""
    found, before = [], entry.succeeds
    while before is not None:
        found.append(before)
        before = before.succeeds
    return found


def stages_of(entry: Entry) -> list[StageRecord]:
    """What was done, as it counts."""
    return list(
        StageRecord.objects.filter(entry=entry, status=Status.CURRENT)
        .select_related("institution")
        .order_by("performed_on", "entered_at")
    )


def sites_of(kind: str) -> QuerySet[Site]:
    """The register of a kind, as far as the reader may see it."""
    return (
        Site.objects.filter(kind=kind).select_related("institution", "region").order_by("scope_path", "name")
    )


def may_keep(by: Actor) -> bool:
    return is_allowed(by, "keep.logbook")

"""What the pages of an appraisal show: how far it is, the work of the assessors, an institution's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from kangshu.appraisal.models import Appeal, Appraisal, Drawn, Entry, Evidence, Line, LineScore
from kangshu.appraisal.refusals import ThingNotFound
from kangshu.appraisal.scoring import Source
from kangshu.appraisal.states import State


@dataclass(frozen=True)
class Standing:
    """An institution in an appraisal with what is still to be checked there."""

    entry: Entry
    drawn: int
    checked: int
    on_site: int
    on_site_done: int

    @property
    def is_checked(self) -> bool:
        return self.drawn == self.checked and self.on_site == self.on_site_done


@dataclass(frozen=True)
class SheetRow:
    """A line for one institution: its points, the appeal about it, the evidence."""

    line: Line
    score: LineScore | None
    appeals: tuple[Appeal, ...]
    evidence: tuple[Evidence, ...]

    @property
    def can_be_appealed(self) -> bool:
        return self.score is not None and not any(not one.answer and not one.drawn_id for one in self.appeals)


def find_appraisal(id: UUID) -> Appraisal:
    """Raises ThingNotFound."""
    found = Appraisal.objects.filter(pk=id).first()
    if found is None:
        raise ThingNotFound
    return found


def find_entry(id: UUID) -> Entry:
    """An institution in an appraisal, if the reader may see it. Raises ThingNotFound."""
    found = Entry.objects.select_related("appraisal", "institution").filter(pk=id).first()
    if found is None:
        raise ThingNotFound
    return found


def standings(appraisal: Appraisal) -> list[Standing]:
    """The institutions the reader may see: by rank once there is one, before that in the order of the
    tree."""
    on_site = appraisal.lines.filter(source=Source.ON_SITE).count()
    scored = Q(scores__line__source=Source.ON_SITE, scores__points__isnull=False)
    entries = (
        appraisal.entries.select_related("institution")
        .annotate(
            number=Count("drawn", distinct=True),
            checked=Count("drawn", filter=~Q(drawn__outcome=""), distinct=True),
            seen=Count("scores", filter=scored, distinct=True),
        )
        .order_by("rank", "scope_path")
    )
    return [Standing(one, one.number, one.checked, on_site, one.seen) for one in entries]


def sheet_of(entry: Entry) -> list[SheetRow]:
    """Every line of the sheet for an institution, in order."""
    scores = {score.line_id: score for score in entry.scores.all()}
    appeals = list(entry.appeals.all())
    evidence = list(entry.evidence.filter(drawn=None))
    return [
        SheetRow(
            line,
            scores.get(line.pk),
            tuple(one for one in appeals if one.line_id == line.pk),
            tuple(one for one in evidence if one.line_id == line.pk),
        )
        for line in entry.appraisal.lines.all()
    ]


def sample_of(entries: Sequence[Entry], *, open_only: bool = False) -> list[Drawn]:
    """Records to check, in the order drawn."""
    rows = Drawn.objects.filter(entry__in=[entry.pk for entry in entries])
    if open_only:
        rows = rows.filter(outcome="")
    return list(
        rows.select_related("person", "record", "record__institution", "entry__institution").order_by(
            "scope_path", "position"
        )
    )


def find_drawn(id: UUID) -> Drawn:
    """Raises ThingNotFound."""
    found = (
        Drawn.objects.select_related(
            "person",
            "person__region",
            "record",
            "record__institution",
            "record__performed_by",
            "entry__appraisal",
            "entry__institution",
        )
        .filter(pk=id)
        .first()
    )
    if found is None:
        raise ThingNotFound
    return found


def next_unchecked(drawn: Drawn) -> Drawn | None:
    """The next record of the same institution that nobody has checked, beginning after this one."""
    waiting = Drawn.objects.filter(entry=drawn.entry_id, outcome="").exclude(pk=drawn.pk)
    return waiting.filter(position__gt=drawn.position).first() or waiting.first()


def open_appeals(appraisal: Appraisal) -> list[Appeal]:
    """Appeals that wait for an answer, oldest first."""
    return list(
        Appeal.objects.filter(entry__appraisal=appraisal, answer="").select_related(
            "entry__institution", "line", "drawn"
        )
    )


def may_see_sample(state: str) -> bool:
    """Institutions see what was drawn of them only when the checks are over."""
    return state not in (State.DRAFT, State.RUNNING)

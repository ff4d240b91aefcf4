"""What is asked of campaigns: who may still be enrolled, and how far each place has come.

People and records are read in the caller's scope: a township sees its own part of the progress.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from kangshu.campaigns.composition import Composition, Stage, Who
from kangshu.campaigns.models import Campaign
from kangshu.campaigns.refusals import CampaignNotFound, NotStarted
from kangshu.campaigns.stating import POSITIVE
from kangshu.care.models import Diagnosis
from kangshu.kernel.dates import birth_date_bounds
from kangshu.people.models import Person, PersonStatus
from kangshu.places.models import Institution, Region
from kangshu.places.scope import is_within
from kangshu.work.models import Case, Record, RecordStatus

TOWNSHIP_DIGITS, VILLAGE_LEVEL, TOWNSHIP_LEVEL = 9, 5, 4


def campaign(id: UUID) -> Campaign:
    """Raises CampaignNotFound."""
    found = Campaign.objects.filter(id=id).first()
    if found is None:
        raise CampaignNotFound
    return found


def composition_of(found: Campaign) -> Composition:
    return Composition.from_json(found.composition)


def running(found: Campaign) -> Composition:
    """What was published last. Raises NotStarted."""
    if found.published is None:
        raise NotStarted
    return Composition.from_json(found.published)


def candidates(who: Who, kind: str, on: date) -> QuerySet[Person]:
    """The people for whom the campaign is on a day and who have no case of it, open or closed: the same
    condition as `stating.eligible`, asked of all at once (a test holds the two together)."""
    rows = Person.objects.filter(merged_into=None, status=PersonStatus.ACTIVE)
    if who.sex:
        rows = rows.filter(sex=who.sex)
    if who.age_from is not None:
        rows = rows.filter(birth_date__lte=birth_date_bounds(on, who.age_from)[1])
    if who.age_to is not None:
        rows = rows.filter(birth_date__gte=birth_date_bounds(on, who.age_to)[0], birth_date__lte=on)
    if who.regions:
        within = _any(Q(code__startswith=code) for code in who.regions)
        rows = rows.filter(region__in=Region.objects.filter(within))
    if who.programmes:
        open_then = Q(closed_on=None) | Q(closed_on__gt=on)
        enrolled = Case.objects.filter(open_then, kind__in=who.programmes, opened_on__lte=on)
        rows = rows.filter(id__in=_people_of(enrolled))
    if who.diagnoses:
        codes = _any(Q(code__startswith=prefix) for prefix in who.diagnoses)
        rows = rows.filter(id__in=_people_of(Diagnosis.objects.filter(codes)))
    return rows.exclude(id__in=_people_of(Case.objects.filter(kind=kind))).order_by("id")


def _people_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The ids of the people of cases or diagnoses, of those merged into another the other's."""
    return rows.values_list(Coalesce("person__merged_into_id", "person_id"))


def _any(parts: Iterable[Q]) -> Q:
    return reduce(or_, parts)


@dataclass
class StageProgress:
    """Of one stage: people examined and positive; `lost` are the positive of the stage before without a
    record of this one."""

    stage: Stage
    examined: int = 0
    positive: int = 0
    lost: int = 0


@dataclass
class PlaceProgress:
    """How far one institution, with those under it, has come. `target` None: none was set."""

    institution: Institution
    target: int | None
    enrolled: int = 0
    stages: list[StageProgress] = field(default_factory=list)

    @property
    def examined(self) -> int:
        return self.stages[0].examined if self.stages else 0

    @property
    def percent(self) -> int | None:
        """Completion in whole percent, not rounded up: 99.6 % is not done."""
        return None if not self.target else self.examined * 100 // self.target


def progress(found: Campaign, composition: Composition) -> list[PlaceProgress]:
    """Each institution with a target (else those right under the bureau), by its place in the tree."""
    targets = {target.institution_id: target.number for target in found.targets.all()}
    places = Institution.objects.filter(id__in=targets) if targets else _centres()
    rows = [
        PlaceProgress(place, targets.get(place.pk), stages=[StageProgress(s) for s in composition.in_order])
        for place in places.order_by("path")
    ]
    for path, enrolled in _cases(found.declaration):
        for row in _over(rows, path):
            row.enrolled += enrolled
    for position, stage in enumerate(composition.in_order):
        records = _records(found, composition, stage)
        for path, examined, positive in _counted(records):
            for row in _over(rows, path):
                row.stages[position].examined += examined
                row.stages[position].positive += positive
        if position == 0:
            continue
        before = _records(found, composition, composition.in_order[position - 1])
        done = Record.objects.filter(
            person=OuterRef("person"),
            form_id=f"{found.declaration}.{stage.kind}",
            status=RecordStatus.CURRENT,
        )
        lost = before.filter(**{f"answers__{POSITIVE}": True}).exclude(Exists(done))
        for path, people in _people(lost):
            for row in _over(rows, path):
                row.stages[position].lost += people
    return rows


def total(rows: list[PlaceProgress]) -> PlaceProgress | None:
    """The sum of places that do not lie within each other; None without any."""
    own = [row for row in rows if not any(row is not other and _within(row, other) for other in rows)]
    if not own:
        return None
    targets = [row.target for row in own if row.target is not None]
    summed = PlaceProgress(own[0].institution, sum(targets) if targets else None)
    summed.enrolled = sum(row.enrolled for row in own)
    for position, first in enumerate(own[0].stages):
        column = [row.stages[position] for row in own]
        summed.stages.append(
            StageProgress(
                first.stage,
                sum(each.examined for each in column),
                sum(each.positive for each in column),
                sum(each.lost for each in column),
            )
        )
    return summed


def _within(row: PlaceProgress, other: PlaceProgress) -> bool:
    return is_within(row.institution.path, other.institution.path)


def _centres() -> QuerySet[Institution]:
    return Institution.objects.filter(parent__parent=None, valid_to=None).exclude(parent=None)


def places_for_targets() -> QuerySet[Institution]:
    """The institutions that a target may be set for: those right under the bureau that serve residents."""
    return _centres().filter(region__isnull=False).order_by("path")


def _over(rows: list[PlaceProgress], path: str) -> list[PlaceProgress]:
    return [row for row in rows if is_within(path, row.institution.path)]


def _cases(kind: str) -> Iterable[tuple[str, int]]:
    return (
        Case.objects.filter(kind=kind).values_list("scope_path").annotate(Count("id")).order_by("scope_path")
    )


def _records(found: Campaign, composition: Composition, stage: Stage) -> QuerySet[Record]:
    rows = Record.objects.filter(form_id=f"{found.declaration}.{stage.kind}", status=RecordStatus.CURRENT)
    if stage is composition.in_order[0] and composition.first_on and composition.last_on:
        rows = rows.filter(performed_on__range=(composition.first_on, composition.last_on))
    return rows


def _counted(records: QuerySet[Record]) -> Iterable[tuple[str, int, int]]:
    """By scope path: people, and people with a positive record."""
    positive = Q(**{f"answers__{POSITIVE}": True})
    return (
        records.values_list("scope_path")
        .annotate(
            examined=Count("person", distinct=True), positive=Count("person", distinct=True, filter=positive)
        )
        .order_by("scope_path")
    )


def _people(records: QuerySet[Record]) -> Iterable[tuple[str, int]]:
    return records.values_list("scope_path").annotate(Count("person", distinct=True)).order_by("scope_path")


def regions_to_choose() -> list[Region]:
    """Townships and their villages, by code."""
    return list(
        Region.objects.filter(level__in=(TOWNSHIP_LEVEL, VILLAGE_LEVEL), valid_to=None).order_by("code")
    )


def prefix_of(region: Region) -> str:
    """The code shortened to the level of the region, as `lives_in` wants it."""
    return region.code[:TOWNSHIP_DIGITS] if region.level == TOWNSHIP_LEVEL else region.code

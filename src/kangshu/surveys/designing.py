"""Designing a survey, drawing its sample, closing it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.form import Form
from kangshu.kernel.actor import Actor
from kangshu.people.models import Household, HouseholdMember
from kangshu.surveys.models import State, Survey, SurveyCluster, SurveyHousehold
from kangshu.surveys.questionnaires import READY
from kangshu.surveys.refusals import SurveyNotFound, WrongState, bad
from kangshu.surveys.sampling import (
    CannotDraw,
    Chosen,
    Cluster,
    by_size,
    households,
    kish_table,
    random_start,
)

RUN = "run.survey"


@dataclass(frozen=True)
class Design:
    """A survey as an officer states it: `clusters` villages, `households` in each; ages in full years, both
    included; `repeats` in per cent; `shortest` in minutes."""

    title: str
    purpose: str
    form_id: str
    first_on: date
    last_on: date
    clusters: int
    households: int
    age_from: int = 18
    age_to: int | None = None
    sex: str = ""
    repeats: int = 5
    shortest: int = 5


def library() -> dict[str, Form]:
    """The questionnaires to choose from: those that stand ready, then every declared form without a rule."""
    found = {form.id: form for form in READY}
    found.update({form.id: form for form in registry.forms() if not form.rule and form.id not in found})
    return found


def set_survey(*, survey: UUID | None, design: Design, by: Actor, now: datetime) -> Survey:
    """A new survey, or another design of one that is not drawn. Raises BadInput, NotAllowed, SurveyNotFound,
    WrongState."""
    check_allowed(by, RUN)
    form = _checked(design, survey)
    with transaction.atomic():
        made = _locked(survey, State.DRAFT) if survey else Survey(made_by=by.account_id, made_at=now)
        for name, value in asdict(design).items():
            setattr(made, name, value.strip() if isinstance(value, str) else value)
        made.form = form.to_json()
        made.save()
        log.write(by=by, action="survey.designed", about=made, detail={"form": form.id})
    return made


def _checked(design: Design, survey: UUID | None) -> Form:
    if not design.title.strip():
        raise bad("title", "请填写调查名称。", "Give the survey a name.")
    if Survey.objects.filter(title=design.title.strip()).exclude(pk=survey).exists():
        raise bad("title", "已有同名调查。", "There is a survey of this name already.")
    form = library().get(design.form_id)
    if form is None:
        raise bad("form_id", "请选择问卷。", "Choose a questionnaire.")
    if design.last_on < design.first_on:
        raise bad("last_on", "结束日期不能早于开始日期。", "The last day is not before the first.")
    if design.age_to is not None and design.age_to < design.age_from:
        raise bad("age_to", "年龄上限不能小于下限。", "The highest age is not below the lowest.")
    if not (0 < design.clusters <= 1000 and 0 < design.households <= 1000):
        raise bad("clusters", "村数和户数须在1至1000之间。", "Villages and households: 1 to 1,000.")
    if design.repeats > 100:
        raise bad("repeats", "比例不能超过100%。", "A share is not above 100 %.")
    return form


def frame() -> dict[str, list[Household]]:
    """The households of each village in which somebody lives now, in a fixed order."""
    lived = HouseholdMember.objects.filter(to_on=None).values("household_id")
    found: dict[str, list[Household]] = defaultdict(list)
    for household in Household.objects.filter(pk__in=lived).order_by("region_id", "id"):
        found[household.region_id].append(household)
    return found


def draw(*, survey: UUID, seed: int, by: Actor, now: datetime) -> Survey:
    """Draw villages, households and Kish tables, and begin. Whoever draws again from the same register with
    the same seed gets the same sample. Raises CannotDraw, NotAllowed, SurveyNotFound, WrongState."""
    check_allowed(by, RUN)
    with transaction.atomic():
        found = _locked(survey, State.DRAFT)
        listed = frame()
        clusters = [Cluster(code, len(rows)) for code, rows in sorted(listed.items())]
        start = random_start(clusters, found.clusters, seed)
        chosen = by_size(clusters, found.clusters, start)
        random = Random(seed)
        rows = [row for one in chosen for row in _sample(found, one, listed[one.cluster.code], random)]
        _mark_repeats(rows, found.repeats, random)
        SurveyHousehold.objects.bulk_create(rows)
        found.seed, found.start, found.state, found.drawn_at = seed, start, State.RUNNING, now
        found.save()
        log.write(
            by=by,
            action="survey.drawn",
            about=found,
            detail={"seed": seed, "start": start, "clusters": len(chosen), "households": len(rows)},
        )
    return found


def _sample(survey: Survey, one: Chosen, listed: list[Household], random: Random) -> list[SurveyHousehold]:
    cluster = SurveyCluster.objects.create(
        survey=survey,
        region_id=one.cluster.code,
        size=one.cluster.size,
        hits=one.hits,
        expected_over=one.expected.numerator,
        expected_under=one.expected.denominator,
    )
    by_id: Mapping[str, Household] = {str(row.pk): row for row in listed}
    number = min(survey.households * one.hits, len(listed))
    taken = households(list(by_id), number, random.randrange(2**31))
    return [
        SurveyHousehold(
            survey=survey,
            cluster=cluster,
            household=by_id[key],
            number=place,
            kish_table=kish_table(random),
            scope_path=by_id[key].scope_path,
        )
        for place, key in enumerate(taken, start=1)
    ]


def _mark_repeats(rows: list[SurveyHousehold], percent: int, random: Random) -> None:
    """Which households are asked twice, drawn beforehand so that nobody picks the easy ones."""
    number = -(-len(rows) * percent // 100)
    for row in random.sample(rows, number):
        row.is_repeated = True


def close(*, survey: UUID, by: Actor, now: datetime) -> Survey:
    """No more interviews from now on. Raises NotAllowed, SurveyNotFound, WrongState."""
    check_allowed(by, RUN)
    with transaction.atomic():
        found = _locked(survey, State.RUNNING)
        found.state, found.closed_at = State.CLOSED, now
        found.save()
        log.write(by=by, action="survey.closed", about=found)
    return found


def _locked(survey: UUID, state: State) -> Survey:
    found = Survey.objects.select_for_update().filter(pk=survey).first()
    if found is None:
        raise SurveyNotFound
    if found.state != state:
        raise WrongState
    return found


__all__ = ["CannotDraw", "Design", "close", "draw", "frame", "library", "set_survey"]

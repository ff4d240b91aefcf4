"""At the door: who lives here, who of them is asked, what they say, or why nobody was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.form import Form
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA, age_on
from kangshu.kernel.errors import BadInput
from kangshu.people.models import HouseholdMember
from kangshu.surveys.models import Interview, Outcome, State, Survey, SurveyHousehold
from kangshu.surveys.refusals import NotDue, OtherContent, SameInterviewer, SurveyNotFound, WrongState, bad
from kangshu.surveys.sampling import MOST, Member, kish
from kangshu.work.validation import AnswerContext, check_answers

ASK = "read.survey"
NOT_ASKED = (Outcome.VACANT, Outcome.ABSENT, Outcome.REFUSED)


@dataclass(frozen=True)
class Listed:
    """Somebody who lives in the household: `code` is the resident's id, or a letter of the list."""

    code: str
    name: str
    sex: str
    age: int


def still_to_do(survey: Survey) -> QuerySet[SurveyHousehold]:
    """Households not visited, listed or not met, and those that wait for their second interview."""
    second = Interview.objects.filter(place=OuterRef("pk"), round=2, withdrawn_at=None)
    return SurveyHousehold.objects.filter(
        ~Exists(second),
        Q(outcome__in=("", Outcome.LISTED, Outcome.ABSENT))
        | Q(outcome=Outcome.INTERVIEWED, is_repeated=True),
        survey=survey,
    )


def registered(place: SurveyHousehold, on: Any) -> list[Listed]:
    """Who lives in the household according to the register, on a day."""
    rows = HouseholdMember.objects.filter(household=place.household_id, to_on=None).select_related("person")
    return [
        Listed(str(row.person_id), row.person.name, row.person.sex, age_on(row.person.birth_date, on))
        for row in rows.order_by("role", "person_id")
        if row.person.birth_date is not None
    ]


def may_be_asked(survey: Survey, members: Sequence[Listed]) -> list[Member]:
    """Those of the age and sex that the survey is about."""
    return [
        Member(one.code, one.sex, one.age)
        for one in members
        if one.age >= survey.age_from
        and (survey.age_to is None or one.age <= survey.age_to)
        and (not survey.sex or one.sex == survey.sex)
    ]


def list_members(*, place: UUID, members: Sequence[Listed], by: Actor, now: datetime) -> SurveyHousehold:
    """Write down who lives here; the table of the household says who of them is asked. Until the interview
    the list may be made again: both are in the audit trail. Raises BadInput, NotAllowed, NotDue,
    SurveyNotFound, WrongState."""
    check_allowed(by, ASK)
    if any(not one.name.strip() or one.sex not in ("1", "2") or not 0 <= one.age <= 130 for one in members):
        raise bad(
            "members", "请填写每位成员的姓名、性别和年龄。", "Each member needs a name, a sex and an age."
        )
    with transaction.atomic():
        found = _running(place)
        if _standing(found).exists():
            raise NotDue
        eligible = may_be_asked(found.survey, members)
        chosen = kish(eligible, found.kish_table)
        found.roster = [asdict(one) for one in members]
        found.eligible = min(len(eligible), MOST)
        found.asked = chosen.code if chosen else ""
        found.outcome = Outcome.LISTED if chosen else Outcome.NOBODY if members else Outcome.VACANT
        found.changed_at = now
        found.save()
        _log("survey.members_listed", found, by, {"asked": found.asked, "eligible": len(eligible)})
    return found


def not_asked(*, place: UUID, outcome: str, by: Actor, now: datetime) -> SurveyHousehold:
    """Nobody lives there, nobody was met, or they declined; who is absent is called on again. Raises
    BadInput, NotAllowed, NotDue, SurveyNotFound, WrongState."""
    check_allowed(by, ASK)
    if outcome not in NOT_ASKED:
        raise bad("outcome", "请选择未完成的原因。", "Say why nobody was asked.")
    with transaction.atomic():
        found = _running(place)
        if _standing(found).exists():
            raise NotDue
        found.outcome, found.calls, found.changed_at = outcome, found.calls + 1, now
        found.save()
        _log("survey.not_asked", found, by, {"outcome": outcome})
    return found


@dataclass(frozen=True)
class Given:
    """An interview as the phone sends it."""

    id: UUID
    answers: Mapping[str, Any]
    started_at: datetime
    round: int = 1


def interview(*, place: UUID, given: Given, by: Actor, now: datetime) -> Interview:
    """Keep an interview. Sent twice it is one. Raises BadInput, NotAllowed, NotDue, OtherContent,
    SameInterviewer, SurveyNotFound, WrongState."""
    check_allowed(by, ASK)
    with transaction.atomic():
        found = _running(place)
        form = Form.from_json(found.survey.form)
        today = now.astimezone(CHINA).date()
        checked = check_answers(form, given.answers, AnswerContext(today))
        if checked.problems:
            raise BadInput(checked.problems)
        known = Interview.objects.filter(pk=given.id).first()
        if known is not None:
            if known.place_id != found.pk or known.answers != dict(checked.answers):
                raise OtherContent
            return known
        _check_due(found, given.round, by)
        chosen = next(Listed(**row) for row in found.roster if row["code"] == found.asked)
        resident = HouseholdMember.objects.filter(household=found.household_id, to_on=None)
        person = next((row.person_id for row in resident if str(row.person_id) == chosen.code), None)
        made = Interview.objects.create(
            id=given.id,
            place=found,
            person_id=person,
            round=given.round,
            sex=chosen.sex,
            age=chosen.age,
            answers=dict(checked.answers),
            performed_on=today,
            started_at=min(given.started_at, now),
            ended_at=now,
            entered_by=by.account_id,
            entered_by_name=by.name,
            scope_path=found.scope_path,
        )
        found.outcome, found.calls, found.changed_at = Outcome.INTERVIEWED, found.calls + 1, now
        found.save()
        _log("survey.interviewed", found, by, {"round": given.round})
    return made


def _check_due(place: SurveyHousehold, round: int, by: Actor) -> None:
    standing = list(_standing(place))
    rounds = {row.round for row in standing}
    if not place.asked or round in rounds or round not in (1, 2):
        raise NotDue
    if round == 2:
        if not place.is_repeated or 1 not in rounds:
            raise NotDue
        if any(row.entered_by == by.account_id for row in standing):
            raise SameInterviewer


def withdraw(*, interview: UUID, reason: str, by: Actor, now: datetime) -> Interview:
    """Take a wrong interview back, so that it can be asked again; a second one goes with the first. Raises
    BadInput, NotAllowed, SurveyNotFound, WrongState."""
    check_allowed(by, ASK)
    if not reason.strip():
        raise bad("reason", "请填写作废原因。", "Say why it is withdrawn.")
    with transaction.atomic():
        row = Interview.objects.filter(pk=interview, withdrawn_at=None).first()
        if row is None:
            raise SurveyNotFound
        place = _running(row.place_id)
        rows = _standing(place) if row.round == 1 else _standing(place).filter(pk=row.pk)
        rows.update(withdrawn_at=now, reason=reason.strip())
        if row.round == 1:
            place.outcome = Outcome.LISTED
        place.changed_at = now
        place.save()
        _log("survey.interview_withdrawn", place, by, {"round": row.round}, reason.strip())
    row.refresh_from_db()
    return row


def _standing(place: SurveyHousehold) -> Any:
    return Interview.objects.filter(place=place, withdrawn_at=None).order_by("round")


def _running(place: UUID) -> SurveyHousehold:
    found = (
        SurveyHousehold.objects.select_for_update(of=("self",))
        .select_related("survey")
        .filter(pk=place)
        .first()
    )
    if found is None:
        raise SurveyNotFound
    if found.survey.state != State.RUNNING:
        raise WrongState
    return found


def _log(action: str, place: SurveyHousehold, by: Actor, detail: dict[str, Any], reason: str = "") -> None:
    log.write(by=by, action=action, about=place, scope_path=place.scope_path, detail=detail, reason=reason)

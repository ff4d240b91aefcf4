"""The monthly workload report on its way from a clinic to the bureau, and what stops it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.support.accounts import acting

from kangshu.audit.models import AuditEntry
from kangshu.figures.models import Figure
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.periods import parse_period
from kangshu.work.models import ReportSubmission
from kangshu.work.patterns.statistical_report import actions, queries
from kangshu.work.patterns.statistical_report.refusals import (
    CannotMove,
    NotYourReport,
    PeriodNotOver,
    ReasonMissing,
    ReportNotFound,
)
from kangshu.work.patterns.statistical_report.states import Act

pytestmark = pytest.mark.django_db

OCTOBER = parse_period("2026-10")
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=CHINA)
VALUES: dict[str, Any] = {
    "outpatient_visits": "412",
    "emergency_visits": "3",
    "discharges": "0",
    "home_visits": "25",
    "hypertension_follow_ups": "60",
    "hypertension_face_to_face": "48",
    "health_checks": "31",
    "lectures": "1",
    "lecture_participants": "22",
}


def report() -> Any:
    return queries.reports()["reports.institution_workload"]


def submit(world: Any, **given: Any) -> ReportSubmission:
    values = {**VALUES, **given.pop("values", {})}
    given = {
        "report": report(),
        "institution": world.county.clinic_a1.id,
        "period": OCTOBER,
        "values": values,
        "remarks": {},
        "by": world.doctor,
        "now": NOW,
    } | given
    return actions.submit(**given)


def officer(world: Any) -> Any:
    return acting(world.accounts.bureau_officer)


def test_a_report_is_submitted_audited_and_locked_and_its_figures_are_published(world: Any) -> None:
    submission = submit(world)
    with officer(world) as by:
        actions.move(submission=submission.id, act=Act.AUDIT, by=by, now=NOW)
        assert not Figure.objects.exists()
        locked = actions.move(submission=submission.id, act=Act.LOCK, by=by, now=NOW)
    assert locked.state == "locked"
    published = {figure.indicator: figure.value for figure in Figure.objects.filter(kind="reported")}
    assert published["workload.outpatient_visits"] == 412
    assert published["hypertension.follow_ups"] == 60
    assert [step.to_state for step in locked.steps.order_by("id")] == ["submitted", "audited", "locked"]
    assert locked.steps.get(to_state="submitted").by_name == world.doctor.name


def test_a_returned_report_keeps_the_reason_and_can_be_sent_again(world: Any) -> None:
    submission = submit(world)
    with officer(world) as by:
        with pytest.raises(ReasonMissing):
            actions.move(submission=submission.id, act=Act.RETURN, reason=" ", by=by, now=NOW)
        actions.move(submission=submission.id, act=Act.RETURN, reason="体检人数与系统不符", by=by, now=NOW)
    again = submit(world, values={"health_checks": "29"})
    assert again.id == submission.id
    assert again.values["health_checks"] == 29
    assert again.steps.get(to_state="returned").reason == "体检人数与系统不符"
    assert again.steps.order_by("id").first().values["health_checks"] == 31


def test_relocking_publishes_anew_and_keeps_what_was_published(world: Any) -> None:
    submission = submit(world)
    with officer(world) as by:
        for act, reason in [(Act.AUDIT, ""), (Act.LOCK, ""), (Act.UNLOCK, "门诊人次填错")]:
            actions.move(submission=submission.id, act=act, reason=reason, by=by, now=NOW)
    submit(world, values={"outpatient_visits": "421"})
    with officer(world) as by:
        for act in (Act.AUDIT, Act.LOCK):
            actions.move(submission=submission.id, act=act, by=by, now=NOW)
    values = Figure.objects.filter(indicator="workload.outpatient_visits").order_by("source")
    assert [figure.value for figure in values] == [412, 421]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"emergency_visits": "500"}, "emergency_visits"),
        ({"hypertension_face_to_face": "61"}, "hypertension_face_to_face"),
        ({"lectures": "0"}, "lecture_participants"),
        ({"outpatient_visits": ""}, "outpatient_visits"),
        ({"outpatient_visits": "-1"}, "outpatient_visits"),
        ({"discharges": "三"}, "discharges"),
    ],
)
def test_what_cannot_be_is_refused_line_by_line(world: Any, values: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        submit(world, values=values)
    assert field in {problem.field for problem in refused.value.problems}
    assert not ReportSubmission.objects.filter(state="submitted").exists()


def test_what_is_odd_needs_a_remark(world: Any) -> None:
    odd = {"lectures": "30", "lecture_participants": "22"}
    with pytest.raises(BadInput) as refused:
        submit(world, values=odd)
    assert [problem.code for problem in refused.value.problems] == ["unexplained"]
    sent = submit(world, values=odd, remarks={"lecture_participants": "多场讲座无人签到"})
    assert sent.remarks == {"lecture_participants": "多场讲座无人签到"}


def test_a_draft_may_be_incomplete_but_not_wrong(world: Any) -> None:
    given = {
        "report": report(),
        "institution": world.county.clinic_a1.id,
        "period": OCTOBER,
        "remarks": {},
        "by": world.doctor,
        "now": NOW,
    }
    draft = actions.save_values(values={"outpatient_visits": "12"}, **given)
    assert (draft.state, draft.values) == ("draft", {"outpatient_visits": 12})
    with pytest.raises(BadInput):
        actions.save_values(values={"outpatient_visits": "a dozen"}, **given)


def test_a_month_that_is_not_over_cannot_be_submitted(world: Any) -> None:
    with pytest.raises(PeriodNotOver):
        submit(world, now=datetime(2026, 10, 31, 23, 0, tzinfo=CHINA))


def test_nobody_audits_their_own_report_or_another_places(world: Any) -> None:
    submission = submit(world)
    with pytest.raises(NotAllowed):
        actions.move(submission=submission.id, act=Act.AUDIT, by=world.doctor, now=NOW)
    with acting(world.accounts.village_doctor_b) as by, pytest.raises(ReportNotFound):
        submit(world, by=by)
    hospital_report = ReportSubmission.objects.create(
        report=report().id,
        report_version=1,
        institution=world.county.bureau,
        period="2026-10",
        scope_path=world.county.bureau.path,
        state="submitted",
        changed_at=NOW,
    )
    with officer(world) as by, pytest.raises(NotYourReport):
        actions.move(submission=hospital_report.id, act=Act.AUDIT, by=by, now=NOW)


def test_two_acts_at_once_the_second_is_told_where_it_stands(world: Any) -> None:
    submission = submit(world)
    with pytest.raises(CannotMove):
        submit(world)
    with officer(world) as by:
        actions.move(submission=submission.id, act=Act.AUDIT, by=by, now=NOW)
        with pytest.raises(CannotMove):
            actions.move(submission=submission.id, act=Act.AUDIT, by=by, now=NOW)


def test_every_step_is_in_the_audit_trail(world: Any) -> None:
    submission = submit(world)
    entry = AuditEntry.objects.get(action="report.submitted")
    assert entry.object_id == str(submission.id)
    assert entry.account_id == world.doctor.account_id


def test_who_has_not_sent_is_known_with_the_working_day_it_was_due(world: Any) -> None:
    with officer(world) as by:
        institutions = queries.institutions_owing(report(), by, date(2026, 11, 20))
        owed = queries.owed_by(report(), institutions, OCTOBER, date(2026, 11, 20))
    assert {entry.institution.kind for entry in owed} == {"hospital", "township_centre", "village_clinic"}
    assert all(entry.is_late and entry.state == "missing" for entry in owed)
    # 2026-11-02 is a Monday: five working days after the month end Friday the 6th.
    assert owed[0].due_on == date(2026, 11, 6)


def test_what_the_records_count_stands_beside_what_is_typed(world: Any) -> None:
    world.enrol()
    world.visit(on=date(2026, 10, 9), now=NOW)
    counts = queries.counted(report(), world.county.clinic_a1.id, OCTOBER)
    assert counts == {"hypertension_follow_ups": 1, "health_checks": 0}


def test_months_are_listed_latest_first(world: Any) -> None:
    months = queries.periods_until(report(), date(2026, 1, 15), 3)
    assert [str(month) for month in months] == ["2026-01", "2025-12", "2025-11"]

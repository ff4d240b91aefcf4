"""Filling, submitting, auditing, returning, locking. One transaction and one audit entry each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.report import Report
from kangshu.figures.models import Figure, FigureKind, PlaceKind
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.events import Event, emit
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within
from kangshu.work import moments
from kangshu.work.models import ReportState, ReportStep, ReportSubmission
from kangshu.work.patterns.statistical_report.refusals import (
    CannotMove,
    NotOwed,
    NotYourReport,
    PeriodNotOver,
    ReasonMissing,
    ReportNotFound,
)
from kangshu.work.patterns.statistical_report.states import MOVES, NEEDS_REASON, PERMISSION, Act
from kangshu.work.validation import AnswerContext, Checked, check_answers

STATE_NAMES: dict[str, Text] = {
    "missing": Text("未填报", "not begun"),
    ReportState.DRAFT: Text("草稿", "draft"),
    ReportState.SUBMITTED: Text("已上报", "submitted"),
    ReportState.AUDITED: Text("已审核", "audited"),
    ReportState.RETURNED: Text("已退回", "returned"),
    ReportState.LOCKED: Text("已锁定", "locked"),
}


def save_values(
    *,
    report: Report,
    institution: UUID,
    period: Period,
    values: Mapping[str, Any],
    remarks: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> ReportSubmission:
    """Keep what was typed as a draft. What cannot be read is refused; what is missing may come later.

    Raises BadInput, CannotMove (it has been submitted meanwhile), NotOwed, ReportNotFound.
    """
    with transaction.atomic():
        submission = _begun(report, institution, period, by, now)
        _move(submission, Act.SAVE, by)
        checked = check_answers(report.form, values, AnswerContext(performed_on=period.last))
        wrong = tuple(problem for problem in checked.problems if not _only_missing(problem))
        if wrong:
            raise BadInput(wrong)
        _keep(submission, checked, remarks, now)
        return submission


def submit(
    *,
    report: Report,
    institution: UUID,
    period: Period,
    values: Mapping[str, Any],
    remarks: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> ReportSubmission:
    """Send the report up. Every line is filled, every sum holds, and what is merely odd has its remark.

    Raises BadInput, CannotMove, NotOwed, PeriodNotOver, ReportNotFound.
    """
    with transaction.atomic():
        submission = _begun(report, institution, period, by, now)
        to_state = _move(submission, Act.SUBMIT, by)
        if now.astimezone(CHINA).date() <= period.last:
            raise PeriodNotOver
        checked = check_answers(report.form, values, AnswerContext(performed_on=period.last))
        problems = (*checked.problems, *_unexplained(checked, remarks))
        if problems:
            raise BadInput(problems)
        _keep(submission, checked, remarks, now)
        _step(submission, to_state, "", by, now)
        return submission


def move(*, submission: UUID, act: Act, reason: str = "", by: Actor, now: datetime) -> ReportSubmission:
    """Audit, return, lock or unlock. Locking publishes the figures.

    Raises CannotMove, NotYourReport, ReasonMissing, ReportNotFound.
    """
    with transaction.atomic():
        found = ReportSubmission.objects.select_for_update(of=("self",)).filter(pk=submission).first()
        if found is None or not is_within(found.scope_path, by.scope_path):
            raise ReportNotFound
        to_state = _move(found, act, by)
        if found.institution_id == by.institution_id:
            raise NotYourReport
        if act in NEEDS_REASON and not reason.strip():
            raise ReasonMissing
        _step(found, to_state, reason.strip(), by, now)
        if to_state == ReportState.LOCKED:
            _publish(found, now)
        return found


def _begun(report: Report, institution: UUID, period: Period, by: Actor, now: datetime) -> ReportSubmission:
    """The submission, locked; begun now if it was not. Two who begin at once get the same one."""
    place = Institution.objects.filter(pk=institution).first()
    if place is None or not is_within(place.path, by.scope_path):
        raise ReportNotFound
    if place.kind not in report.institution_kinds:
        raise NotOwed
    ReportSubmission.objects.bulk_create(
        [
            ReportSubmission(
                report=report.id,
                report_version=report.version,
                institution=place,
                period=str(period),
                scope_path=place.path,
                changed_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    return ReportSubmission.objects.select_for_update(of=("self",)).get(
        report=report.id, institution=place, period=str(period)
    )


def _move(submission: ReportSubmission, act: Act, by: Actor) -> str:
    check_allowed(by, PERMISSION[act])
    to_state = MOVES.get((submission.state, act))
    if to_state is None:
        raise CannotMove(STATE_NAMES[submission.state])
    return to_state


def _keep(submission: ReportSubmission, checked: Checked, remarks: Mapping[str, str], now: datetime) -> None:
    submission.values = dict(checked.answers)
    submission.remarks = {name: text.strip() for name, text in remarks.items() if text.strip()}
    submission.changed_at = now
    submission.save(update_fields=["values", "remarks", "changed_at"])


def _step(submission: ReportSubmission, to_state: str, reason: str, by: Actor, now: datetime) -> None:
    ReportStep.objects.create(
        submission=submission,
        from_state=submission.state,
        to_state=to_state,
        values=submission.values,
        reason=reason,
        by_account=by.account_id,
        by_name=by.name,
        at=now,
    )
    log.write(
        by=by,
        action=f"report.{to_state}",
        about=submission,
        scope_path=submission.scope_path,
        reason=reason,
        detail={"report": submission.report, "period": submission.period, "from": submission.state},
    )
    submission.state = to_state
    submission.changed_at = now
    submission.save(update_fields=["state", "changed_at"])
    emit(
        Event(
            name=moments.REPORT_MOVED,
            person_id=None,
            on=now.astimezone(CHINA).date(),
            at=now,
            payload={"submission_id": submission.id, "to_state": to_state},
        ),
        by,
    )


def _publish(submission: ReportSubmission, now: datetime) -> None:
    """One reported figure for each line that names an indicator. An earlier lock's figures stay as they were;
    readers take the latest by `computed_at`."""
    from kangshu.work.patterns.statistical_report.queries import reports

    report = reports()[submission.report]
    lock = submission.steps.filter(to_state=ReportState.LOCKED).count()
    Figure.objects.bulk_create(
        Figure(
            indicator=figure.indicator,
            version=f"{report.id}@{submission.report_version}",
            period=submission.period,
            place_kind=PlaceKind.INSTITUTION,
            place=str(submission.institution_id),
            kind=FigureKind.REPORTED,
            numerator=Decimal(submission.values[figure.field]),
            value=Decimal(submission.values[figure.field]),
            source=f"report:{submission.id}:{lock}",
            lineage={"submission": str(submission.id), "field": figure.field, "lock": lock},
            computed_at=now,
        )
        for figure in report.figures
        if figure.field in submission.values
    )


def _only_missing(problem: Problem) -> bool:
    return problem.code == "required"


def _unexplained(checked: Checked, remarks: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(
            odd.field,
            "unexplained",
            Text(
                "{message} 如数据无误，请在旁边写明原因。", "{message} If it is right, say why beside it."
            ).format(message=odd.message),
            odd.value,
        )
        for odd in checked.warnings
        if odd.code.startswith(("check.", "soft_range")) and not remarks.get(odd.field, "").strip()
    ]

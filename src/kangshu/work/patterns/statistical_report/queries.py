"""What is owed, by whom, since when, and what the records say to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Count

from kangshu.declare.registry import declared
from kangshu.declare.report import Periodicity, Report
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import add_months, last_of_month
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.workdays import add_working_days
from kangshu.places.models import Institution
from kangshu.places.queries import valid_on
from kangshu.places.scope import is_within, path_range
from kangshu.work.models import Record, RecordStatus, ReportSubmission

_MONTHS = {Periodicity.MONTH: 1, Periodicity.QUARTER: 3, Periodicity.YEAR: 12}


@dataclass(frozen=True)
class Owed:
    """One report of one institution for one period, begun or not."""

    report: Report
    institution: Institution
    period: Period
    submission: ReportSubmission | None
    due_on: date | None
    is_late: bool

    @property
    def state(self) -> str:
        return self.submission.state if self.submission else "missing"


@cache
def reports() -> Mapping[str, Report]:
    """Every declared report by its id."""
    return declared("report")


def periods_until(report: Report, today: date, count: int) -> list[Period]:
    """The last `count` periods of a report that have begun, latest first."""
    months = _MONTHS[report.periodicity]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return [
        Period(add_months(first, -months * back), last_of_month(add_months(first, months * (1 - back) - 1)))
        for back in range(count)
    ]


def due_on(report: Report, period: Period) -> date | None:
    """The working day by which the report is due; None where the calendar is not known yet."""
    try:
        return add_working_days(period.last, report.due_working_days)
    except Refusal:
        return None


def institutions_owing(report: Report, by: Actor, on: date) -> list[Institution]:
    """Institutions within the actor's place that owe the report on a day, in the order of the tree."""
    low, high = path_range(by.scope_path)
    return list(
        Institution.objects.filter(
            valid_on(on), path__gte=low, path__lt=high, kind__in=report.institution_kinds
        ).order_by("path")
    )


def owed_by(report: Report, institutions: Sequence[Institution], period: Period, today: date) -> list[Owed]:
    """One entry for each institution, whether it has begun or not."""
    known = {
        submission.institution_id: submission
        for submission in ReportSubmission.objects.filter(
            report=report.id, period=str(period), institution__in=institutions
        )
    }
    until = due_on(report, period)
    late = until is not None and today > until
    return [
        Owed(
            report,
            institution,
            period,
            known.get(institution.id),
            until,
            late and _is_unsent(known.get(institution.id)),
        )
        for institution in institutions
    ]


def _is_unsent(submission: ReportSubmission | None) -> bool:
    return submission is None or submission.state in ("draft", "returned")


def submission_of(report: Report, institution: UUID, period: Period, by: Actor) -> ReportSubmission | None:
    """The submission, if it was begun and lies within the actor's place."""
    found = ReportSubmission.objects.filter(
        report=report.id, institution=institution, period=str(period)
    ).first()
    return found if found and is_within(found.scope_path, by.scope_path) else None


def previous_values(report: Report, institution: UUID, period: Period) -> Mapping[str, object]:
    """What the institution reported for the period before, to see a slip beside it."""
    before = ReportSubmission.objects.filter(
        report=report.id, institution=institution, period=str(period.previous())
    ).first()
    return before.values if before else {}


def counted(report: Report, institution: UUID, period: Period) -> dict[str, int]:
    """Field → current records the institution performed in the period, for fields that name a form."""
    forms = {figure.form: figure.field for figure in report.figures if figure.form}
    if not forms:
        return {}
    counts = (
        Record.objects.filter(
            institution=institution,
            form_id__in=forms,
            status=RecordStatus.CURRENT,
            performed_on__range=(period.first, period.last),
        )
        .values("form_id")
        .annotate(number=Count("id"))
    )
    return dict.fromkeys(forms.values(), 0) | {forms[row["form_id"]]: row["number"] for row in counts}

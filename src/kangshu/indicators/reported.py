"""Reported figures: what institutions wrote into their statistical reports, beside what the records say.

Only a report that was audited or locked counts. Months and institutions are summed; a month that an
institution has not reported shows as silent, because a sum with a hole in it looks like a fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kangshu.declare.registry import declared
from kangshu.declare.report import Report, ReportedFigure
from kangshu.kernel.periods import Period, parse_period
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.work.models import ReportState, ReportSubmission

COUNTED = (ReportState.AUDITED, ReportState.LOCKED)


@dataclass(frozen=True)
class Entry:
    """One institution's figure of one period of the report, and the submission it opens to."""

    institution: Institution
    period: str
    value: Decimal
    submission: UUID
    state: str


@dataclass(frozen=True)
class Reported:
    """A reported figure of a place and period. `silent` are the institutions from which something is
    missing."""

    report: Report
    figure: ReportedFigure
    period: Period
    value: Decimal | None
    entries: tuple[Entry, ...]
    silent: tuple[Institution, ...]


def figures_of(indicator_id: str) -> list[tuple[Report, ReportedFigure]]:
    """Where an indicator is reported."""
    return [
        (report, figure)
        for report in declared("report").values()
        for figure in report.figures
        if figure.indicator == indicator_id
    ]


def all_figures() -> list[tuple[Report, ReportedFigure]]:
    return [(report, figure) for report in declared("report").values() for figure in report.figures]


def reported(report: Report, figure: ReportedFigure, period: Period, within: str) -> Reported:
    """The figure as reported by the institutions at the path `within` and under it."""
    low, high = path_range(within)
    owing = list(
        Institution.objects.filter(path__gte=low, path__lt=high, kind__in=report.institution_kinds).order_by(
            "path"
        )
    )
    rows = ReportSubmission.objects.filter(report=report.id, institution__in=owing, state__in=COUNTED)
    entries = _entries(rows.select_related("institution"), figure, period)
    months = {(entry.institution.pk, entry.period) for entry in entries}
    wanted = [str(month) for month in period.months()]
    silent = [one for one in owing if any((one.pk, month) not in months for month in wanted)]
    value = sum((entry.value for entry in entries), Decimal(0)) if entries else None
    return Reported(report, figure, period, value, tuple(entries), tuple(silent))


def _entries(rows: Sequence[ReportSubmission], figure: ReportedFigure, period: Period) -> list[Entry]:
    found = []
    for row in rows:
        reported_for = parse_period(row.period)
        given = row.values.get(figure.field)
        if given is None or not (period.first <= reported_for.first and reported_for.last <= period.last):
            continue
        found.append(Entry(row.institution, row.period, Decimal(str(given)), row.pk, row.state))
    return sorted(found, key=lambda entry: (entry.institution.path, entry.period))

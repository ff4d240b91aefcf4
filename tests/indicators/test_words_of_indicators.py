"""Sums, medians, stocks, figures over several programmes and figures divided by others: engine and judge
agree, and small tables that a person can check."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from tests.indicators.counties import random_county
from tests.indicators.test_engine_against_reference import _compare, _written

from kangshu.declare import registry
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.expression import answer, case, cases, period, population, records
from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_ON_LAST_DAY, enrolled_in
from kangshu.indicators.engine.hiding import hidden
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.engine.sums import median
from kangshu.indicators.results import Row
from kangshu.indicators.snapshot.store import opened
from kangshu.kernel.periods import parse_period
from kangshu.kernel.text import Text

KIND = "chronic.hypertension"
VISIT = "chronic.hypertension.follow_up"
HIGH = answer("sbp") >= 140
HIGH_ONCE = records(VISIT).where(IN_YEAR & HIGH).exists()


def _indicator(id: str, **given) -> Indicator:
    return Indicator(id=f"test.{id}", version=1, title=Text(id, id), unit="", scale=1, decimals=3, **given)


WORDS = [
    _indicator("sum_of_records", numerator=IN_PERIOD, total=answer("sbp"), counts=Counts.RECORDS, form=VISIT),
    _indicator(
        "mean_of_records", numerator=IN_PERIOD, denominator=IN_PERIOD, total=answer("weight"),
        counts=Counts.RECORDS, form=VISIT,
    ),
    _indicator(
        "sum_by_sum", numerator=IN_PERIOD & HIGH, denominator=IN_PERIOD, total=answer("weight"),
        denominator_total=answer("weight"), counts=Counts.RECORDS, form=VISIT, months=Months.EACH,
    ),
    _indicator(
        "sum_over_people", numerator=MANAGED_ON_LAST_DAY, case_kind=KIND,
        total=records(VISIT).where(IN_PERIOD).sum(answer("sbp")),
    ),
    _indicator(
        "median_of_records", numerator=IN_PERIOD, median=answer("weight"), counts=Counts.RECORDS, form=VISIT,
    ),
    _indicator(
        "median_over_people", numerator=MANAGED_ON_LAST_DAY, case_kind=KIND,
        median=records(VISIT).where(IN_YEAR).count(),
    ),
    _indicator("stock", numerator=MANAGED_ON_LAST_DAY, case_kind=KIND, months=Months.LAST_DAY),
    _indicator(
        "both", numerator=enrolled_in(KIND) & (cases(KIND).count() >= 1),
        denominator=enrolled_in(KIND) | HIGH_ONCE,
    ),
    _indicator(
        "divided", numerator=IN_PERIOD, total=answer("sbp"), counts=Counts.RECORDS, form=VISIT,
        divided_by="hypertension.managed_people",
    ),
    _indicator("opened_before", numerator=case.opened_on < period.first, case_kind=KIND),
]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "asked"),
    [
        ((), "2026"),
        ((Dimension.CENTRE, Dimension.MONTH), "2025-10..2026-09"),
        ((Dimension.TOWNSHIP, Dimension.SEX), "2025-H2"),
    ],
)
def test_the_new_words_agree_with_the_judge(tmp_path, by, asked):
    form = registry.form(VISIT)
    county = random_county(7, people=40, case_kind=KIND, forms=[form])
    store = opened(*_written(tmp_path, county))
    _compare(WORDS, parse_period(asked), by, store, county)


def test_of_an_even_number_the_median_lies_between_the_two_middle_ones():
    assert median(Counter({Decimal(1): 1, Decimal(4): 1})) == Decimal("2.5")
    assert median(Counter({Decimal(1): 3, Decimal(9): 2})) == 1
    assert median(Counter()) is None


@pytest.mark.parametrize(
    "given",
    [
        {"numerator": IN_PERIOD, "median": answer("sbp"), "denominator": IN_PERIOD},
        {"numerator": IN_PERIOD, "denominator_total": answer("sbp")},
        {"numerator": IN_PERIOD, "denominator": IN_PERIOD, "divided_by": "test.other"},
        {"numerator": IN_PERIOD, "divided_by": "test.nonsense", "estimate": population()},
        {"numerator": IN_PERIOD, "year_begins": 13},
    ],
)
def test_nonsense_is_refused_where_it_is_declared(given):
    with pytest.raises(BadDeclaration):
        _indicator("nonsense", counts=Counts.RECORDS, form=VISIT, **given)


def _rows(**people: int) -> list[Row]:
    return [Row({"sex": name}, count, count, Decimal(100)) for name, count in people.items()]


COUNTED = _indicator(
    "counted", numerator=MANAGED_ON_LAST_DAY, case_kind=KIND, denominator=MANAGED_ON_LAST_DAY
)


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"a": 3, "b": 9, "c": 40}, {"c"}),  # b would tell a
        ({"a": 3, "b": 4, "c": 40}, {"c"}),  # together they are seven: enough
        ({"a": 1, "b": 2, "c": 7, "d": 9}, {"d"}),  # together three: still few
        ({"a": 3, "b": 0}, set()),  # the empty one hides too
        ({"a": 5, "b": 6}, {"a", "b"}),
    ],
)
def test_a_small_cell_is_not_told_by_its_total(people, shown):
    rows = hidden(COUNTED, _rows(**people), ("sex",), 5)
    assert {row.by["sex"] for row in rows if not row.suppressed} == shown

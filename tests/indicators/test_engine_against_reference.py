"""The fast engine and the judge agree on every indicator and every split, in counties nobody thought of."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.indicators.counties import random_county, write_snapshot

from kangshu.declare import registry
from kangshu.declare.indicator import Counts
from kangshu.indicators import reference
from kangshu.indicators.engine.compute import Question, compute_all, parameters_of
from kangshu.indicators.engine.query import Query
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.snapshot.store import forget, opened
from kangshu.kernel.periods import parse_period

SPLITS = [
    (),
    (Dimension.INSTITUTION, Dimension.MONTH),
    (Dimension.CENTRE,),
    (Dimension.TOWNSHIP, Dimension.SEX),
    (Dimension.VILLAGE,),
    (Dimension.DOCTOR,),
    (Dimension.AGE_GROUP,),
]
PERIODS = ["2026", "2025-H2", "2026-Q3", "2025-10..2026-09", "2026-02"]


def _of_people():
    """Logbooks have a judge of their own: tests/fieldwork/test_figures.py."""
    return [one for one in registry.indicators() if not (_of_entries(one.id) or _of_entries(one.divided_by))]


def _of_entries(indicator_id: str) -> bool:
    return bool(indicator_id) and registry.indicator(indicator_id).counts is Counts.ENTRIES


def _forms():
    return list(registry.forms())


def _kinds() -> list[str]:
    return sorted({indicator.case_kind for indicator in registry.indicators() if indicator.case_kind})


@pytest.fixture(scope="module", autouse=True)
def _close_stores():
    yield
    forget()


@settings(
    max_examples=2,
    deadline=None,
    # A county found wanting is a seed: making it smaller takes minutes and says nothing more.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9), period=st.sampled_from(PERIODS), data=st.data())
def test_every_indicator_agrees_with_the_judge(tmp_path_factory, seed, period, data):
    forms = _forms()
    # A county and its snapshot take a second: over the runs every service is met, in the slow test each time.
    kinds = data.draw(st.lists(st.sampled_from(_kinds()), min_size=4, max_size=4, unique=True))
    for kind in kinds:
        county = random_county(seed, people=25, case_kind=kind, forms=forms)
        local = data.draw(st.sampled_from([[], [("hypertension.adult_prevalence", "30", date(2025, 1, 1))]]))
        store = opened(*_written(tmp_path_factory.mktemp("snapshot"), county, local))
        known = [one for one in _of_people() if one.case_kind in (kind, "")]
        # Compiling is slow; over the runs every indicator meets every split.
        chosen = data.draw(
            st.lists(st.sampled_from(known), min_size=2, max_size=3, unique_by=lambda one: one.id)
        )
        _compare(chosen, parse_period(period), data.draw(st.sampled_from(SPLITS)), store, county)


@pytest.mark.slow
@pytest.mark.parametrize("by", SPLITS)
@pytest.mark.parametrize("period", PERIODS)
def test_every_indicator_in_every_split_agrees_with_the_judge(tmp_path, period, by):
    for seed, kind in enumerate(_kinds()):
        county = random_county(seed, people=40, case_kind=kind, forms=_forms())
        store = opened(*_written(tmp_path / kind, county))
        chosen = [one for one in _of_people() if one.case_kind in (kind, "")]
        _compare(chosen, parse_period(period), by, store, county)


def _written(root: Path, county, local=()) -> tuple[Path, str]:
    return root, write_snapshot(root, county, local=local)


def _compare(indicators, period, by, store, county) -> None:
    parameters = parameters_of(store)
    results = compute_all(indicators, Question(period, by, suppress_below=0), store)
    for indicator, result in zip(indicators, results, strict=True):
        other = registry.indicator(indicator.divided_by) if indicator.divided_by else None
        expected = reference.tally(indicator, period, by, county, parameters, other=other)
        got = {}
        for row in result.rows:
            counted = (row.denominator or 0) if indicator.estimate is None else 0
            if row.numerator or counted:
                got[tuple(row.by.items())] = row
        wanted = {split: one.sums for split, one in expected.items()}
        estimated = indicator.estimate is not None
        found = {
            split: (row.numerator or 0, 0 if estimated else row.denominator or 0)
            for split, row in got.items()
        }
        assert found == wanted, f"{indicator.id} {period} by {by}"
        if indicator.median is not None:
            step = Decimal(1).scaleb(-indicator.decimals)
            medians = {split: one.median.quantize(step, ROUND_HALF_UP) for split, one in expected.items()}
            assert {split: row.value for split, row in got.items()} == medians, indicator.id


@pytest.mark.parametrize("seed", range(2))
def test_the_people_behind_a_figure_are_those_of_the_judge(tmp_path, seed):
    (kind, *_) = _kinds()
    county = random_county(seed, people=30, case_kind=kind, forms=_forms())
    store = opened(*_written(tmp_path, county))
    period = parse_period("2026")
    for indicator in registry.indicators():
        if indicator.case_kind != kind:
            continue
        for part in ("numerator", "denominator", "gap"):
            query = Query(store, [indicator], [period], parameters_of(store))
            keys = store.arrow(query.members(part).sql())["person"].to_pylist()
            expected = reference.members(indicator, period, part, county, parameters_of(store))
            assert sorted(keys) == sorted(reference.key_of(id) for id in expected), (indicator.id, part)

"""The draw can be repeated by hand, takes each record once, and respects what a stratum has."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kangshu.appraisal.sampling import allotted, positions, start_of


@given(
    sizes=st.lists(st.integers(0, 300), min_size=1, max_size=6),
    number=st.integers(0, 100),
    weight=st.integers(1, 20),
)
def test_a_draw_is_whole_and_within_each_stratum(sizes, number, weight):
    weights = [weight, *[1] * (len(sizes) - 1)]
    parts = allotted(sizes, weights, number)
    assert sum(parts) == min(number, sum(sizes))
    assert all(0 <= part <= size for part, size in zip(parts, sizes, strict=True))
    if number >= len(sizes):
        assert all(part for part, size in zip(parts, sizes, strict=True) if size)


def test_records_with_a_sign_are_drawn_more_densely():
    assert allotted([50, 50], [3, 1], 20) == [15, 5]
    assert allotted([50, 50], [1, 1], 20) == [10, 10]
    assert allotted([2, 50], [3, 1], 20) == [2, 18]


@given(size=st.integers(1, 500), data=st.data(), start=st.decimals(0, Decimal("0.999999"), places=6))
def test_each_place_is_drawn_once_and_none_outside(size, data, start):
    number = data.draw(st.integers(1, size))
    found = positions(size, number, start)
    assert len(set(found)) == number
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] < size


def test_a_draw_by_hand_gives_the_same():
    """Ten of 95 from start 0.5: every 9.5th, beginning at 4.75."""
    assert positions(95, 10, Decimal("0.5")) == [4, 14, 23, 33, 42, 52, 61, 71, 80, 90]


def test_every_record_has_the_same_chance():
    counted = Counter(
        place for seed in range(2000) for place in positions(7, 3, start_of(str(seed), "stratum"))
    )
    assert set(counted) == set(range(7))
    assert max(counted.values()) - min(counted.values()) < 120  # 857 each on average


def test_the_start_comes_from_the_seed():
    assert start_of("20260930", "a") == start_of("20260930", "a")
    assert start_of("20260930", "a") != start_of("20260930", "b")
    assert 0 <= start_of("1", "x") < 1

"""Drawing a sample: by hand, and what must hold of every draw."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kangshu.surveys.sampling import (
    KISH,
    CannotDraw,
    Cluster,
    Member,
    by_size,
    households,
    interval,
    kish,
    random_start,
)

FRAME = tuple(Cluster(code, size) for code, size in zip("ABCDE", (100, 50, 250, 80, 120), strict=True))


def test_by_hand() -> None:
    # 600 households, 3 draws, every 200th from the 30th: 30 in A, 230 in C (150–399), 430 in D (400–479).
    chosen = by_size(FRAME, 3, 30)
    assert [(one.cluster.code, one.hits) for one in chosen] == [("A", 1), ("C", 1), ("D", 1)]
    assert [one.expected for one in chosen] == [Fraction(1, 2), Fraction(5, 4), Fraction(2, 5)]


def test_a_cluster_larger_than_the_interval_may_be_hit_twice() -> None:
    assert [(one.cluster.code, one.hits) for one in by_size(FRAME, 3, 170)] == [("C", 2), ("E", 1)]


def test_over_all_starts_every_cluster_is_hit_as_often_as_expected() -> None:
    width = int(interval(FRAME, 3))
    hits: Counter[str] = Counter()
    for start in range(width):
        for one in by_size(FRAME, 3, start):
            hits[one.cluster.code] += one.hits
    assert {code: Fraction(number, width) for code, number in hits.items()} == {
        cluster.code: Fraction(cluster.size, width) for cluster in FRAME
    }


@given(st.lists(st.integers(1, 500), min_size=1, max_size=30), st.data())
@settings(max_examples=60, deadline=None)
def test_as_many_are_drawn_as_were_asked_for(sizes: list[int], data: st.DataObject) -> None:
    frame = [Cluster(str(number), size) for number, size in enumerate(sizes)]
    draws = data.draw(st.integers(1, len(frame)))
    start = random_start(frame, draws, data.draw(st.integers(0, 999)))
    assert sum(one.hits for one in by_size(frame, draws, start)) == draws


@pytest.mark.parametrize(("draws", "start"), [(0, 0), (6, 0), (3, 200), (3, -1)])
def test_what_cannot_be_drawn_is_refused(draws: int, start: int) -> None:
    with pytest.raises(CannotDraw):
        by_size(FRAME, draws, start)


def test_the_same_seed_draws_the_same_households() -> None:
    frame = [f"户{number}" for number in range(40)]
    drawn = households(frame, 10, seed=7)
    assert drawn == households(frame, 10, seed=7) != households(frame, 10, seed=8)
    assert len(set(drawn)) == 10
    with pytest.raises(CannotDraw):
        households(frame, 41, seed=7)


FAMILY = (Member("女儿", "2", 20), Member("父", "1", 48), Member("母", "2", 46), Member("祖父", "1", 75))


@pytest.mark.parametrize(
    ("table", "asked"),
    [(1, "祖父"), (2, "祖父"), (3, "父"), (4, "父"), (5, "母"), (6, "母"), (7, "女儿"), (8, "女儿")],
)
def test_men_first_and_the_oldest_first(table: int, asked: str) -> None:
    found = kish(FAMILY, table)
    assert found is not None
    assert found.code == asked


def test_somebody_is_asked_wherever_somebody_may_be() -> None:
    for size in range(1, 9):
        members = [Member(str(number), "1", 80 - number) for number in range(size)]
        assert all(kish(members, table) in members for table in range(1, len(KISH) + 1))
    assert kish([], 1) is None
    with pytest.raises(CannotDraw):
        kish(FAMILY, 9)


def test_up_to_four_members_have_the_same_chance_by_the_shares_of_the_tables() -> None:
    shares = (2, 1, 1, 2, 2, 1, 1, 2)
    for size in (1, 2, 3, 4):
        chances: Counter[int] = Counter()
        for table, share in zip(KISH, shares, strict=True):
            chances[table[size - 1]] += share
        assert set(chances.values()) == {12 // size}

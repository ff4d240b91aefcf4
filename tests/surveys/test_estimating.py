"""Weights and standard errors, against an example worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kangshu.surveys.estimating import Answer, base_weight, estimate
from kangshu.surveys.sampling import Cluster, by_size

# Three clusters; weight, value. Σw = 20; Σwy = 2·1 + 3·1 + 4·1 + 1·1 = 10; R = 0.5.
# z_a = 2·0.5 − 2·0.5 + 3·0.5 = 1.5    z_b = 4·0.5 − 4·0.5 = 0    z_c = 1·0.5 − 4·0.5 = −1.5
# v = 3/2 · (2.25 + 0 + 2.25) / 400 = 0.016875; standard error 0.129904
BY_HAND = (
    Answer(1, 2, "a"),
    Answer(0, 2, "a"),
    Answer(1, 3, "a"),
    Answer(1, 4, "b"),
    Answer(0, 4, "b"),
    Answer(1, 1, "c"),
    Answer(0, 4, "c"),
)


def test_by_hand() -> None:
    found = estimate(BY_HAND)
    assert found is not None
    assert (found.value, found.people, found.clusters) == (Fraction(1, 2), 7, 3)
    assert found.standard_error == pytest.approx(0.1299038, abs=1e-7)
    # A simple sample of 7: 0.25 / 6.
    assert found.design_effect == pytest.approx(0.016875 / (0.25 / 6))
    assert found.limits == pytest.approx((0.5 - 0.2546115, 0.5 + 0.2546115), abs=1e-6)
    assert found.rounded(1, 100) == Decimal("50.0")


def test_one_cluster_says_nothing_of_its_error_and_nobody_says_nothing() -> None:
    found = estimate(BY_HAND[:3])
    assert found is not None
    assert (found.value, found.standard_error, found.limits) == (Fraction(5, 7), None, None)
    assert found.rounded(2, 100) == Decimal("71.43")
    assert estimate([]) is None
    with pytest.raises(ValueError, match="above zero"):
        estimate([Answer(1, 0, "a")])


rows = st.builds(Answer, st.integers(0, 1), st.integers(1, 9), st.sampled_from("abcd"))


@given(st.lists(rows, min_size=1, max_size=25), st.integers(2, 7))
@settings(max_examples=60, deadline=None)
def test_only_the_proportion_of_weights_matters(answers: list[Answer], times: int) -> None:
    found = estimate(answers)
    scaled = estimate(Answer(row.value, row.weight * times, row.cluster) for row in answers)
    assert found is not None
    assert scaled is not None
    assert (found.value, found.standard_error) == (scaled.value, pytest.approx(scaled.standard_error))
    assert 0 <= found.value <= 1


def test_weights_give_back_the_number_of_people_on_the_average_of_all_draws() -> None:
    """Every start, ten households of each hit, two eligible in each: the mean of the weights' sums is the
    number of eligible people in the county."""
    frame = [Cluster(code, size) for code, size in zip("ABC", (40, 60, 100), strict=True)]
    sums = [
        sum(
            10 * one.hits * base_weight(one.expected, one.hits, one.cluster.size, 10 * one.hits, 2)
            for one in by_size(frame, 2, start)
        )
        for start in range(100)
    ]
    assert Fraction(sum(sums), 100) == 2 * 200

"""Money never loses a fen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.kernel.money import exact, percentage, round_half_up, share_out, yuan


def test_halves_go_away_from_zero():
    assert round_half_up("0.125") == Decimal("0.13")
    assert round_half_up("-0.125") == Decimal("-0.13")
    assert yuan("2.675") == Decimal("2.68")


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="float"):
        exact(0.1)


def test_percentages():
    assert percentage(6412, 10000) == Decimal("64.12")
    assert percentage(2, 3, 1) == Decimal("66.7")
    assert percentage(0, 5) == Decimal("0.00")
    assert percentage(1, 0) is None


def test_a_subsidy_shared_by_three_clinics():
    assert share_out("100", [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_nobody_to_share_with_is_an_error():
    with pytest.raises(ValueError, match="weights"):
        share_out("1", [0, 0])


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any),
)
def test_shares_add_up_and_are_within_a_fen_of_their_part(total, weights):
    shares = share_out(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < Decimal("0.01000001")

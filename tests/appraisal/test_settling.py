"""Money is conserved to the cent, whatever the scores, weights and deductions are."""

from __future__ import annotations

import itertools
from decimal import Decimal as D
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kangshu.appraisal.settling import Entrant, Rest, Terms, advances, coefficient, settle

money = st.decimals(0, 10_000_000, places=2)
percent = st.decimals(0, 100, places=2)


@st.composite
def cases(draw):
    full_from = draw(st.decimals(1, 100, places=2))
    terms = Terms(
        pool=draw(money),
        advance_percent=draw(percent),
        full_from=full_from,
        nothing_under=draw(st.decimals(0, full_from, places=2)),
        rest=draw(st.sampled_from(Rest)),
    )
    entrants = [
        Entrant(UUID(int=number), weight, score, deduction)
        for number, (weight, score, deduction) in enumerate(
            draw(st.lists(st.tuples(st.integers(0, 90_000), percent, money), min_size=1, max_size=12))
        )
    ]
    return terms, entrants


@given(case=cases())
def test_what_is_paid_and_what_is_withheld_make_the_pool(case):
    terms, entrants = case
    assume(any(entrant.weight for entrant in entrants))
    settled = settle(terms, entrants)
    assert sum(line.paid for line in settled.lines) + settled.withheld == terms.pool
    assert sum(line.base for line in settled.lines) == terms.pool
    assert sum(line.difference for line in settled.lines) == -settled.withheld
    assert settled.withheld >= 0
    assert all(line.balance >= 0 and line.advance >= 0 for line in settled.lines)
    assert all(amount == amount.quantize(D("0.01")) for line in settled.lines for amount in (line.paid,))


@given(case=cases())
def test_a_better_score_of_the_same_weight_never_earns_less(case):
    terms, entrants = case
    assume(any(entrant.weight for entrant in entrants))
    same = [Entrant(one.key, 1000, one.score) for one in entrants]
    lines = sorted(zip(same, settle(terms, same).lines, strict=True), key=lambda pair: pair[0].score)
    for (low, worse), (high, better) in itertools.pairwise(lines):
        assert low.score == high.score or better.paid >= worse.paid
        # Of equal scores somebody gets the cent that is left over.
        assert better.paid >= worse.paid - D("0.02")


TERMS = Terms(D(100_000), D(60), D(90), D(60), Rest.SHARED)
GOOD, FAIR, BAD = (Entrant(UUID(int=n), 1000, score) for n, score in enumerate((D(95), D(72), D(50)), 1))


def test_money_moves_from_low_scores_to_high_ones():
    """Three centres of one size: a reward, a small penalty, and no balance below 60."""
    good, fair, bad = settle(TERMS, [GOOD, FAIR, BAD]).lines
    assert (good.base, good.advance) == (D("33333.34"), D("20000.00"))
    assert (good.balance, fair.balance, bad.balance) == (D("22222.22"), D("17777.78"), D("0.00"))
    assert (good.difference, fair.difference, bad.difference) == (
        D("8888.88"), D("4444.45"), D("-13333.33"),
    )  # fmt: skip


def test_the_cent_left_over_goes_to_the_better_score():
    """Two of one size, both above the full mark: 100.01 yuan cannot be halved."""
    terms = Terms(D("100.01"), D(60), D(90), D(60), Rest.SHARED)
    worse, better = Entrant(UUID(int=1), 1000, D(91)), Entrant(UUID(int=2), 1000, D(95))
    assert [line.paid for line in settle(terms, [worse, better]).lines] == [D("50.00"), D("50.01")]


def test_unearned_money_may_stay_with_the_bureau():
    settled = settle(Terms(D(100_000), D(60), D(90), D(60), Rest.WITHHELD), [GOOD, FAIR, BAD])
    assert [line.balance for line in settled.lines] == [D("13333.33"), D("10666.67"), D("0.00")]
    assert settled.withheld == D("16000.00")


def test_nothing_is_withheld_when_all_earn_everything():
    best = [Entrant(UUID(int=number), 1000, D(95)) for number in range(3)]
    assert settle(Terms(D(100_000), D(60), D(90), D(60), Rest.WITHHELD), best).withheld == 0


def test_what_false_records_cost_goes_to_those_without_any():
    guilty = Entrant(GOOD.key, 1000, D(95), deduction=D(900))
    without, with_one = settle(TERMS, [GOOD, FAIR]).lines, settle(TERMS, [guilty, FAIR]).lines
    assert with_one[0].balance == without[0].balance - 900
    assert with_one[1].balance == without[1].balance + 900


def test_when_nobody_earns_anything_it_is_withheld():
    settled = settle(TERMS, [BAD])
    assert (settled.lines[0].paid, settled.withheld) == (D("60000.00"), D("40000.00"))


def test_coefficients_and_a_pool_without_anybody():
    assert [coefficient(D(score), TERMS) for score in (59, 60, 81, 90, 100)] == [
        D(0), D("0.6667"), D("0.9000"), D(1), D(1),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="above zero"):
        advances(TERMS, [0, 0])

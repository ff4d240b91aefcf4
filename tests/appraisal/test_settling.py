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
    for (_, worse), (_, better) in itertools.pairwise(lines):
        # Cents left over by rounding go to somebody, one at each time that money is shared out.
        assert better.paid >= worse.paid - D("0.02") * len(same)


TERMS = Terms(D(100_000), D(60), D(90), D(60), Rest.SHARED)
GOOD, FAIR, BAD = (Entrant(UUID(int=n), 1000, score) for n, score in enumerate((D(95), D(72), D(50)), 1))


def test_money_moves_from_low_scores_to_high_ones():
    """Three centres of one size: a reward, a small penalty, and no balance below 60."""
    good, fair, bad = settle(TERMS, [GOOD, FAIR, BAD]).lines
    assert (good.base, good.advance) == (D("33333.34"), D("20000.00"))
    assert (good.balance, fair.balance, bad.balance) == (D("22222.23"), D("17777.77"), D("0.00"))
    assert (good.difference, fair.difference, bad.difference) == (
        D("8888.89"), D("4444.44"), D("-13333.33"),
    )  # fmt: skip


def test_unearned_money_may_stay_with_the_bureau():
    settled = settle(Terms(D(100_000), D(60), D(90), D(60), Rest.WITHHELD), [GOOD, FAIR, BAD])
    assert [line.balance for line in settled.lines] == [D("13333.34"), D("10666.66"), D("0.00")]
    assert settled.withheld == D("16000.00")


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

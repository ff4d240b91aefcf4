"""A pool of money divided by population, paid in advance in part, and the rest by score: not a cent is lost.

Every amount is in yuan with two decimals. What the institutions get together and what is withheld make
exactly the pool, whatever the scores are (`tests/appraisal/test_settling.py` holds it to that).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm
from uuid import UUID

from kangshu.kernel.money import FEN, round_half_up, share_out, yuan

ZERO = Decimal("0.00")


class Rest(StrEnum):
    """What becomes of money that low scores did not earn."""

    SHARED = "shared"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Terms:
    """How a pool is settled: `advance_percent` was paid beforehand; from `full_from` points on all of the
    score-linked part is earned, below `nothing_under` none, between them score ÷ `full_from`."""

    pool: Decimal
    advance_percent: Decimal
    full_from: Decimal
    nothing_under: Decimal
    rest: Rest


@dataclass(frozen=True)
class Entrant:
    """`weight` divides the pool (residents); `deduction` is taken from the balance for false records."""

    key: UUID
    weight: int
    score: Decimal
    deduction: Decimal = ZERO


@dataclass(frozen=True)
class Settled:
    """`base` is the share by weight alone; `advance` and `balance` are what is paid. `difference` is the
    reward (above zero) or penalty (below) beside the base."""

    key: UUID
    base: Decimal
    advance: Decimal
    balance: Decimal
    deducted: Decimal
    coefficient: Decimal

    @property
    def paid(self) -> Decimal:
        return self.advance + self.balance

    @property
    def difference(self) -> Decimal:
        return self.paid - self.base


@dataclass(frozen=True)
class Settlement:
    """One line for each entrant, in their order, and what nobody earned."""

    lines: tuple[Settled, ...]
    withheld: Decimal


def advances(terms: Terms, weights: Sequence[int]) -> list[tuple[Decimal, Decimal]]:
    """The base and the advance of each weight; the bases make the pool. Raises ValueError without any.

    The same weight is advanced the same amount: an advance is reckoned from the exact share and rounded
    down, because the cents that make the bases whole go to somebody before anyone is scored.
    """
    bases = share_out(terms.pool, weights)
    return [
        (base, int(exact * Fraction(terms.advance_percent) / 100 / Fraction(FEN)) * FEN)
        for base, exact in zip(bases, _exact(terms, weights), strict=True)
    ]


def _exact(terms: Terms, weights: Sequence[int]) -> list[Fraction]:
    """The share of each weight before it is rounded to cents, in yuan."""
    return [Fraction(yuan(terms.pool)) * weight / sum(weights) for weight in weights]


def coefficient(score: Decimal, terms: Terms) -> Decimal:
    """The part of the score-linked money that a score earns, 0 to 1 in ten-thousandths."""
    if score < terms.nothing_under:
        return Decimal(0)
    if score >= terms.full_from:
        return Decimal(1)
    return round_half_up(score / terms.full_from, 4)


def settle(terms: Terms, entrants: Sequence[Entrant]) -> Settlement:
    """The payments of all entrants and what is withheld; together exactly the pool.

    Cents left over by rounding go to the best scores first, so that of two entrants of one weight without a
    deduction the better one never gets less.
    """
    weights = [entrant.weight for entrant in entrants]
    begun, exact = advances(terms, weights), _exact(terms, weights)
    linked = _linked(terms, entrants, begun, exact)
    deducted = [
        min(yuan(entrant.deduction), amount) for entrant, amount in zip(entrants, linked, strict=True)
    ]
    returned = _returned(terms, entrants, exact, deducted)
    lines = tuple(
        Settled(
            entrant.key, base, advance, linked[i] - deducted[i] + returned[i], deducted[i],
            coefficient(entrant.score, terms),
        )
        for i, (entrant, (base, advance)) in enumerate(zip(entrants, begun, strict=True))
    )  # fmt: skip
    return Settlement(lines, yuan(terms.pool) - sum((line.paid for line in lines), ZERO))


def _linked(
    terms: Terms,
    entrants: Sequence[Entrant],
    begun: Sequence[tuple[Decimal, Decimal]],
    exact: Sequence[Fraction],
) -> list[Decimal]:
    """What each score earns of the money that was not paid in advance."""
    earned = [
        (share - Fraction(advance)) * Fraction(coefficient(entrant.score, terms))
        for entrant, share, (_, advance) in zip(entrants, exact, begun, strict=True)
    ]
    if terms.rest is Rest.WITHHELD:
        # Rounded down once, as a whole: rounding up could pay a cent more than there is.
        return _shared(int(sum(earned) / Fraction(FEN)) * FEN, earned, entrants)
    rest = yuan(terms.pool) - sum((advance for _, advance in begun), ZERO)
    return _shared(rest, earned, entrants)


def _returned(
    terms: Terms, entrants: Sequence[Entrant], exact: Sequence[Fraction], deducted: Sequence[Decimal]
) -> list[Decimal]:
    """What was deducted for false records, shared by those without a deduction, or withheld."""
    whole = sum(deducted, ZERO)
    if terms.rest is Rest.WITHHELD or not whole:
        return [ZERO] * len(deducted)
    weights = [
        share * Fraction(coefficient(entrant.score, terms)) if not taken else Fraction(0)
        for entrant, share, taken in zip(entrants, exact, deducted, strict=True)
    ]
    return _shared(whole, weights, entrants)


def _shared(amount: Decimal, earned: Sequence[Fraction], entrants: Sequence[Entrant]) -> list[Decimal]:
    """`amount` in proportion to `earned`; of equal remainders the best score gets the cent."""
    shares = [ZERO] * len(earned)
    if any(earned):
        # Whole numbers in the same proportion: a quotient that was rounded could tip a cent.
        scale = lcm(*(part.denominator for part in earned))
        best_first = sorted(range(len(earned)), key=lambda i: -entrants[i].score)
        for i, share in zip(
            best_first, share_out(amount, [int(earned[i] * scale) for i in best_first]), strict=True
        ):
            shares[i] = share
    return shares

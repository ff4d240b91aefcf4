"""A pool of money divided by population, paid in advance in part, and the rest by score: not a cent is lost.

Every amount is in yuan with two decimals. What the institutions get together and what is withheld make
exactly the pool, whatever the scores are (`tests/appraisal/test_settling.py` holds it to that).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kangshu.kernel.money import round_half_up, share_out, yuan

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
    """The base and the advance of each weight; the bases make the pool. Raises ValueError without any."""
    bases = share_out(terms.pool, weights)
    return [(base, yuan(base * terms.advance_percent / 100)) for base in bases]


def coefficient(score: Decimal, terms: Terms) -> Decimal:
    """The part of the score-linked money that a score earns, 0 to 1 in ten-thousandths."""
    if score < terms.nothing_under:
        return Decimal(0)
    if score >= terms.full_from:
        return Decimal(1)
    return round_half_up(score / terms.full_from, 4)


def settle(terms: Terms, entrants: Sequence[Entrant]) -> Settlement:
    """The payments of all entrants and what is withheld; together exactly the pool."""
    begun = advances(terms, [entrant.weight for entrant in entrants])
    linked = _linked(terms, entrants, begun)
    deducted = [
        min(yuan(entrant.deduction), amount) for entrant, amount in zip(entrants, linked, strict=True)
    ]
    returned = _returned(terms, entrants, begun, deducted)
    lines = tuple(
        Settled(
            entrant.key, base, advance, linked[i] - deducted[i] + returned[i], deducted[i],
            coefficient(entrant.score, terms),
        )
        for i, (entrant, (base, advance)) in enumerate(zip(entrants, begun, strict=True))
    )  # fmt: skip
    return Settlement(lines, yuan(terms.pool) - sum((line.paid for line in lines), ZERO))


def _linked(
    terms: Terms, entrants: Sequence[Entrant], begun: Sequence[tuple[Decimal, Decimal]]
) -> list[Decimal]:
    """What each score earns of the money that was not paid in advance."""
    earned = [
        (base - advance) * coefficient(entrant.score, terms)
        for entrant, (base, advance) in zip(entrants, begun, strict=True)
    ]
    if terms.rest is Rest.WITHHELD:
        # Rounded down: rounding up could pay a cent more than there is.
        return [amount.quantize(ZERO, rounding="ROUND_DOWN") for amount in earned]
    rest = yuan(terms.pool) - sum((advance for _, advance in begun), ZERO)
    return _shared(rest, earned)


def _returned(
    terms: Terms,
    entrants: Sequence[Entrant],
    begun: Sequence[tuple[Decimal, Decimal]],
    deducted: Sequence[Decimal],
) -> list[Decimal]:
    """What was deducted for false records, shared by those without a deduction, or withheld."""
    whole = sum(deducted, ZERO)
    if terms.rest is Rest.WITHHELD or not whole:
        return [ZERO] * len(deducted)
    weights = [
        base * coefficient(entrant.score, terms) if not taken else Decimal(0)
        for entrant, (base, _), taken in zip(entrants, begun, deducted, strict=True)
    ]
    return _shared(whole, weights)


def _shared(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    return share_out(amount, weights) if any(weights) else [ZERO] * len(weights)

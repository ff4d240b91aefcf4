"""What a sample says of everybody: weights, means and shares, and how far they may be off.

A weight is the inverse of the chance to be asked. The standard error is that of a ratio estimated from
clusters of one stratum, by Taylor linearisation with replacement between clusters (the "ultimate cluster"
method of Hansen, Hurwitz and Madow; Cochran, Sampling Techniques, 3rd edition, 1977, 6.3 and 11.8):

    estimate   R = Σ w·y / Σ w
    residuals  z_c = Σ_{i in c} w_i · (y_i − R)              for each cluster c
    variance   v(R) = n / (n − 1) · Σ_c (z_c − z̄)² / (Σ w)²     z̄ = Σ_c z_c / n, n clusters; here z̄ = 0
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

ENOUGH = 1.96
"""Standard errors on each side of 95 % (the normal curve: with few clusters the truth is wider)."""


def base_weight(
    expected_hits: Fraction, hits: int, households: int, taken: int, eligible: int, asked: int = 1
) -> Fraction:
    """How many people somebody stands for. `expected_hits` and `hits` of the cluster (`sampling.Chosen`),
    `taken` households of its `households`, `asked` of the `eligible` in the household. Over all draws the
    expected number of people asked in a household is expected_hits · (taken / hits) / households · asked /
    eligible, and the weight is its inverse. Raises ValueError for numbers that cannot be."""
    if expected_hits <= 0 or hits < 1 or not 0 < taken <= households or not 0 < asked <= eligible:
        raise ValueError("a chance must lie between 0 and 1")
    chance = expected_hits * Fraction(taken, hits * households) * Fraction(asked, eligible)
    return 1 / chance


@dataclass(frozen=True)
class Answer:
    """One person's value (1 and 0 for a share), weight, and cluster."""

    value: Fraction | int
    weight: Fraction | int
    cluster: str


@dataclass(frozen=True)
class Estimate:
    """`standard_error` and the limits are None with fewer than two clusters: nothing can be said of them.
    `design_effect` is the variance over that of a simple random sample of as many, for shares and means."""

    value: Fraction
    people: int
    clusters: int
    standard_error: float | None
    design_effect: float | None

    @property
    def limits(self) -> tuple[float, float] | None:
        if self.standard_error is None:
            return None
        reach = ENOUGH * self.standard_error
        return float(self.value) - reach, float(self.value) + reach

    def rounded(self, places: int, scale: int = 1) -> Decimal:
        """Half up, times `scale` (100 for per cent)."""
        shifted = self.value * scale * 10**places
        whole = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
        return Decimal(whole).scaleb(-places)


def estimate(answers: Iterable[Answer]) -> Estimate | None:
    """The weighted mean (a share, of 1 and 0) with its design-based standard error; None of nobody. The
    arithmetic is exact until the root is drawn. Raises ValueError for a weight that is not above zero."""
    rows = list(answers)
    if not rows:
        return None
    if any(row.weight <= 0 for row in rows):
        raise ValueError("a weight must be above zero")
    total = Fraction(sum(row.weight for row in rows))
    mean = Fraction(sum(row.weight * row.value for row in rows)) / total
    residuals: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        residuals[row.cluster] += row.weight * (row.value - mean)
    variance = _between(list(residuals.values()), total)
    return Estimate(
        value=mean,
        people=len(rows),
        clusters=len(residuals),
        standard_error=None if variance is None else sqrt(variance),
        design_effect=_effect(rows, mean, total, variance),
    )


def _between(residuals: Sequence[Fraction], total: Fraction) -> Fraction | None:
    number = len(residuals)
    if number < 2:
        return None
    middle = sum(residuals, Fraction()) / number
    spread = sum(((each - middle) ** 2 for each in residuals), Fraction())
    return Fraction(number, number - 1) * spread / total**2


def _effect(
    rows: Sequence[Answer], mean: Fraction, total: Fraction, variance: Fraction | None
) -> float | None:
    """None where everybody answers alike."""
    if variance is None or len(rows) < 2:
        return None
    spread = sum((row.weight * (row.value - mean) ** 2 for row in rows), Fraction()) / total
    simple = spread / (len(rows) - 1)
    return float(variance / simple) if simple else None

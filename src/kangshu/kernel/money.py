"""Money and shares in exact decimals, rounded half up as the field's accounts and reports do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


def exact(value: Decimal | int | str) -> Decimal:
    """A Decimal from an integer, text or Decimal. A float is refused: it has already lost the amount."""
    if isinstance(value, float | bool):
        raise TypeError(f"an amount must not pass through a float: {value!r}")
    return Decimal(value)


def round_half_up(value: Decimal | int | str, places: int = 2) -> Decimal:
    """Rounded to `places` decimals, halves away from zero: 0.125 → 0.13, −0.125 → −0.13."""
    return exact(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def yuan(value: Decimal | int | str) -> Decimal:
    """An amount in yuan with two decimals."""
    return round_half_up(value, 2)


def percentage(numerator: int | Decimal, denominator: int | Decimal, places: int = 2) -> Decimal | None:
    """Numerator ÷ denominator × 100, rounded half up; None when there is nothing to divide by."""
    if not denominator:
        return None
    return round_half_up(exact(numerator) * 100 / exact(denominator), places)


def share_out(total: Decimal | int | str, weights: Sequence[int | Decimal]) -> list[Decimal]:
    """Split an amount in proportion to weights, in whole fen that add up to the total exactly.

    Fen left over by rounding down go to the largest remainders, earliest first. Raises ValueError when the
    weights are negative or all zero.
    """
    parts = [exact(weight) for weight in weights]
    whole = sum(parts, Decimal(0))
    if any(part < 0 for part in parts) or whole <= 0:
        raise ValueError("weights must not be negative, and some must be above zero")
    fen = int((yuan(total) / FEN).to_integral_value())
    sign, fen = (-1, -fen) if fen < 0 else (1, fen)
    raw = [fen * part / whole for part in parts]
    shares = [int(amount) for amount in raw]
    left_over = fen - sum(shares)
    by_remainder = sorted(range(len(parts)), key=lambda i: (shares[i] - raw[i], i))
    for index in by_remainder[:left_over]:
        shares[index] += 1
    return [sign * share * FEN for share in shares]

"""Which records an assessor checks: strata, how many of each, and a systematic draw from a recorded start.

Whoever has the list of records in its order, the size of the draw and the start can draw it again by hand:
the i-th of n is record ⌊(start + i) · N ÷ n⌋ of N, counted from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from random import Random

STEP = Decimal("0.000001")


def allotted(sizes: Sequence[int], weights: Sequence[int], number: int) -> list[int]:
    """How many to draw of each stratum: in proportion to size times weight, at least one of each that has
    any (while the number lasts), never more than it has; together `number`, or everything there is."""
    parts = [0] * len(sizes)
    left = min(number, sum(sizes))
    densest = sorted(range(len(sizes)), key=lambda index: (-sizes[index] * weights[index], index))
    for index in densest:
        if left and sizes[index]:
            parts[index] += 1
            left -= 1
    # One by one to whoever is furthest behind its share: samples are small, and the sum stays exact.
    for _ in range(left):
        open_strata = [index for index in range(len(sizes)) if parts[index] < sizes[index]]
        behind = min(open_strata, key=lambda index: (parts[index] / (sizes[index] * weights[index]), index))
        parts[behind] += 1
    return parts


def start_of(seed: str, stratum: str) -> Decimal:
    """The random start of a stratum, 0 ≤ start < 1 in millionths: the same seed gives the same start."""
    drawn = Decimal(Random(f"{seed} {stratum}").random())
    return drawn.quantize(STEP, rounding=ROUND_FLOOR)


def positions(size: int, number: int, start: Decimal) -> list[int]:
    """The places drawn out of `size`, rising and each once, for `number` ≤ `size`."""
    return [int(((start + index) * size / number).to_integral_value(ROUND_FLOOR)) for index in range(number)]

"""How the numbers somebody wrote are spread: their last digits, and heaps just below a round limit.

A doctor is compared with everybody else in the county who fills the same form, because a county's devices and
habits decide what is usual. Reported is only what is both far from chance and large.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import sqrt
from uuid import UUID

from kangshu.authenticity.visits import Found, Limits, Sign
from kangshu.kernel.text import Text

Work = tuple[UUID, UUID | None, str]
Values = Mapping[Work, Mapping[str, Counter[Decimal]]]
Titles = Mapping[tuple[str, str], Text]

FAR = 6.0  # standard deviations
MOVED = 0.3  # share of the numbers that would have to change to look like the others'
STEP, WIDTH = 10, 5  # limits are multiples of 10; a heap is the 5 numbers below one
NEARLY_ALL = 0.9


def digit_signs(values: Values, limits: Limits, titles: Titles) -> Iterator[Found]:
    """Doctors whose readings end in fewer digits than everybody else's."""
    for (form, name), by_doctor in _by_field(values).items():
        title = titles.get((form, name), Text(name, name))
        digits = {work: _last_digits(counts) for work, counts in by_doctor.items()}
        everybody = sum(digits.values(), Counter[int]())
        for work, own in digits.items():
            others = everybody - own
            number = own.total()
            if number < limits.fewest_for_pattern or others.total() < limits.fewest_for_pattern:
                continue
            usual = {digit: (others[digit] + 0.5) / (others.total() + 5) for digit in range(10)}
            moved = sum(abs(own[digit] / number - usual[digit]) for digit in range(10)) / 2
            squares = sum((own[d] - number * usual[d]) ** 2 / (number * usual[d]) for d in range(10))
            # Whoever reads off every digit where others round differs from them too, and is no concern.
            gathered = sum((own[d] / number) ** 2 for d in range(10)) > sum(u**2 for u in usual.values())
            if gathered and moved >= MOVED and _deviations(squares, 9) >= FAR:
                digit, times = own.most_common(1)[0]
                reason = Text(
                    f"“{title.zh}”{number}次测量中{times}次尾数为{digit}，其他人为{usual[digit]:.0%}。",
                    f"“{title.en}”: {times} of {number} end in {digit}, elsewhere {usual[digit]:.0%}.",
                )
                yield Found(Sign.DIGITS, work[0], work[1], None, (), reason)


def limit_signs(values: Values, limits: Limits, titles: Titles) -> Iterator[Found]:
    """Doctors whose readings stop short of a round number that everybody else's pass."""
    for (form, name), by_doctor in _by_field(values).items():
        title = titles.get((form, name), Text(name, name))
        everybody = sum(by_doctor.values(), Counter[Decimal]())
        cuts = {int(value) // STEP * STEP for value in everybody}
        for work, own in by_doctor.items():
            worst = max((_heap(own, everybody, cut, limits) for cut in sorted(cuts)), default=None)
            if worst is not None and worst[0] >= FAR:
                _, cut, below, above = worst
                reason = Text(
                    f"“{title.zh}”在{cut}附近的测量中，{below}次略低于{cut}，仅{above}次达到或略高于{cut}。",
                    f"“{title.en}”: near {cut}, {below} readings are just below and only {above} are not.",
                )
                yield Found(Sign.LIMIT, work[0], work[1], None, (), reason)


def _heap(
    own: Counter[Decimal], everybody: Counter[Decimal], cut: int, limits: Limits
) -> tuple[float, int, int, int]:
    """How far the share below a cut is from the others', the cut, and the counts below and from it on."""
    below, above = _around(own, cut)
    all_below, all_above = _around(everybody, cut)
    others_below, others_above = all_below - below, all_above - above
    number, others = below + above, others_below + others_above
    if number < limits.fewest_for_pattern // 2 or others < limits.fewest_for_pattern:
        return 0.0, cut, below, above
    share = (others_below + 1) / (others + 2)
    if below < NEARLY_ALL * number:
        return 0.0, cut, below, above
    return (below - number * share) / sqrt(number * share * (1 - share)), cut, below, above


def _around(counts: Counter[Decimal], cut: int) -> tuple[int, int]:
    below = sum(counts[Decimal(value)] for value in range(cut - WIDTH, cut))
    return below, sum(counts[Decimal(value)] for value in range(cut, cut + WIDTH))


def _by_field(values: Values) -> dict[tuple[str, str], dict[Work, Counter[Decimal]]]:
    """By form and field, for numbers that are written whole."""
    found: dict[tuple[str, str], dict[Work, Counter[Decimal]]] = defaultdict(dict)
    for work, fields in values.items():
        for name, counts in fields.items():
            if work[1] is not None and all(value == value.to_integral_value() for value in counts):
                found[work[2], name][work] = counts
    return found


def _last_digits(counts: Counter[Decimal]) -> Counter[int]:
    digits: Counter[int] = Counter()
    for value, times in counts.items():
        digits[int(value) % 10] += times
    return digits


def _deviations(squares: float, freedom: int) -> float:
    """A chi-square as standard deviations of a normal (Wilson and Hilferty 1931)."""
    part = 2 / (9 * freedom)
    return ((squares / freedom) ** (1 / 3) - (1 - part)) / sqrt(part)

"""Serial numbers of papers: letters and then digits, `P330000121`, counted up by the digits.

Rules over plain values: a range of numbers has a first and a last, both included, of the same letters and
width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text

NUMBER = re.compile(r"(?P<letters>[A-Z]{0,10})(?P<digits>[0-9]{1,18})\Z")
BETWEEN = re.compile(r"\s*(?:-|–|—|~|至|到)\s*")
ASIDE = re.compile(r"[,，;；、\s]+")
MOST = 20_000
"""So many papers at once; more is surely a slip of the pen."""


@dataclass(frozen=True, order=True)
class NumberRange:
    """From `first` to `last`, both included."""

    letters: str
    width: int
    low: int
    high: int

    @property
    def first(self) -> str:
        return self.number(self.low)

    @property
    def last(self) -> str:
        return self.number(self.high)

    @property
    def count(self) -> int:
        return self.high - self.low + 1

    def number(self, value: int) -> str:
        return f"{self.letters}{value:0{self.width}d}"

    def __iter__(self) -> Iterator[str]:
        return (self.number(value) for value in range(self.low, self.high + 1))

    def __str__(self) -> str:
        return self.first if self.count == 1 else f"{self.first}–{self.last}"


def number_range(first: str, last: str = "") -> NumberRange:
    """The range between two numbers. Raises BadInput when they are no numbers of one kind in order."""
    low, high = _parts(first), _parts(last or first)
    if low[0] != high[0] or low[1] != high[1]:
        raise _bad(
            f"{first}–{last}",
            Text(
                "编号“{first}”和“{last}”的字头或位数不同。", "{first} and {last} differ in letters or width."
            ).format(first=first, last=last),
        )
    if high[2] < low[2]:
        raise _bad(
            f"{first}–{last}",
            Text("止号“{last}”小于起号“{first}”。", "{last} comes before {first}.").format(
                first=first, last=last
            ),
        )
    found = NumberRange(low[0], low[1], low[2], high[2])
    if found.count > MOST:
        message = Text("一次最多{most}份，请核对起止编号。", "At most {most} at once: check first and last.")
        raise _bad(str(found), message.format(most=MOST))
    return found


def parse_numbers(text: str) -> list[NumberRange]:
    """What somebody types: `P001-P020, P035`. In the order given; raises BadInput, also for a number
    twice."""
    joined = BETWEEN.sub("-", text.strip().upper())
    parts = [part for part in ASIDE.split(joined) if part]
    if not parts:
        raise _bad(text, Text("请填写编号。", "Give the numbers."))
    ranges = []
    for part in parts:
        ends = part.split("-")
        if len(ends) > 2:
            raise _bad(part, Text("“{part}”不是编号范围。", "{part} is no range.").format(part=part))
        ranges.append(number_range(*ends))
    merged = merge(ranges)
    if sum(one.count for one in merged) < sum(one.count for one in ranges):
        raise _bad(text, Text("有的编号写了两次。", "A number is given twice."))
    return ranges


def merge(ranges: Iterable[NumberRange]) -> list[NumberRange]:
    """The same numbers in as few ranges as possible, in order."""
    merged: list[NumberRange] = []
    for one in sorted(ranges):
        before = merged[-1] if merged else None
        if (
            before
            and (before.letters, before.width) == (one.letters, one.width)
            and one.low <= before.high + 1
        ):
            merged[-1] = NumberRange(before.letters, before.width, before.low, max(before.high, one.high))
        else:
            merged.append(one)
    return merged


def ranges_of(numbers: Iterable[str]) -> list[NumberRange]:
    """Single numbers in as few ranges as possible."""
    return merge(number_range(number) for number in numbers)


def _parts(number: str) -> tuple[str, int, int]:
    found = NUMBER.match(number.strip().upper())
    if found is None:
        raise _bad(
            number,
            Text(
                "“{number}”不是编号：应为字头加数字，如 P330000121。",
                "{number} is no serial number: letters and then digits, such as P330000121.",
            ).format(number=number),
        )
    return found["letters"], len(found["digits"]), int(found["digits"])


def _bad(value: str, message: Text) -> BadInput:
    return BadInput([Problem("numbers", "numbers", message, value)])

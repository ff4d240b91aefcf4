"""Small numbers are not shown where they would name a person, nor what they could be told from.

A cell of fewer people than the limit, split by what a person is or by village, is hidden. Its line adds up
to a total that is shown elsewhere, so at least one more cell of the line is hidden with it, the smallest,
until what is hidden together is no longer small. That is asked of every dimension of the split, again and
again, because a cell that was hidden for one line may stand alone in another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators.results import SUPPRESSED, Row

MONTH = "month"


def hidden(indicator: Indicator, rows: Sequence[Row], by: tuple[str, ...], below: int) -> list[Row]:
    """The rows with small cells and what would betray them hidden. Only people are protected: records and
    reckoned denominators are not counts of people, nor are entries of logbooks."""
    if indicator.counts is not Counts.PEOPLE or indicator.estimate is not None:
        return list(rows)
    secret = {number for number, row in enumerate(rows) if 0 < _people(row) < below}
    if not secret:
        return list(rows)
    lines = _lines(rows, by)
    changed = True
    while changed:
        changed = False
        for line in lines:
            if (more := _next_to_hide(line, secret, rows, below)) is not None:
                secret.add(more)
                changed = True
    return [_blank(row) if number in secret else row for number, row in enumerate(rows)]


def _blank(row: Row) -> Row:
    return replace(row, numerator=None, denominator=None, value=None, suppressed=True, note=SUPPRESSED)


def _people(row: Row) -> int:
    people = row.numerator if row.denominator is None else row.denominator
    return int(people or 0)


def _lines(rows: Sequence[Row], by: tuple[str, ...]) -> list[list[int]]:
    """Rows that add up to something that is shown: along every dimension but the month."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for along in by:
        if along == MONTH:
            continue
        for number, row in enumerate(rows):
            found[along, *(row.by[name] for name in by if name != along)].append(number)
    return [line for line in found.values() if len(line) > 1]


def _next_to_hide(line: list[int], secret: set[int], rows: Sequence[Row], below: int) -> int | None:
    """The cell of a line to hide next: the smallest that has somebody, else an empty one."""
    inside = [number for number in line if number in secret]
    if not inside:
        return None
    if len(inside) > 1 and sum(_people(rows[number]) for number in inside) >= below:
        return None
    shown = [number for number in line if number not in secret and rows[number].numerator is not None]
    filled = [number for number in shown if _people(rows[number])]
    # An empty cell hides as well as a full one: nobody can say which of the two it was.
    chosen = filled or ([number for number in shown if len(inside) < 2])
    return min(chosen, key=lambda number: _people(rows[number]), default=None)

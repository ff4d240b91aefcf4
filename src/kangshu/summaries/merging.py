"""Two people wrote on one section at once: what each changed is kept, paragraph by paragraph.

A merge is refused only where both changed the same paragraph in different ways; then both texts are shown and
the second writer decides.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

Change = tuple[int, int, tuple[str, ...]]


class Clash(Exception):
    """Both changed the same paragraph, differently."""


def merged(base: str, mine: str, theirs: str) -> str:
    """The three-way merge by paragraph (line). Raises Clash."""
    lines = base.split("\n")
    changes = sorted({*_changes(lines, mine.split("\n")), *_changes(lines, theirs.split("\n"))})
    for one, other in pairwise(changes):
        if _touch(one, other):
            raise Clash
    for first, last, new in reversed(changes):
        lines[first:last] = new
    return "\n".join(lines)


def _changes(base: list[str], new: list[str]) -> list[Change]:
    matcher = SequenceMatcher(a=base, b=new, autojunk=False)
    return [
        (first, last, tuple(new[start:end]))
        for tag, first, last, start, end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _touch(one: Change, other: Change) -> bool:
    """Whether two changes, `one` the earlier, overlap or put something at the same place."""
    return other[0] < one[1] or one[0] == other[0]

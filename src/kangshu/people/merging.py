"""What stands in the way of a merge: other packages say what they would have twice (two open cases)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from kangshu.kernel.text import Text

ConflictFinder = Callable[[UUID, UUID], Sequence[Text]]

_finders: list[ConflictFinder] = []


def register_conflict_finder(finder: ConflictFinder) -> None:
    """Ask `finder(kept_id, merged_id)` before and after every merge; each Text is one thing to review."""
    if finder not in _finders:
        _finders.append(finder)


def conflicts_of(kept_id: UUID, merged_id: UUID) -> tuple[Text, ...]:
    """Everything that the two people would have twice."""
    return tuple(text for finder in _finders for text in finder(kept_id, merged_id))

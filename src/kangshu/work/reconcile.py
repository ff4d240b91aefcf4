"""From what is stored to what is planned, with as few changes as possible and nothing deleted.

A stored window that the plan still has keeps its row; one that the plan no longer has is cancelled and
stays as history. So a reminder, a list or a figure that points to a window never points to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from kangshu.work.models import DueState
from kangshu.work.planning import PlannedDue


class StoredDue(Protocol):
    """What is read of a stored window (the model `Due`, or a row of a bulk load)."""

    id: UUID
    step: str
    opens_on: date
    due_on: date
    overdue_on: date
    lapses_on: date | None
    state: str
    fulfilled_by_id: UUID | None


@dataclass(frozen=True)
class DueChange:
    """A stored window that becomes something else."""

    id: UUID
    state: str
    overdue_on: date
    fulfilled_by: UUID | None
    lapses_on: date | None = None


@dataclass(frozen=True)
class DueChanges:
    """What to do, in this order: `changed` (those that leave the state open come first), then `added`."""

    changed: tuple[DueChange, ...]
    added: tuple[PlannedDue, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


def state_of(planned: PlannedDue) -> str:
    return DueState.OPEN.value if planned.fulfilled_by is None else DueState.FULFILLED.value


def reconcile(stored: Sequence[StoredDue], planned: Iterable[PlannedDue]) -> DueChanges:
    """The changes that make the stored windows of one case equal to the plan."""
    left = list(stored)
    unmatched: list[PlannedDue] = []
    changed: list[DueChange] = []
    for wanted in planned:
        same = next((due for due in left if _is_same(due, wanted)), None)
        if same is None:
            unmatched.append(wanted)
            continue
        left.remove(same)
        if (same.overdue_on, same.lapses_on) != (wanted.overdue_on, wanted.lapses_on):
            changed.append(_change(same, wanted))
    added = []
    for wanted in unmatched:
        like = _most_like(left, wanted)
        if like is None:
            added.append(wanted)
            continue
        left.remove(like)
        changed.append(_change(like, wanted))
    changed += [
        DueChange(due.id, DueState.CANCELLED.value, due.overdue_on, None, due.lapses_on)
        for due in left
        if due.state != DueState.CANCELLED
    ]
    # One open window per key: whoever stops being open must stop before another becomes open.
    changed.sort(key=lambda change: change.state == DueState.OPEN)
    return DueChanges(tuple(changed), tuple(added))


def _is_same(due: StoredDue, wanted: PlannedDue) -> bool:
    return (due.step, due.opens_on, due.due_on) == wanted.key and (
        due.state == state_of(wanted) and due.fulfilled_by_id == wanted.fulfilled_by
    )


def _most_like(left: Sequence[StoredDue], wanted: PlannedDue) -> StoredDue | None:
    of_key = [due for due in left if (due.step, due.opens_on, due.due_on) == wanted.key]
    if not of_key:
        return None
    preference = {DueState.OPEN.value: 0, DueState.FULFILLED.value: 1, DueState.LAPSED.value: 2}
    return min(of_key, key=lambda due: (preference.get(due.state, 3), due.id))


def _change(due: StoredDue, wanted: PlannedDue) -> DueChange:
    return DueChange(due.id, state_of(wanted), wanted.overdue_on, wanted.fulfilled_by, wanted.lapses_on)

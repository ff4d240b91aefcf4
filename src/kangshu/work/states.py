"""In which state a case is: folded from what happened to it, so that a corrected record corrects the
state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kangshu.declare.expression import Expression
from kangshu.declare.states import States, StateTransition
from kangshu.work.planning import PastRecord

MANAGED, CLOSED = "open", "closed"
"""The states of a capability that declares none."""


@dataclass(frozen=True)
class Moved:
    """A move that somebody decided or an event caused: `on` names it as declared (`action:…`, `event:…`)."""

    on: str
    day: date
    to_state: str


def initial_state(states: States | None) -> str:
    return MANAGED if states is None else states.initial


def closed_state(states: States | None, from_state: str, on: str, reason: str) -> str:
    """Where closing leads: the declared move with that cause and reason, else any closed state."""
    if states is None:
        return CLOSED
    moves = [move for move in states.transitions if not states.state(move.to_state).is_open]
    caused = [move for move in moves if move.from_state == from_state and move.on == on]
    # One form's records may close for several reasons.
    fitting = [move for move in caused if move.reason == reason] or caused
    fitting = fitting or [move for move in moves if move.reason == reason]
    if fitting:
        return fitting[0].to_state
    closed = [state.id for state in states.states if not state.is_open]
    return closed[0] if closed else CLOSED


def state_after(
    states: States | None,
    decided: Sequence[Moved],
    records: Sequence[PastRecord],
    holds: Callable[[Expression, PastRecord], bool],
) -> str:
    """The state after all of it, by day; within a day what opens comes first, then records, then what
    closes.
    """
    state = initial_state(states)
    if states is None:
        return decided[-1].to_state if decided else state
    steps: list[tuple[date, int, int, PastRecord | Moved]] = [
        (record.performed_on, 1, order, record) for order, record in enumerate(records)
    ]
    steps += [
        (move.day, 0 if states.state(move.to_state).is_open else 2, order, move)
        for order, move in enumerate(decided)
    ]
    for _, _, _, step in sorted(steps, key=lambda step: step[:3]):
        if isinstance(step, Moved):
            state = step.to_state
            continue
        move = _move_on_record(states, state, step, holds)
        state = move.to_state if move else state
    return state


def _move_on_record(
    states: States, state: str, record: PastRecord, holds: Callable[[Expression, PastRecord], bool]
) -> StateTransition | None:
    for move in states.moves_from(state, f"record:{record.form_id}"):
        # A record never closes a case by itself: closing asks for a reason and a day, and is an action.
        if states.state(move.to_state).is_open and (move.when is None or holds(move.when, record)):
            return move
    return None

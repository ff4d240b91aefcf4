"""States of a case and the moves between them: one table, drawn into the manual."""

from __future__ import annotations

from dataclasses import dataclass

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import Expression
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class State:
    id: str
    title: Text
    is_open: bool = True


@dataclass(frozen=True)
class Reason:
    """Why a case was closed."""

    code: str
    title: Text


@dataclass(frozen=True)
class StateTransition:
    """From one state to another on an event: `record:<form id>` when a record is saved and `when` holds over
    it, `event:<name>` when that event is heard, `action:<name>` when somebody decides it. `reason` is the
    closing reason the move gives, if it closes."""

    from_state: str
    to_state: str
    on: str
    title: Text
    when: Expression | None = None
    reason: str = ""


@dataclass(frozen=True)
class States(Declared):
    """`initial` is the state of a new case."""

    initial: str
    states: tuple[State, ...]
    transitions: tuple[StateTransition, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        ids = [state.id for state in self.states]
        where = "states"
        refuse_unless(len(ids) == len(set(ids)), where, f"a state is named twice in {ids}")
        refuse_unless(self.initial in ids, where, f"the initial state {self.initial!r} is not among {ids}")
        reasons = {reason.code for reason in self.reasons}
        for move in self.transitions:
            name = f"transition {move.from_state} → {move.to_state}"
            refuse_unless({move.from_state, move.to_state} <= set(ids), name, "names an unknown state")
            refuse_unless(
                move.on.split(":", 1)[0] in ("record", "event", "action") and ":" in move.on,
                name,
                f"happens on {move.on!r}: say record:…, event:… or action:…",
            )
            refuse_unless(not move.reason or move.reason in reasons, name, f"unknown reason {move.reason!r}")
        reached = {self.initial}
        for _ in ids:
            reached |= {move.to_state for move in self.transitions if move.from_state in reached}
        refuse_unless(
            not set(ids) - reached, where, f"nothing leads to {', '.join(sorted(set(ids) - reached))}"
        )

    def state(self, id: str) -> State:
        for state in self.states:
            if state.id == id:
                return state
        raise KeyError(f"no state {id!r}")

    def moves_from(self, state: str, on: str) -> tuple[StateTransition, ...]:
        return tuple(move for move in self.transitions if move.from_state == state and move.on == on)

"""The states of an appraisal: one table, asked by the button and by the action."""

from __future__ import annotations

from enum import StrEnum

from kangshu.kernel.text import Text


class State(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    SCORED = "scored"
    APPEALED = "appealed"
    FINAL = "final"


TITLES = {
    State.DRAFT: Text("方案拟定", "draft"),
    State.RUNNING: Text("考核中", "running"),
    State.SCORED: Text("已评分，可申诉", "scored, open to appeal"),
    State.APPEALED: Text("申诉已处理", "appeals settled"),
    State.FINAL: Text("已定案", "final"),
}

COLOURS = {
    State.DRAFT: "quiet",
    State.RUNNING: "info",
    State.SCORED: "attention",
    State.APPEALED: "info",
    State.FINAL: "good",
}

#: (from, act) → to. An appraisal that is final has no act: a trigger refuses every change of it.
STEPS: dict[tuple[State, str], State] = {
    (State.DRAFT, "start"): State.RUNNING,
    (State.RUNNING, "score"): State.SCORED,
    (State.SCORED, "reopen"): State.RUNNING,
    (State.SCORED, "close_appeals"): State.APPEALED,
    (State.APPEALED, "finish"): State.FINAL,
}


def after(state: str, act: str) -> State | None:
    """The state an act leads to, or None where it cannot be done."""
    return STEPS.get((State(state), act))

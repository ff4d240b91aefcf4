"""The states of a submission as one table; pages show the acts that it allows, actions ask it."""

from __future__ import annotations

from enum import StrEnum

from kangshu.work.models import ReportState


class Act(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    AUDIT = "audit"
    RETURN = "return"
    LOCK = "lock"
    UNLOCK = "unlock"


#: (state, act) → the state after it. What is not here cannot be done.
MOVES: dict[tuple[str, Act], str] = {
    (ReportState.DRAFT, Act.SAVE): ReportState.DRAFT,
    (ReportState.RETURNED, Act.SAVE): ReportState.RETURNED,
    (ReportState.DRAFT, Act.SUBMIT): ReportState.SUBMITTED,
    (ReportState.RETURNED, Act.SUBMIT): ReportState.SUBMITTED,
    (ReportState.SUBMITTED, Act.AUDIT): ReportState.AUDITED,
    (ReportState.SUBMITTED, Act.RETURN): ReportState.RETURNED,
    (ReportState.AUDITED, Act.RETURN): ReportState.RETURNED,
    (ReportState.AUDITED, Act.LOCK): ReportState.LOCKED,
    (ReportState.LOCKED, Act.UNLOCK): ReportState.RETURNED,
}

#: Which permission an act needs. Who fills a report does not audit it (`actions` looks at the place too).
PERMISSION: dict[Act, str] = {
    Act.SAVE: "submit.report",
    Act.SUBMIT: "submit.report",
    Act.AUDIT: "audit.report",
    Act.RETURN: "audit.report",
    Act.LOCK: "audit.report",
    Act.UNLOCK: "audit.report",
}

#: Acts that must say why.
NEEDS_REASON = frozenset({Act.RETURN, Act.UNLOCK})


def acts_in(state: str) -> frozenset[Act]:
    """What can be done with a submission in that state."""
    return frozenset(act for from_state, act in MOVES if from_state == state)

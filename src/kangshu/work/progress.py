"""The state of cases, kept with their history: every step is a `Transition` that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from kangshu.declare import registry
from kangshu.declare.rules import Parameters
from kangshu.kernel.actor import Actor
from kangshu.kernel.identifiers import new_id
from kangshu.work.models import Case, Transition
from kangshu.work.planning import PastRecord, in_order
from kangshu.work.replanning import asker, case_facts
from kangshu.work.states import Moved, state_after
from kangshu.work.subject import Subject

BY_RECORD = "record"
"""The event of a transition that follows from records: it is derived again when they change."""


def note(
    case: Case,
    *,
    to_state: str,
    event: str,
    on: date,
    at: datetime,
    by: Actor,
    reason: str = "",
    from_state: str,
) -> Transition:
    """Write one step of a case's history."""
    return Transition.objects.create(
        id=new_id(),
        case=case,
        from_state=from_state,
        to_state=to_state,
        event=event,
        on=on,
        at=at,
        by_account=by.account_id,
        reason=reason,
        person_id=case.person_id,
        scope_path=case.scope_path,
        compartment=case.compartment,
    )


def follow_states(
    subject: Subject,
    cases: Iterable[Case],
    history: Sequence[PastRecord],
    parameters: Parameters,
    by: Actor,
    now: datetime,
) -> None:
    """Set each case's state to what its decisions and its current records say, and note the step if it
    changed.
    """
    for case in cases:
        decided = [
            Moved(event, on, to_state)
            for event, on, to_state in Transition.objects.filter(case=case)
            .exclude(event__in=(BY_RECORD, "action:reassign"))
            .order_by("on", "at", "id")
            .values_list("event", "on", "to_state")
        ]
        found = state_by_records(subject, case, history, decided, parameters)
        if found is not None:
            state, on = found
            note(case, from_state=case.state, to_state=state, event=BY_RECORD, on=on, at=now, by=by)
            case.state = state
            case.save(update_fields=["state"])


def state_by_records(
    subject: Subject,
    case: Case,
    history: Sequence[PastRecord],
    decided: Sequence[Moved],
    parameters: Parameters,
) -> tuple[str, date] | None:
    """The state that the case's decisions and current records lead to, and since when; None when it is the
    one it has."""
    capability = registry.capability(case.kind)
    if capability.states is None or not any(
        move.on.startswith("record:") for move in capability.states.transitions
    ):
        return None
    facts = case_facts(case)
    last = facts.closed_on or date.max
    own = [record for record in in_order(history) if facts.opened_on <= record.performed_on <= last]
    holds = asker(subject, case, capability, history, parameters)
    state = state_after(capability.states, decided, own, holds)
    if state == case.state:
        return None
    return state, own[-1].performed_on if own else case.opened_on

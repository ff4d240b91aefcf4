"""Planning the cases of a person anew after their history changed, and storing what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from uuid import UUID

from kangshu.care.models import Diagnosis
from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.capability import Capability
from kangshu.declare.evaluate import CaseView, Context, EventView
from kangshu.declare.expression import Diagnoses, Expression, Records
from kangshu.declare.rules import Parameters
from kangshu.kernel.identifiers import new_id
from kangshu.work.compiled import holds, reader
from kangshu.work.facts import facts_after, typed_facts
from kangshu.work.models import Case, Due, DueState
from kangshu.work.planning import (
    CaseFacts,
    Holds,
    PastRecord,
    PlannedDue,
    Value,
    in_order,
    nothing_known,
    plan,
)
from kangshu.work.reconcile import DueChanges, reconcile, state_of
from kangshu.work.subject import Subject, history_of


def conditions_of(capability: Capability) -> list[Expression]:
    """Every condition that its schedule and its states ask of a record."""
    found: list[Expression | None] = []
    for step in capability.schedule.steps:
        found.append(step.counts)
        for branch in step.branches:
            found += (branch.when, branch.fulfilled_by)
        if step.begins is not None:
            found.append(step.begins.when)
        found += step.anchor_expressions
    found += [move.when for move in (capability.states.transitions if capability.states else ())]
    return [condition for condition in found if condition is not None]


@cache
def _forms_of(capability_id: str, version: int) -> tuple[str, ...]:
    capability = registry.capability(capability_id)
    waited = [step.form for step in capability.schedule.steps]
    waited += [step.begins.form for step in capability.schedule.steps if step.begins is not None]
    moves = capability.states.transitions if capability.states else ()
    waited += [move.on.removeprefix("record:") for move in moves if move.on.startswith("record:")]
    waited += [fact.form for fact in capability.facts if fact.form]
    asked = (node for condition in conditions_of(capability) for node in walk(condition))
    waited += [node.form for node in asked if isinstance(node, Records)]
    return tuple(dict.fromkeys(waited))


def forms_of(capability: Capability) -> tuple[str, ...]:
    """Ids of the forms whose records its schedule or its states wait for."""
    return _forms_of(capability.id, capability.version)


@cache
def _asks_history(capability_id: str, version: int) -> bool:
    """Whether it asks more than the record itself: other records, or diagnoses."""
    conditions = conditions_of(registry.capability(capability_id))
    return any(isinstance(node, Records | Diagnoses) for part in conditions for node in walk(part))


@cache
def _asks_case(capability_id: str, version: int) -> bool:
    """Whether a step asks something of the case as a whole."""
    return any(step.anchor_expressions for step in registry.capability(capability_id).schedule.steps)


def asks_case(capability: Capability) -> bool:
    """Whether what is due depends on the person or the case beside the records of its forms."""
    return _asks_case(capability.id, capability.version)


def case_facts(case: Case) -> CaseFacts:
    resumed = case.facts.get("resumed_on") if case.facts else None
    return CaseFacts(case.opened_on, case.closed_on, date.fromisoformat(resumed) if resumed else None)


def case_view(case: Case) -> CaseView:
    facts = typed_facts(registry.capability(case.kind), case.facts)
    return CaseView(case.opened_on, case.closed_on, case.closing_reason or None, facts)


def event_views(records: Iterable[PastRecord]) -> list[EventView]:
    return [
        EventView(record.performed_on, record.form_id, record.answers, record.assessment, order)
        for order, record in enumerate(records)
    ]


def diagnoses_of(subject: Subject, using: str = "default") -> list[EventView]:
    rows = Diagnosis.objects.using(using).filter(person_id__in=subject.ids).order_by("diagnosed_on", "id")
    return [
        EventView(day, order=order, code=code)
        for order, (day, code) in enumerate(rows.values_list("diagnosed_on", "code"))
    ]


def asker(
    subject: Subject,
    case: Case,
    capability: Capability,
    history: Sequence[PastRecord],
    parameters: Parameters,
) -> Holds:
    """How conditions of the schedule are asked of a record of this person."""
    if _asks_history(capability.id, capability.version):
        person = subject.view(case_view(case), event_views(history), diagnoses_of(subject))
    else:
        person = subject.view(case_view(case))

    asked: list[tuple[PastRecord, Context]] = []

    def ask(condition: Expression, record: PastRecord) -> bool:
        # A step asks several things of one record before it goes on to the next.
        if not asked or asked[-1][0] is not record:
            frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
            context = Context(person, frame, parameters=parameters, on=record.performed_on)
            asked[:] = [(record, context)]
        return holds(condition, asked[-1][1])

    return ask


def valuer(
    subject: Subject,
    case: Case,
    capability: Capability,
    history: Sequence[PastRecord],
    parameters: Parameters,
) -> Value:
    """How the expressions that speak of the case as a whole are asked (`origin`, `when`, `until`)."""
    if not _asks_case(capability.id, capability.version):
        return nothing_known
    if _asks_history(capability.id, capability.version):
        person = subject.view(case_view(case), event_views(in_order(history)), diagnoses_of(subject))
    else:
        person = subject.view(case_view(case))
    context = Context(person, parameters=parameters, on=case.opened_on)
    return lambda expression: reader(expression)(context)


def find_facts(subject: Subject, case: Case, capability: Capability, history: Sequence[PastRecord]) -> bool:
    """Bring the case's facts up to the history; whether they changed."""
    if not capability.facts:
        return False
    facts = facts_after(capability, case, history, subject.bare_view)
    changed = facts != (case.facts or {})
    case.facts = facts
    return changed


def plan_case(
    subject: Subject, case: Case, history: Sequence[PastRecord], parameters: Parameters
) -> list[PlannedDue]:
    """The windows of a case, from its current records alone."""
    capability = registry.capability(case.kind)
    asked = (subject, case, capability, history, parameters)
    return plan(capability.schedule, history, case_facts(case), asker(*asked), valuer(*asked))


def replan(
    subject: Subject,
    cases: Iterable[Case],
    parameters: Parameters,
    history: Sequence[PastRecord] | None = None,
) -> list[PlannedDue]:
    """Plan each case anew and store what differs; gives the planned windows of all of them.

    `history` must hold the person's current records of every form the cases wait for; it is read when not
    given.
    """
    cases = list(cases)
    if history is None:
        wanted = {form for case in cases for form in forms_of(registry.capability(case.kind))}
        history = history_of(subject, wanted)
    planned: list[PlannedDue] = []
    for case in cases:
        if find_facts(subject, case, registry.capability(case.kind), history):
            case.save(update_fields=["facts"])
        windows = plan_case(subject, case, history, parameters)
        stored = list(Due.objects.filter(case=case).order_by("id"))
        store(reconcile(stored, windows), case, subject)
        planned += windows
    return planned


def store(changes: DueChanges, case: Case, subject: Subject) -> None:
    for change in changes.changed:
        Due.objects.filter(id=change.id).update(
            state=change.state,
            overdue_on=change.overdue_on,
            lapses_on=change.lapses_on,
            fulfilled_by_id=change.fulfilled_by,
        )
    Due.objects.bulk_create([new_row(wanted, case, subject) for wanted in changes.added])


def new_row(wanted: PlannedDue, case: Case, subject: Subject, id: UUID | None = None) -> Due:
    """A planned window as a row of its case, not stored yet."""
    return Due(
        id=id or new_id(),
        case_id=case.id,
        kind=case.kind,
        step=wanted.step,
        opens_on=wanted.opens_on,
        due_on=wanted.due_on,
        overdue_on=wanted.overdue_on,
        lapses_on=wanted.lapses_on,
        state=state_of(wanted),
        fulfilled_by_id=wanted.fulfilled_by,
        institution_id=case.institution_id,
        doctor_id=case.doctor_id,
        region_id=subject.region_id,
        person_id=case.person_id,
        scope_path=case.scope_path,
        compartment=case.compartment,
    )


def open_dues(cases: Iterable[Case]) -> list[Due]:
    return list(
        Due.objects.filter(case__in=[case.id for case in cases], state=DueState.OPEN).order_by(
            "due_on", "step"
        )
    )


def cases_waiting_for(subject: Subject, form_id: str, *, lock: bool = True) -> list[Case]:
    """The person's cases, open or closed, whose capability waits for records of this form."""
    kinds = [capability.id for capability in registry.capabilities() if form_id in forms_of(capability)]
    if not kinds:
        return []
    cases = Case.objects.filter(person_id__in=subject.ids, kind__in=kinds).order_by("opened_on", "id")
    return list(cases.select_for_update(of=("self",)) if lock else cases)

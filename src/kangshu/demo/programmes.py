"""A year of any declared service: its schedule is walked as the platform plans it, window after window.

What is due next comes from `work.planning`, what a filled form means from the declaration's own rule; the
recipe says who is enrolled, how the answers are spread and how well appointments are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate
from kangshu.declare.expression import Expression
from kangshu.declare.rules import CannotAssess, PersonFacts
from kangshu.demo.check_up import check_up
from kangshu.demo.filling import fill
from kangshu.demo.institutions import Member, Place
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.demo.recipes import Recipe, Sitting
from kangshu.demo.residents import Resident
from kangshu.kernel.dates import CHINA
from kangshu.work.assessing import assess, filled_by_rule
from kangshu.work.compiled import holds
from kangshu.work.facts import facts_after, typed_facts
from kangshu.work.planning import CaseFacts, PastRecord, PlannedDue, plan
from kangshu.work.validation import AnswerContext

# Forms that several services use are filled the same way for all of them.
SHARED = {"records.health_check": check_up}
MOST_SITTINGS = 60  # of one case; a schedule that asks for more is not walked for ever


class Norm:
    """Every parameter as the norm has it; the demo county has set none of its own."""

    def value(self, id: str, on: date) -> Decimal:
        return registry.parameter(id).value_on(on)


@dataclass(eq=False, slots=True)
class Filled:
    """One record of a service."""

    id: UUID
    form_id: str
    on: date
    by: Member
    place: Place
    entered_at: datetime
    answers: dict[str, Any]  # in JSON form


@dataclass(eq=False, slots=True)
class Enrolled:
    """One resident in one service."""

    resident: Resident
    kind: str
    case_id: UUID
    opened_on: date
    facts: dict[str, Any]
    records: list[Filled] = field(default_factory=list)
    history: list[PastRecord] = field(default_factory=list)  # the same, as planning sees them
    has_case: bool = True  # False: measured once and nothing found
    closed_on: date | None = None  # stays None while the year is made

    @property
    def closing_reason(self) -> str:
        """The reason that the declaration gives for what became of the resident; "" while nothing did."""
        event = {"dead": "person.died", "moved": "person.left"}.get(self.resident.status, "")
        closings = registry.capability(self.kind).closes_on
        return next((closing.reason for closing in closings if closing.event == event), "")


def serve(
    recipe: Recipe,
    residents: Sequence[Resident],
    options: Options,
    random: Random,
    known: Mapping[UUID, Sequence[PastRecord]],
) -> list[Enrolled]:
    """Everybody of a village whom the service looks after, with their records.

    `known` are records made before by others (a yearly check that two services share), by person.
    """
    capability = registry.capability(recipe.capability)
    has_case = capability.states is not None or bool(capability.schedule.steps)
    found = []
    for resident in residents:
        if resident.status == "moved" and not has_case:
            continue  # without a case nothing is taken of whoever has left
        opened_on = recipe.enrols(resident, options, random)
        if opened_on is None or (resident.ended_on is not None and resident.ended_on <= opened_on):
            continue
        facts = {} if recipe.facts is None else recipe.facts(resident, opened_on, random)
        one = Enrolled(
            resident,
            capability.id,
            make_id(random, _at(opened_on, 10)),
            opened_on,
            facts,
            has_case=has_case,
        )
        _Walk(recipe, capability, one, options, random, known.get(resident.id, ())).go()
        found.append(one)
    return found


class _Walk:
    """One case from the first day of recorded work until today or its end."""

    def __init__(
        self,
        recipe: Recipe,
        capability: Capability,
        one: Enrolled,
        options: Options,
        random: Random,
        known: Sequence[PastRecord],
    ) -> None:
        self.recipe, self.capability, self.one = recipe, capability, one
        self.options, self.random = options, random
        self.history: list[PastRecord] = list(known)
        self.parameters = Norm()
        resident = one.resident
        self.person = PersonFacts(resident.sex, resident.birth)
        self.last = min(options.today, resident.ended_on or options.today)
        self.own: dict[str, Any] = {}
        self.left_out: set[tuple[str, date, date]] = set()

    def go(self) -> None:
        first = max(self.one.opened_on, self.options.begins - timedelta(days=self.random.randint(1, 85)))
        if self.recipe.first_form and first <= self.last:
            self._fill(self.recipe.first_form, first)
        if self.recipe.visits is not None:
            for form_id, on, answers in self.recipe.visits(self.one.resident, self.options, self.random):
                if self.one.opened_on <= on <= self.last:
                    self._fill(form_id, on, answers)
            return
        for _ in range(MOST_SITTINGS):
            due = self._next()
            if due is None:
                return
            day = self._day(due, first)
            form_id = self.capability.schedule.step(due.step).form
            if day is None or day > self.last or not self._fill(form_id, day):
                self.left_out.add(due.key)

    def _next(self) -> PlannedDue | None:
        """The most pressing open window that was not given up."""
        planned = plan(
            self.capability.schedule,
            self.history,
            CaseFacts(self.one.opened_on),
            self._holds,
            self._value,
        )
        waiting = [due for due in planned if due.fulfilled_by is None and due.key not in self.left_out]
        return min(waiting, key=lambda due: (due.due_on, due.step), default=None)

    def _day(self, due: PlannedDue, first: date) -> date | None:
        """Within the window mostly, late at times, never for some; the first one as soon as records begin."""
        chance = self.random.random()
        if chance < self.recipe.skipped:
            return None
        latest = max((r.performed_on for r in self.history), default=first)
        earliest = max(due.opens_on, first)
        if due.lapses_on is not None and due.lapses_on <= earliest:
            return None
        if due.due_on < earliest:
            on = earliest + timedelta(days=self.random.randint(0, 40))
        elif chance < self.recipe.skipped + self.recipe.kept:
            room = min((due.due_on - earliest).days, 25)
            on = due.due_on - timedelta(days=int(self.random.random() * (room + 1)))
        else:
            on = due.due_on + timedelta(days=1 + int(self.random.expovariate(1 / 28)))
        if on.weekday() >= 5 and on - timedelta(days=on.weekday() - 4) >= earliest:
            on -= timedelta(days=on.weekday() - 4)
        if due.lapses_on is not None:
            on = min(on, due.lapses_on - timedelta(days=1))
        same_form = self.capability.schedule.step(due.step).form
        taken = {r.performed_on for r in self.history if r.form_id == same_form}
        while on in taken:
            on += timedelta(days=1)
        return max(on, self.one.opened_on, min(latest, on))

    def _fill(self, form_id: str, on: date, given: Mapping[str, Any] | None = None) -> bool:
        form = registry.form(form_id, on=on)
        by, place = self._staff(on)
        number = sum(record.form_id == form_id for record in self.history)
        sitting = Sitting(self.one.resident, on, by.name, self.random, self.own, number)
        whole = self.recipe.whole.get(form_id) or SHARED.get(form_id)
        context = AnswerContext(on, self._view(), self.parameters)
        checked = fill(
            form,
            self.recipe.answers.get(form_id, {}),
            sitting,
            context,
            given if given is not None else whole(sitting) if whole is not None else {},
        )
        if checked is None:
            return False
        entered_at = self._entered(on, by)
        earlier = [
            record for record in self.history if record.form_id == form_id and record.performed_on <= on
        ]
        try:
            assessment = assess(form, checked.typed, on, earlier, self.person, self.parameters)
        except CannotAssess:
            return False
        by_rule = filled_by_rule(form, checked.answers, assessment)
        record_id = make_id(self.random, _at(on, 11))
        values = {} if assessment is None else {**assessment.values, "outcome": assessment.outcome}
        past = PastRecord(
            record_id, form.id, form.version, on, entered_at, {**checked.typed, **by_rule}, values
        )
        self.history.append(past)
        self.one.history.append(past)
        self.one.records.append(Filled(record_id, form_id, on, by, place, entered_at, dict(checked.answers)))
        return True

    def _staff(self, on: date) -> tuple[Member, Place]:
        clinic = self.one.resident.clinic
        if self.recipe.at == "clinic":
            return clinic.doctor_on(on, self.one.case_id.int % 2), clinic.place
        present = [m for m in clinic.centre.staff if m.from_on <= on and (m.to_on is None or on <= m.to_on)]
        fitting = [m for m in present if m.kind in ("public_health", "doctor")] or present
        return fitting[self.one.case_id.int % len(fitting)], clinic.centre

    def _entered(self, on: date, by: Member) -> datetime:
        late = 0 if self.random.random() < 0.5 else int(self.random.expovariate(1 / (by.entry_delay * 2)))
        day = min(on + timedelta(days=late), self.options.today)
        minutes = int(self.random.random() * 540)
        return datetime.combine(day, time(8), CHINA) + timedelta(minutes=minutes)

    def _holds(self, condition: Expression, record: PastRecord) -> bool:
        frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
        return holds(
            condition,
            Context(self._view(), frame, parameters=self.parameters, on=record.performed_on),
        )

    def _value(self, expression: Expression) -> Any:
        return evaluate(expression, Context(self._view(), parameters=self.parameters, on=self.options.today))

    def _view(self) -> PersonView:
        resident = self.one.resident
        events = [
            EventView(r.performed_on, r.form_id, r.answers, r.assessment, order)
            for order, r in enumerate(self.history)
        ]
        case = CaseView(self.one.opened_on, facts=self._facts())
        return PersonView(resident.sex, resident.birth, None, case, tuple(events))

    def _facts(self) -> Mapping[str, Any]:
        """The case's facts as its conditions read them: given at enrolment, or taken from records."""
        if not self.capability.facts:
            return {}
        resident = self.one.resident
        person = PersonView(resident.sex, resident.birth, None, CaseView(self.one.opened_on))
        return typed_facts(self.capability, facts_after(self.capability, self.one, self.history, person))


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), CHINA)

"""What a cascade makes of a history: the rules judge each record, then the plan says what is due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from kangshu.declare import PersonFacts, Visit, registry
from kangshu.declare.answers import plain, typed
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate, holds
from kangshu.declare.expression import Expression
from kangshu.work.planning import CaseFacts, PastRecord, plan
from kangshu.work.states import state_after


class Walk:
    """One person's case: `did` records a form, `dues` and `state` say where that leads."""

    def __init__(self, kind: str, opened: str, *, sex: str = "2", born: str = "1970-06-01") -> None:
        self.capability = registry.capability(kind)
        self.opened = date.fromisoformat(opened)
        self.sex, self.born = sex, date.fromisoformat(born)
        self.history: list[PastRecord] = []

    def dosed(self, on: str, vaccine: str) -> Walk:
        """A dose at the vaccination clinic."""
        return self._record("immunisation.dose", on, {"vaccine": vaccine})

    def did(self, form: str, on: str, **answers: Any) -> Walk:
        return self._record(f"{self.capability.id}.{form}", on, answers)

    def _record(self, form_id: str, on: str, answers: dict[str, Any]) -> Walk:
        day = date.fromisoformat(on)
        declared = registry.form(form_id, on=day)
        given = typed(declared, answers)
        rule = registry.rule(declared)
        earlier = [
            Visit(past.performed_on, past.answers, past.assessment)
            for past in self.history
            if past.form_id == form_id
        ]
        found: dict[str, Any] = {}
        if rule is not None:
            person = PersonFacts(self.sex, self.born)
            found = plain(rule(Visit(day, given), earlier, person, registry.NormParameters()).values)
        order = len(self.history)
        entered = datetime(day.year, day.month, day.day, 8, order % 60, tzinfo=UTC)
        self.history.append(PastRecord(UUID(int=order), form_id, 1, day, entered, given, found))
        return self

    @property
    def view(self) -> PersonView:
        events = tuple(
            EventView(r.performed_on, r.form_id, r.answers, r.assessment, n)
            for n, r in enumerate(self.history)
        )
        return PersonView(self.sex, self.born, case=CaseView(self.opened), records=events)

    def _holds(self, condition: Expression, record: PastRecord) -> bool:
        frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
        context = Context(self.view, frame, parameters=registry.NormParameters(), on=record.performed_on)
        return holds(condition, context)

    def _value(self, asked: Expression) -> Any:
        return evaluate(asked, Context(self.view, parameters=registry.NormParameters()))

    def dues(self) -> dict[str, tuple[str, str]]:
        """The open windows by step: opens, due."""
        planned = plan(
            self.capability.schedule, self.history, CaseFacts(self.opened), self._holds, self._value
        )
        return {
            each.step: (each.opens_on.isoformat(), each.due_on.isoformat())
            for each in planned
            if each.fulfilled_by is None
        }

    def state(self) -> str:
        """By the records that leave the case open."""
        return state_after(self.capability.states, [], self.history, self._holds)

"""Who was lost between two steps: a record asked for a next step (a positive test for the examination behind
it), its time is over, and nobody has come. Read from the plan, so it holds for every service whose schedule
has a step that follows from another form's record, those composed by the county too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from kangshu.declare.binding import walk
from kangshu.declare.capability import Capability
from kangshu.declare.expression import Expression, Records
from kangshu.declare.form import Form
from kangshu.declare.schedule import Step
from kangshu.work.models import Case, Due, Record, RecordStatus, Transition, still_due

GIVEN_UP = ("lost", "refused")
"""Closing reasons that mean somebody was not to be had."""


@dataclass(frozen=True)
class LostFilter:
    """What a reader wants: one step or all; those still waited for, or (`given_up`) those given up."""

    kind: str
    today: date
    step: str = ""
    village: str = ""
    doctor: UUID | None = None
    given_up: bool = False


def forms_before(step: Step) -> tuple[str, ...]:
    """The forms whose records lead to a step; none for one that begins or comes back by itself."""
    if step.begins is not None:
        return (step.begins.form,)
    if step.origin is None:
        return ()
    if step.form in (origins := _forms_in(step.origin)):
        return ()
    others = _forms_in(step.when) if step.when is not None else ()
    return tuple(form for form in dict.fromkeys((*origins, *others)) if form != step.form)


def _forms_in(expression: Expression) -> tuple[str, ...]:
    return tuple(node.form for node in walk(expression) if isinstance(node, Records))


def following_steps(capability: Capability) -> dict[str, tuple[str, ...]]:
    """The steps between which somebody can be lost, each with the forms that lead to it."""
    own = {form.id for form in capability.forms} | set(capability.shares)
    found = {step.id: forms_before(step) for step in capability.schedule.steps}
    return {step: forms for step, forms in found.items() if forms and own.issuperset(forms)}


def recall_form(capability: Capability) -> Form | None:
    """The form on which a call to somebody who has not come is written down, if the service has one."""
    return next((form for form in capability.forms if form.id.endswith(".recall")), None)


def waited_for(wanted: LostFilter, steps: Iterable[str]) -> QuerySet[Due]:
    """Windows of following steps that are over without a record, the oldest first."""
    rows = Due.objects.filter(
        still_due(wanted.today), kind=wanted.kind, step__in=list(steps), overdue_on__lte=wanted.today
    )
    if wanted.step:
        rows = rows.filter(step=wanted.step)
    if wanted.village:
        rows = rows.filter(region=wanted.village)
    if wanted.doctor:
        rows = rows.filter(doctor=wanted.doctor)
    return rows.select_related("person", "person__region", "doctor").order_by("overdue_on", "id")


def given_up(wanted: LostFilter) -> QuerySet[Case]:
    """Cases closed because the person refused or could not be found, the latest first; `left_in` is the state
    in which the case was."""
    closing = Transition.objects.filter(case=OuterRef("id"), to_state=OuterRef("state")).order_by(
        "-at", "-id"
    )
    rows = Case.objects.filter(kind=wanted.kind, closing_reason__in=GIVEN_UP).exclude(closed_on=None)
    if wanted.village:
        rows = rows.filter(person__region=wanted.village)
    if wanted.doctor:
        rows = rows.filter(doctor=wanted.doctor)
    rows = rows.annotate(left_in=Subquery(closing.values("from_state")[:1]))
    return rows.select_related("person", "person__region", "doctor").order_by("-closed_on", "-id")


def counts(wanted: LostFilter, steps: Iterable[str]) -> dict[str, int]:
    """How many are waited for at each step, whatever step is chosen."""
    of_all = LostFilter(wanted.kind, wanted.today, village=wanted.village, doctor=wanted.doctor)
    rows = waited_for(of_all, steps).order_by().values_list("step").annotate(Count("id"))
    return dict(rows)


def last_by_form(people: Sequence[UUID], forms: Iterable[str]) -> dict[UUID, dict[str, Record]]:
    """The latest current record of each form, by person."""
    rows = (
        Record.objects.filter(person__in=people, form_id__in=list(forms), status=RecordStatus.CURRENT)
        .order_by("person", "form_id", "-performed_on", "-entered_at", "-id")
        .distinct("person", "form_id")
        .select_related("person")
    )
    found: dict[UUID, dict[str, Record]] = {}
    for record in rows:
        found.setdefault(record.person.pk, {})[record.form_id] = record
    return found


def latest(records: Mapping[str, Record], forms: Iterable[str]) -> Record | None:
    """The latest of some forms' last records."""
    own = [records[form] for form in forms if form in records]
    return max(own, key=lambda record: (record.performed_on, record.entered_at), default=None)

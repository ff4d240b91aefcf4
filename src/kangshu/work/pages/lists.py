"""The lists one works through: `work:due_list`, `work:register`, `work:registers`, `work:found`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.dates import age_on, china_today
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.ui.paging import CappedPaginator
from kangshu.work import queries, refusals
from kangshu.work.joint import is_short
from kangshu.work.lost import following_steps
from kangshu.work.models import Due, still_due
from kangshu.work.openings import BY_RECORD, pointing
from kangshu.work.queries import DueFilter, Lateness, RegisterFilter, lateness
from kangshu.work.replanning import forms_of

PAGE = 50
REGISTER_PAGE = 100


@dataclass(frozen=True)
class DueRow:
    """One line of the due list. `together`: how many forms one visit of this person could fill today."""

    due: Due
    person: Person
    age: int | None
    title: Text
    programme: Text
    form_id: str
    lateness: Lateness
    days: int
    together: int = 1


@page("read.resident", methods=("GET", "HEAD"))
def due_list(request: ActorRequest) -> HttpResponse:
    """Who is to be seen: the route by village, or the latest first; more rows come as one scrolls."""
    today = china_today()
    wanted = due_filter(request, today)
    rows = queries.dues(wanted)
    after = Due.objects.filter(id=given_uuid(request.GET.get("after", ""))).first()
    if after is not None:
        rows = queries.after_due(rows, after, wanted.by_village)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    shown = with_others([row for row in (due_row(due, today) for due in found[:PAGE]) if row], today)
    context = {
        "rows": shown,
        "wanted": wanted,
        "more": _more(request, found[PAGE - 1]) if more else "",
        "today": today,
        "previous_village": after.region_id if after is not None else "",
        "may_record": is_allowed(request.actor, "record.visit"),
        "may_export": is_allowed(request.actor, "export.data"),
    }
    if after is not None:
        return TemplateResponse(request, "work/due_rows.html", context)
    context |= {
        "counts": queries.count_dues(wanted),
        "counted_up_to": queries.COUNTED_UP_TO,
        "villages": queries.villages_in(request.actor.scope_path),
        "doctors": queries.doctors_in(request.actor.scope_path),
        "programmes": with_schedule(),
        "lost_of": wanted.kind if _may_be_lost(wanted.kind) else "",
    }
    return TemplateResponse(request, "work/due_list.html", context)


def _may_be_lost(kind: str) -> bool:
    """Whether a programme has steps between which somebody can be lost."""
    try:
        return bool(kind) and bool(following_steps(registry.capability(kind)))
    except UnknownDeclaration:
        return False


def due_filter(request: ActorRequest, today: date) -> DueFilter:
    """What the address asks of the due list."""
    given = request.GET
    order = given.get("order")
    wide = request.actor.scope_path.count(".") < 2
    return DueFilter(
        today=today,
        state=given.get("state", ""),
        kind=given.get("kind", ""),
        step=given.get("step", ""),
        village=given.get("village", ""),
        doctor=given_uuid(given.get("doctor", "")),
        by_village=order == "village" if order else not wide,
    )


def _more(request: ActorRequest, last: Due) -> str:
    query = request.GET.copy()
    query["after"] = str(last.id)
    return f"?{query.urlencode()}"


def due_row(due: Due, today: date) -> DueRow | None:
    """A line for a window; None when its programme is no longer declared."""
    try:
        capability = registry.capability(due.kind)
        step = capability.schedule.step(due.step)
    except (UnknownDeclaration, KeyError):
        return None
    person = due.person
    state = lateness(due, today)
    days = (today - due.overdue_on).days + 1 if state is Lateness.OVERDUE else (due.due_on - today).days
    return DueRow(due, person, _age(person, today), step.title, capability.title, step.form, state, days)


def _form_of(kind: str, step: str) -> str:
    """The form of a step; nothing when its programme is no longer declared."""
    try:
        return registry.capability(kind).schedule.step(step).form
    except (UnknownDeclaration, KeyError):
        return ""


def with_others(rows: list[DueRow], today: date) -> list[DueRow]:
    """The rows, each knowing how many forms are to be filled of its person today."""
    opened = Due.objects.filter(
        still_due(today), opens_on__lte=today, person__in={row.person.pk for row in rows}
    )
    forms: dict[UUID, set[str]] = {}
    for person, kind, step in opened.values_list("person_id", "kind", "step"):
        form_id = _form_of(kind, step)
        if form_id and is_short(registry.form(form_id)):
            forms.setdefault(person, set()).add(form_id)
    return [
        replace(row, together=len(forms[row.person.pk]))
        if row.form_id in forms.get(row.person.pk, ())
        else row
        for row in rows
    ]


def with_schedule() -> list[Capability]:
    """Programmes that people are enrolled in."""
    return [capability for capability in registry.capabilities() if capability.schedule.steps]


@page("read.resident", methods=("GET", "HEAD"))
def registers(request: ActorRequest) -> HttpResponse:
    """The programmes with how many are enrolled; who was found is counted after the page stands. Those in
    which nobody is and nobody can be found stand folded below: a clinic works with ten of the fifty."""
    enrolled = queries.count_open_cases()
    rows = [
        {"capability": each, "enrolled": enrolled.get(each.id, 0), "finds": finds_people(each)}
        for each in with_schedule()
    ]
    context = {
        "rows": [row for row in rows if row["enrolled"] or row["finds"]],
        "idle": [row for row in rows if not row["enrolled"] and not row["finds"]],
    }
    return TemplateResponse(request, "work/registers.html", context)


def finds_people(capability: Capability) -> bool:
    """Whether a diagnosis or a record makes people known to the programme without enrolling them."""
    return any(
        not each.enrols and (each.diagnoses or each.event.startswith(BY_RECORD))
        for each in capability.opens_on
    )


@page("read.resident", methods=("GET", "HEAD"))
def found_count(request: ActorRequest, kind: str) -> HttpResponse:
    """How many were found and not enrolled, as the badge of the list of programmes."""
    capability = find_capability(kind)
    found = queries.found_not_enrolled(kind).order_by()[: queries.COUNTED_UP_TO + 1].count()
    context = {"capability": capability, "found": found, "counted_up_to": queries.COUNTED_UP_TO}
    return TemplateResponse(request, "work/found_count.html", context)


@page("read.resident", methods=("GET", "HEAD"))
def register(request: ActorRequest, kind: str) -> HttpResponse:
    """The people of a programme with their last visit and what is next."""
    capability = find_capability(kind)
    wanted = register_filter(request, kind)
    pages = CappedPaginator if wanted.name else Paginator
    found = pages(queries.register(wanted), REGISTER_PAGE).get_page(request.GET.get("page"))
    cases = list(found.object_list)
    today = china_today()
    dues = queries.open_dues_of(cases, today)
    last = queries.last_records_of(cases, forms_of(capability))
    rows = [
        {
            "case": case,
            "person": case.person,
            "age": _age(case.person, today),
            "state": state_title(capability, case.state),
            "dues": [row for row in (due_row(due, today) for due in dues.get(case.id, ())) if row],
            "last": last.get(case.person_id),
        }
        for case in cases
    ]
    context = {
        "capability": capability,
        "rows": rows,
        "page": found,
        "wanted": wanted,
        "villages": queries.villages_in(request.actor.scope_path),
        "doctors": queries.doctors_in(request.actor.scope_path),
        "states": capability.states.states if capability.states else (),
        "today": today,
        "may_be_lost": bool(following_steps(capability)),
        "may_export": not capability.confidentiality and is_allowed(request.actor, "export.data"),
    }
    return TemplateResponse(request, "work/register.html", context)


def register_filter(request: ActorRequest, kind: str) -> RegisterFilter:
    """What the address asks of a programme's register."""
    given = request.GET
    return RegisterFilter(
        kind,
        village=given.get("village", ""),
        doctor=given_uuid(given.get("doctor", "")),
        state=given.get("state", "open"),
        name=given.get("name", "").strip(),
    )


@page("read.resident", methods=("GET", "HEAD"))
def found_not_enrolled(request: ActorRequest, kind: str) -> HttpResponse:
    """People with a diagnosis that the programme should know, each with the action to enrol."""
    capability = find_capability(kind)
    people = queries.found_not_enrolled(kind)
    found = CappedPaginator(people, REGISTER_PAGE).get_page(request.GET.get("page"))
    today = china_today()
    reasons = {form_id: opening.title for form_id, opening in pointing(capability)}
    rows = [
        {"person": person, "age": _age(person, today), "reason": reasons.get(person.found_form)}
        for person in found.object_list
    ]
    context = {
        "capability": capability,
        "rows": rows,
        "page": found,
        "may_enrol": is_allowed(request.actor, "enrol.case"),
    }
    return TemplateResponse(request, "work/found.html", context)


def find_capability(kind: str) -> Capability:
    """Raises ProgrammeNotFound."""
    try:
        return registry.capability(kind)
    except UnknownDeclaration:
        raise refusals.ProgrammeNotFound(kind) from None


def state_title(capability: Capability, state: str) -> Text:
    """The words of a case's state; the state itself when it is declared no longer."""
    try:
        return capability.states.state(state).title if capability.states else Text(state, state)
    except KeyError:
        return Text(state, state)


def _age(person: Person, today: date) -> int | None:
    if person.birth_date is None or person.birth_date > today:
        return None
    return age_on(person.birth_date, today)


def given_uuid(text: str) -> UUID | None:
    """An id of an address; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None

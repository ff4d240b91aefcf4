"""`work:lost`: who was lost between two steps of a service, with the call and the next form at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare.capability import Capability
from kangshu.declare.form import Form
from kangshu.kernel.dates import china_today
from kangshu.kernel.text import Text
from kangshu.work import lost, queries
from kangshu.work.lost import LostFilter
from kangshu.work.models import Case, Due, Record
from kangshu.work.pages.lists import REGISTER_PAGE, DueRow, due_row, find_capability, given_uuid, state_title

GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Waiting:
    """Somebody who has not come: for what, what led to it, and the last call."""

    row: DueRow
    before: Record | None
    before_form: Text | None
    call: Record | None
    call_result: Text | None


@dataclass(frozen=True)
class GivenUp:
    case: Case
    left_in: Text
    reason: Text


@page("read.resident", methods=("GET", "HEAD"))
def lost_between(request: ActorRequest, kind: str) -> HttpResponse:
    """Those whose time for the next step is over, by step; and those who were given up."""
    capability = find_capability(kind)
    steps = lost.following_steps(capability)
    wanted = _wanted(request, kind)
    page_number = request.GET.get("page")
    rows: list[Waiting] | list[GivenUp]
    found: Page[Any]
    if wanted.given_up:
        found = Paginator(lost.given_up(wanted), REGISTER_PAGE).get_page(page_number)
        rows = [_given_up(capability, case) for case in found.object_list]
    else:
        found = Paginator(lost.waited_for(wanted, steps), REGISTER_PAGE).get_page(page_number)
        rows = _waiting(capability, steps, list(found.object_list), wanted)
    counted = lost.counts(wanted, steps)
    context = {
        "capability": capability,
        "wanted": wanted,
        "rows": rows,
        "page": found,
        "steps": [(step, counted.get(step.id, 0)) for step in capability.schedule.steps if step.id in steps],
        "all_waiting": sum(counted.values()),
        "given_up_count": lost.given_up(wanted).order_by().count(),
        "villages": queries.villages_in(request.actor.scope_path),
        "doctors": queries.doctors_in(request.actor.scope_path),
        "recall": lost.recall_form(capability),
        "may_record": is_allowed(request.actor, "record.visit"),
    }
    return TemplateResponse(request, "work/lost.html", context)


def _wanted(request: ActorRequest, kind: str) -> LostFilter:
    given = request.GET
    step = given.get("step", "")
    return LostFilter(
        kind,
        china_today(),
        step="" if step == GIVEN_UP else step,
        village=given.get("village", ""),
        doctor=given_uuid(given.get("doctor", "")),
        given_up=step == GIVEN_UP,
    )


def _waiting(
    capability: Capability, steps: dict[str, tuple[str, ...]], dues: list[Due], wanted: LostFilter
) -> list[Waiting]:
    recall = lost.recall_form(capability)
    forms = {form for before in steps.values() for form in before}
    asked = forms | ({recall.id} if recall is not None else set())
    last = lost.last_by_form([due.person.pk for due in dues], asked)
    titles = {form.id: form.title for form in capability.forms}
    rows = []
    for due in dues:
        row = due_row(due, wanted.today)
        if row is None:
            continue
        own = last.get(due.person.pk, {})
        before = lost.latest(own, steps[due.step])
        call = None if recall is None else own.get(recall.id)
        if call is not None and before is not None and call.performed_on < before.performed_on:
            call = None  # it was about an earlier round
        title = None if before is None else titles.get(before.form_id)
        rows.append(Waiting(row, before, title, call, _result(recall, call)))
    return rows


def _result(recall: Form | None, call: Record | None) -> Text | None:
    if recall is None or call is None:
        return None
    code = call.answers.get("result")
    return next((choice.title for choice in recall.field("result").choices if choice.code == code), None)


def _given_up(capability: Capability, case: Case) -> GivenUp:
    left_in = getattr(case, "left_in", "") or ""
    reasons = capability.states.reasons if capability.states is not None else ()
    code = case.closing_reason
    reason = next((known.title for known in reasons if known.code == code), Text(code, code))
    return GivenUp(case, state_title(capability, left_in), reason)

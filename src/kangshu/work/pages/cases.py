"""One enrolment: `work:enrol`, `work:case`, and closing, reopening and handing it over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work import queries, refusals
from kangshu.work.actions import close_case, enrol, reassign_cases, reopen_case
from kangshu.work.models import Case, Due, DueState, Transition, still_due
from kangshu.work.pages.lists import due_row
from kangshu.work.reading import Unreadable, read_date


@page("enrol.case")
def enrol_page(request: ActorRequest, kind: str, person_id: UUID) -> HttpResponse:
    """Take somebody into a programme; afterwards back to where one came from, or to the first form."""
    try:
        capability = registry.capability(kind)
    except UnknownDeclaration:
        raise refusals.ProgrammeNotFound(kind) from None
    person = Person.objects.select_related("region", "institution").filter(id=person_id).first()
    if person is None:
        raise refusals.PersonNotFound
    context = {
        "capability": capability,
        "person": person,
        "doctors": queries.doctors_in(request.actor.scope_path),
        "own_staff": str(request.actor.staff_id or ""),
        "today": china_today(),
        "case_id": request.POST.get("case_id") or new_id(),
        "opened_on": request.POST.get("opened_on") or china_today().isoformat(),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    if request.method != "POST":
        return TemplateResponse(request, "work/enrol.html", context)
    try:
        case = enrol(
            kind=kind,
            person=person.id,
            on=_day(request, "opened_on"),
            doctor=_uuid(request.POST.get("doctor", "")),
            case_id=_uuid(request.POST.get("case_id", "")),
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return TemplateResponse(request, "work/enrol.html", {**context, "refusal": refusal}, status=422)
    messages.success(request, _("Enrolled. What is due stands on the list."))
    target = context["next"]
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = reverse("work:case", args=[case.id])
    return HttpResponseRedirect(target)


@page("read.resident", methods=("GET", "HEAD"))
def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """One enrolment: its state, what is due, what was done, and its history."""
    return _case_page(request, _case(case_id))


def _case_page(request: ActorRequest, found: Case, refusal: Refusal | None = None) -> HttpResponse:
    capability = registry.capability(found.kind)
    today = china_today()
    dues = Due.objects.filter(case=found).select_related("person", "region", "doctor", "fulfilled_by")
    rows = [
        row
        for row in (due_row(due, today) for due in dues.filter(still_due(today)).order_by("due_on"))
        if row
    ]
    context = {
        "case": found,
        "capability": capability,
        "person": found.person,
        "state": _title(capability, found.state),
        "reason": _reason(capability, found.closing_reason),
        "rows": rows,
        "done": dues.exclude(state=DueState.OPEN).order_by("-due_on")[:40],
        "steps": {step.id: step.title for step in capability.schedule.steps},
        "records": [
            {"record": record, "form": registry.form(record.form_id, record.form_version)}
            for record in queries.timeline(found.person_id, limit=40)
        ],
        "transitions": [
            {"step": step, "to": _title(capability, step.to_state)}
            for step in Transition.objects.filter(case=found).order_by("-on", "-at", "-id")
        ],
        "doctors": queries.doctors_in(request.actor.scope_path),
        "may_close": found.closed_on is None and is_allowed(request.actor, "close.case"),
        "may_reopen": found.closed_on is not None and is_allowed(request.actor, "enrol.case"),
        "may_reassign": found.closed_on is None and is_allowed(request.actor, "reassign.cases"),
        "reasons": capability.states.reasons if capability.states else (),
        "today": today,
        "refusal": refusal,
    }
    return TemplateResponse(request, "work/case.html", context, status=422 if refusal else 200)


@page("close.case", methods=("POST",))
def close(request: ActorRequest, case_id: UUID) -> HttpResponse:
    found = _case(case_id)
    try:
        close_case(
            case=found.id,
            reason=request.POST.get("reason", ""),
            on=_day(request, "on"),
            remark=request.POST.get("remark", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _case_page(request, found, refusal)
    messages.success(request, _("Closed. Nothing more is due."))
    return HttpResponseRedirect(reverse("work:case", args=[found.id]))


@page("enrol.case", methods=("POST",))
def reopen(request: ActorRequest, case_id: UUID) -> HttpResponse:
    found = _case(case_id)
    try:
        reopen_case(
            case=found.id,
            on=_day(request, "on"),
            remark=request.POST.get("remark", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _case_page(request, found, refusal)
    messages.success(request, _("Open again. What is due stands on the list."))
    return HttpResponseRedirect(reverse("work:case", args=[found.id]))


@page("reassign.cases", methods=("POST",))
def reassign(request: ActorRequest, case_id: UUID) -> HttpResponse:
    found = _case(case_id)
    reassign_cases(
        cases=[found.id],
        doctor=_uuid(request.POST.get("doctor", "")),
        on=china_today(),
        reason=request.POST.get("remark", ""),
        by=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Handed over."))
    return HttpResponseRedirect(reverse("work:case", args=[found.id]))


def _case(case_id: UUID) -> Case:
    found = (
        Case.objects.select_related("person", "person__region", "institution", "doctor")
        .filter(id=case_id)
        .first()
    )
    if found is None:
        raise refusals.CaseNotFound
    return found


def _title(capability: Capability, state: str) -> object:
    try:
        return capability.states.state(state).title if capability.states else state
    except KeyError:
        return state


def _reason(capability: Capability, code: str) -> object:
    known = capability.states.reasons if capability.states else ()
    return next((reason.title for reason in known if reason.code == code), code)


def _day(request: ActorRequest, name: str) -> date:
    value = request.POST.get(name, "")
    try:
        return read_date(value)
    except Unreadable as error:
        raise BadInput([Problem(name, error.code, error.message, value)]) from error


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

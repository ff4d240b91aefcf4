"""Filling a form: `work:record`, `work:correct`, `work:withdraw`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare import registry
from kangshu.declare.form import Form
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person, PersonStatus
from kangshu.work import queries, refusals
from kangshu.work.actions import correct_record, record_visit, withdraw_record
from kangshu.work.actions.admitting import needs_case
from kangshu.work.completing import own_form
from kangshu.work.joint import usually_together, waiting_forms
from kangshu.work.models import Record, RecordStatus
from kangshu.work.pages.drawing import PREFIX, Typed, draw, posted, without_reckoned
from kangshu.work.pages.filling import colleagues, day_of, facts_of, form_today, person_of, staff_of


@page("record.visit")
def record(request: ActorRequest, form_id: str, person_id: UUID) -> HttpResponse:
    """The form of a person, drawn from its declaration; saved by its own action."""
    form = form_today(form_id)
    if request.method == "POST":
        return _save(request, form, person_id)
    own = own_form(form_id)
    if own is not None:  # what its owner says of today stands on its own page
        return HttpResponseRedirect(reverse(own.page, args=[person_id]))
    person = person_of(person_id)
    owner = registry.owner(form_id)
    enrolled = any(case.kind == owner.id and case.closed_on is None for case in queries.cases_of(person.id))
    if needs_case(owner, form_id) and not enrolled and person.status == PersonStatus.ACTIVE:
        back = reverse("work:record", args=[form_id, person_id])
        return HttpResponseRedirect(f"{reverse('work:enrol', args=[owner.id, person.id])}?next={back}")
    return _page(request, form, person, Typed(), {"record_id": new_id(), "performed_on": china_today()})


def _save(request: ActorRequest, form: Form, person_id: UUID) -> HttpResponse:
    given = posted(form, request.POST)
    kept = {
        "record_id": request.POST.get("record_id", ""),
        "performed_on": request.POST.get("performed_on", ""),
        "performed_by": request.POST.get("performed_by", ""),
    }
    try:
        day = day_of(request)
        saved = record_visit(
            form_id=form.id,
            person=person_id,
            answers=given.answers,
            provenance=given.provenance,
            performed_on=day,
            performed_by=staff_of(request),
            institution=request.actor.institution_id,
            record_id=UUID(kept["record_id"]),
            confirmed="confirmed" in request.POST,
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        kept["asks"] = isinstance(refusal, refusals.AlreadyRecorded)
        return _refused(request, form, person_of(person_id), given, kept, refusal)
    return HttpResponseRedirect(f"{reverse('work:record_detail', args=[saved.record.id])}?saved=1")


def _refused(
    request: ActorRequest, form: Form, person: Person, given: Typed, kept: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    problems = (
        refusal.problems if isinstance(refusal, BadInput) else [Problem("", refusal.code, refusal.message)]
    )
    typed = Typed(given.answers, given.provenance, problems)
    response = _page(request, form, person, typed, {**kept, "refusal": refusal, "problems": problems})
    response.status_code = 409 if isinstance(refusal, Conflict) else 422
    return response


def _page(
    request: ActorRequest, form: Form, person: Person, typed: Typed, extra: dict[str, Any]
) -> TemplateResponse:
    last = next(iter(queries.timeline(person.id, [form.id], limit=1)), None)
    language = get_language() or ""
    context = {
        "form": form,
        "person": person,
        "drawn": without_reckoned(draw(form, typed, last)),
        "last": last,
        "prefix": PREFIX,
        "staff": colleagues(request),
        "own_staff": str(request.actor.staff_id or ""),
        "today": china_today(),
        "facts": facts_of(person),
        "problem_words": [
            (problem.field, problem.message.in_language(language)) for problem in extra.get("problems", ())
        ],
        "history": queries.timeline(person.id, [form.id], limit=4),
        "together": not extra.keys() & {"old", "refusal"} and _is_one_of_several(form, person),
        **extra,
    }
    return TemplateResponse(request, "work/record.html", context)


def _is_one_of_several(form: Form, person: Person) -> bool:
    """Whether more could be done at this visit, on one page."""
    together = usually_together(waiting_forms(person.id, china_today()))
    return len(together) > 1 and form.id in {other.id for other in together}


@page("correct.record")
def correct(request: ActorRequest, record_id: UUID) -> HttpResponse:
    """The same form with what was recorded in it, and the reason for changing it."""
    old = _record(record_id)
    form = registry.form(old.form_id, old.form_version)
    person = person_of(old.person_id)
    if old.status != RecordStatus.CURRENT:
        raise refusals.NotCurrent(replaced=old.status == RecordStatus.SUCCEEDED)
    if request.method != "POST":
        by_rule = {asked.name for asked in form.fields if asked.assessed}
        kept_answers = {
            name: value
            for name, value in old.answers.items()
            if not (name in by_rule and old.provenance.get(name) == "computed")
        }
        kept = {
            "record_id": new_id(),
            "performed_on": old.performed_on,
            "performed_by": str(old.performed_by_id or ""),
            "old": old,
        }
        return _page(request, form, person, Typed(kept_answers, old.provenance), kept)
    given = posted(form, request.POST)
    kept = {
        "record_id": request.POST.get("record_id", ""),
        "performed_on": request.POST.get("performed_on", ""),
        "performed_by": request.POST.get("performed_by", ""),
        "reason": request.POST.get("reason", ""),
        "old": old,
    }
    try:
        saved = correct_record(
            record_id=old.id,
            new_id=UUID(kept["record_id"]),
            answers=given.answers,
            provenance={
                name: old.provenance[name]
                for name, value in given.answers.items()
                if name in old.provenance
                and old.provenance[name] != "computed"
                and (value == old.answers.get(name) or value == str(old.answers.get(name)))
            },
            performed_on=day_of(request),
            performed_by=staff_of(request),
            reason=kept["reason"],
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _refused(request, form, person, given, kept, refusal)
    messages.success(request, _("The correction is saved; what was due has been planned anew."))
    return HttpResponseRedirect(reverse("work:record_detail", args=[saved.record.id]))


@page("withdraw.record")
def withdraw(request: ActorRequest, record_id: UUID) -> HttpResponse:
    """Ask for the reason, then take the record back."""
    old = _record(record_id)
    context = {
        "record": old,
        "form": registry.form(old.form_id, old.form_version),
        "person": person_of(old.person_id),
    }
    if request.method == "POST":
        try:
            withdraw_record(
                record_id=old.id, reason=request.POST.get("reason", ""), by=request.actor, now=timezone.now()
            )
        except refusals.ReasonMissing as refusal:
            return TemplateResponse(
                request, "work/withdraw.html", {**context, "refusal": refusal}, status=422
            )
        messages.success(request, _("The record is withdrawn; what was due has been planned anew."))
        return HttpResponseRedirect(reverse("work:record_detail", args=[old.id]))
    return TemplateResponse(request, "work/withdraw.html", context)


def _record(record_id: UUID) -> Record:
    found = (
        Record.objects.select_related("person", "institution", "performed_by").filter(id=record_id).first()
    )
    if found is None:
        raise refusals.RecordNotFound
    return found

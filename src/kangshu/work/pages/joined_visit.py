"""One visit for several programmes: `work:joined_visit` asks every common question once, `work:joined_saved`
says what each programme found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
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
from kangshu.declare.rules import Assessment
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.work import queries, refusals
from kangshu.work.joint import Joint, Waiting, join, record_joint, usually_together, waiting_forms
from kangshu.work.models import Due, Record
from kangshu.work.pages.drawing import PREFIX, Typed, draw, posted
from kangshu.work.pages.filling import colleagues, day_of, facts_of, form_today, person_of, staff_of
from kangshu.work.pages.showing import assessment_of, next_due_of, page_of_due, read_record, warnings_of

RECORD = "record-"
"""Of the hidden fields that hold each form's record id, and say which forms the page asked."""


@dataclass(frozen=True)
class Offered:
    """A form that could be part of this visit."""

    waiting: Waiting
    is_chosen: bool


@page("record.visit")
def joined_visit(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The questions of several forms on one page; `?form=…&form=…` chooses others than those due today."""
    if request.method == "POST":
        return _save(request, person_id)
    person = person_of(person_id)
    waiting = waiting_forms(person.id, china_today())
    asked = request.GET.getlist("form")
    chosen = [form_today(id) for id in dict.fromkeys(asked)] if asked else usually_together(waiting)
    if len(chosen) == 1:
        return HttpResponseRedirect(reverse("work:record", args=[chosen[0].id, person.id]))
    if not chosen:
        messages.info(request, _("Nothing is due for this resident today. Choose a form below."))
        return HttpResponseRedirect(reverse("people:resident", args=[person.id]))
    kept = {
        "performed_on": china_today(),
        "record_fields": [(RECORD + form.id, new_id()) for form in chosen],
    }
    return _page(request, join(chosen), person, Typed(), kept)


def _save(request: ActorRequest, person_id: UUID) -> HttpResponse:
    names = [name for name in request.POST if name.startswith(RECORD)]
    ids = {name.removeprefix(RECORD): request.POST.get(name, "") for name in names}
    record_ids = _record_ids(ids)
    joint = join([form_today(id) for id in ids])
    given = posted(joint.page, request.POST)
    kept: dict[str, Any] = {
        "performed_on": request.POST.get("performed_on", ""),
        "performed_by": request.POST.get("performed_by", ""),
        "record_fields": [(RECORD + id, value) for id, value in ids.items()],
    }
    try:
        saved = record_joint(
            joint=joint,
            person=person_id,
            answers=given.answers,
            provenance=given.provenance,
            record_ids=record_ids,
            performed_on=day_of(request),
            performed_by=staff_of(request),
            institution=request.actor.institution_id,
            confirmed="confirmed" in request.POST,
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        kept["asks"] = isinstance(refusal, refusals.AlreadyRecorded)
        return _refused(request, joint, person_of(person_id), given, kept, refusal)
    records = urlencode([("record", str(one.record.id)) for one in saved])
    return HttpResponseRedirect(f"{reverse('work:joined_saved', args=[person_id])}?{records}")


def _record_ids(given: Mapping[str, str]) -> dict[str, UUID]:
    """The ids that the page made for its forms. Raises BadInput for what no page of ours sends."""
    try:
        found = {form_id: UUID(value) for form_id, value in given.items()}
    except ValueError:
        found = {}
    if len(found) < 2:
        message = Text("请从待随访名单重新打开这次服务。", "Open this visit again from the due list.")
        raise BadInput([Problem("form", "joint.forms", message)])
    return found


def _refused(
    request: ActorRequest, joint: Joint, person: Person, given: Typed, kept: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    problems = (
        refusal.problems if isinstance(refusal, BadInput) else [Problem("", refusal.code, refusal.message)]
    )
    typed = Typed(given.answers, given.provenance, problems)
    response = _page(request, joint, person, typed, {**kept, "refusal": refusal, "problems": problems})
    response.status_code = 409 if isinstance(refusal, Conflict) else 422
    return response


def _page(
    request: ActorRequest, joint: Joint, person: Person, typed: Typed, extra: dict[str, Any]
) -> TemplateResponse:
    last = {form.id: queries.timeline(person.id, [form.id], limit=1) for form in joint.forms}
    latest = {id: (rows[0].performed_on, rows[0].answers) for id, rows in last.items() if rows}
    before = Record(answers=joint.last_answers(latest)) if latest else None
    language = get_language() or ""
    context = {
        "form": joint.page,
        "forms": joint.forms,
        "person": person,
        "drawn": draw(joint.page, typed, before),
        "last": max((rows[0] for rows in last.values() if rows), key=_when, default=None),
        "offered": _offered(person, joint.forms),
        "prefix": PREFIX,
        "staff": colleagues(request),
        "own_staff": str(request.actor.staff_id or ""),
        "today": china_today(),
        "facts": facts_of(person),
        "problem_words": [
            (problem.field, problem.message.in_language(language)) for problem in extra.get("problems", ())
        ],
        **extra,
    }
    return TemplateResponse(request, "work/joined_visit.html", context)


def _when(record: Record) -> tuple[Any, Any]:
    return (record.performed_on, record.entered_at)


def _offered(person: Person, chosen: tuple[Form, ...]) -> list[Offered]:
    ids = {form.id for form in chosen}
    return [Offered(waiting, waiting.form.id in ids) for waiting in waiting_forms(person.id, china_today())]


@dataclass(frozen=True)
class Found:
    """What one record of the visit came to."""

    record: Record
    form: Form
    assessment: Assessment | None
    warnings: list[str]
    due: Due | None


@page("read.resident", methods=("GET", "HEAD"))
def joined_saved(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """What was found for each programme, what is next, and who is next."""
    person = person_of(person_id)
    records = [read_record(request, UUID(id)) for id in request.GET.getlist("record")[:8]]
    found = [_found(record) for record in records]
    fulfilled = Due.objects.filter(fulfilled_by__in=[record.id for record in records]).first()
    next_due = queries.next_due(china_today(), fulfilled, request.actor.staff_id)
    context = {
        "person": person,
        "found": found,
        "urgent": any(one.assessment is not None and one.assessment.urgent for one in found),
        "next": next_due,
        "next_page": page_of_due(next_due) if next_due else "",
    }
    return TemplateResponse(request, "work/joined_saved.html", context)


def _found(record: Record) -> Found:
    form = registry.form(record.form_id, record.form_version)
    return Found(record, form, assessment_of(record), warnings_of(record), next_due_of(record))

"""Reading what was recorded: `work:record_detail` and the paper form, `work:print`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.rules import Assessment, CannotAssess
from kangshu.kernel.dates import china_today
from kangshu.work import queries, refusals
from kangshu.work.assessing import assess, given_answers
from kangshu.work.joint import usually_together, waiting_forms
from kangshu.work.models import Due, Record, RecordStatus, still_due
from kangshu.work.pages.drawing import answers_shown
from kangshu.work.pages.paper import paper_form
from kangshu.work.parameters import LocalParameters
from kangshu.work.subject import PAST_COLUMNS, find_subject, history_of, past_record
from kangshu.work.validation import AnswerContext, check_answers


@page("read.resident", methods=("GET", "HEAD"))
def record_detail(request: ActorRequest, record_id: UUID) -> HttpResponse:
    """One record: what it says and means, what follows, and every version there was of it."""
    record = read_record(request, record_id)
    form = registry.form(record.form_id, record.form_version)
    today = china_today()
    just_saved = "saved" in request.GET
    fulfilled = Due.objects.filter(fulfilled_by=record).first()
    due = next_due_of(record)
    context = {
        "record": record,
        "form": form,
        "person": record.person,
        "sections": answers_shown(form, record),
        "assessment": assessment_of(record),
        "warnings": warnings_of(record) if just_saved else [],
        "just_saved": just_saved,
        "due": due,
        "next": queries.next_due(today, fulfilled, request.actor.staff_id) if just_saved else None,
        "versions": queries.versions_of(record)[1:],
        "successor": queries.successor_of(record),
        "may_correct": record.status == RecordStatus.CURRENT and is_allowed(request.actor, "correct.record"),
        "may_withdraw": record.status == RecordStatus.CURRENT
        and is_allowed(request.actor, "withdraw.record"),
        "today": today,
    }
    context["next_page"] = page_of_due(context["next"]) if context["next"] else ""
    return TemplateResponse(request, "work/record_detail.html", context)


@page("read.resident", methods=("GET", "HEAD"))
def print_record(request: ActorRequest, record_id: UUID) -> HttpResponse:
    """The national paper form, filled, for signature. Chinese whatever the page's language: it is the
    paper.
    """
    record = read_record(request, record_id)
    form = registry.form(record.form_id, record.form_version)
    same = queries.timeline(record.person_id, [record.form_id])
    together = request.GET.get("columns") == "4"
    chosen = sorted(same[:4], key=lambda other: other.performed_on) if together else [record]
    context = {
        "form": form,
        "person": record.person,
        "paper": paper_form(form, chosen),
        "record": record,
        "together": together,
        "number": _printed_number(record.person.record_number),
    }
    return TemplateResponse(request, "work/print.html", context)


def read_record(request: ActorRequest, record_id: UUID) -> Record:
    record = (
        Record.objects.select_related("person", "person__region", "institution", "performed_by", "case")
        .filter(id=record_id)
        .first()
    )
    if record is None:
        raise refusals.RecordNotFound
    log.write(
        by=request.actor,
        action="record.read",
        about=record,
        person_id=record.person_id,
        scope_path=record.scope_path,
        compartment=record.compartment,
    )
    return record


def assessment_of(record: Record) -> Assessment | None:
    """What the rule found, with its words: they come from the rule, which never changes for a released
    form.
    """
    if not record.assessment:
        return None
    subject = find_subject(record.person_id)
    form = registry.form(record.form_id, record.form_version)
    past = past_record(*(getattr(record, name) for name in PAST_COLUMNS))
    earlier = [other for other in history_of(subject, [record.form_id]) if other.order < past.order]
    try:
        given = given_answers(past)
        return assess(form, given, record.performed_on, earlier, subject.facts, LocalParameters())
    except CannotAssess:
        return None


def warnings_of(record: Record) -> list[str]:
    subject = find_subject(record.person_id)
    form = registry.form(record.form_id, record.form_version)
    asked = {field.name for field in form.fields if field.expression is None}
    answers = {name: value for name, value in record.answers.items() if name in asked}
    checked = check_answers(
        form, answers, AnswerContext(record.performed_on, subject.view(), LocalParameters())
    )
    return [warning.message.in_language(get_language() or "") for warning in checked.warnings]


def next_due_of(record: Record) -> Due | None:
    if record.case_id is None:
        return None
    capability = registry.capability(record.case.kind)
    steps = [step.id for step in capability.schedule.steps if step.form == record.form_id]
    # A stage that leads to the next one: what is due is the next form.
    steps += [
        step.id
        for step in capability.schedule.steps
        if step.begins is not None and step.begins.form == record.form_id
    ]
    rows = Due.objects.filter(case=record.case_id, step__in=steps).filter(still_due(china_today()))
    return rows.order_by("due_on").first()


def form_of_due(due: Due) -> str:
    """The form to fill for a window."""
    return registry.capability(due.kind).schedule.step(due.step).form


def page_of_due(due: Due) -> str:
    """Where to record the next person: one page for all that is due, or the one form."""
    together = usually_together(waiting_forms(due.person_id, china_today()))
    if len(together) > 1 and form_of_due(due) in {form.id for form in together}:
        return reverse("work:joined_visit", args=[due.person_id])
    return reverse("work:record", args=[form_of_due(due), due.person_id])


def _printed_number(number: str | None) -> str:
    """Paper forms print the last eight digits, three and five."""
    return f"{number[-8:-5]}-{number[-5:]}" if number else ""

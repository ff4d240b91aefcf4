"""Statistical reports: what is owed, the month seen from above, and the sheet itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed, is_allowed
from kangshu.declare.form import Field, FieldType
from kangshu.declare.report import Report
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, Problem, Refusal
from kangshu.kernel.periods import Period, parse_period
from kangshu.places.models import Institution
from kangshu.places.scope import is_within
from kangshu.work.models import ReportSubmission
from kangshu.work.patterns.statistical_report import actions, queries
from kangshu.work.patterns.statistical_report.actions import STATE_NAMES
from kangshu.work.patterns.statistical_report.refusals import NotOwed, ReportNotFound
from kangshu.work.patterns.statistical_report.states import PERMISSION, Act, acts_in

MONTHS_SHOWN = 12
TONES = {
    "missing": "quiet",
    "draft": "info",
    "submitted": "attention",
    "audited": "good",
    "returned": "bad",
    "locked": "good",
}


@dataclass(frozen=True)
class Line:
    """One question of the sheet with all that helps to answer it."""

    field: Field
    value: Any
    before: Any
    counted: int | None
    remark: str
    problems: tuple[Problem, ...]

    @property
    def is_number(self) -> bool:
        return self.field.is_number

    @property
    def is_long(self) -> bool:
        return self.field.type is FieldType.LONG_TEXT

    @property
    def differs(self) -> bool:
        """Whether what was typed is not what the records say."""
        return self.counted is not None and str(self.value or "") not in ("", str(self.counted))


@page("read.indicator", methods=("GET", "HEAD"))
def reports(request: ActorRequest) -> HttpResponse:
    """Own months to fill, and the reports one watches over."""
    actor, today = _reader(request), china_today()
    own = Institution.objects.filter(pk=actor.institution_id).first()
    mine, watched = [], []
    for report in queries.reports().values():
        if own is not None and own.kind in report.institution_kinds and is_allowed(actor, "submit.report"):
            mine += [
                _row(owed)
                for period in queries.periods_until(report, today, MONTHS_SHOWN)
                for owed in queries.owed_by(report, [own], period, today)
            ]
        if _watches(actor, report):
            watched.append(report)
    return TemplateResponse(request, "work/reports.html", {"mine": mine, "watched": watched, "own": own})


@page("read.indicator", methods=("GET", "HEAD"))
def submissions(request: ActorRequest, report_id: str) -> HttpResponse:
    """One period of one report: every institution, and who is silent."""
    actor, today = _reader(request), china_today()
    report = _report(report_id)
    periods = queries.periods_until(report, today, MONTHS_SHOWN)
    period = _chosen(request, periods)
    institutions = queries.institutions_owing(report, actor, min(period.last, today))
    owed = queries.owed_by(report, institutions, period, today)
    wanted = request.GET.get("state", "")
    counts = {state: sum(entry.state == state for entry in owed) for state in STATE_NAMES}
    context = {
        "report": report,
        "period": period,
        "periods": periods,
        "rows": [_row(entry) for entry in owed if wanted in ("", entry.state)],
        "due_on": queries.due_on(report, period),
        "states": [(state, STATE_NAMES[state], counts[state]) for state in STATE_NAMES if counts[state]],
        "wanted": wanted,
        "total": len(owed),
    }
    return TemplateResponse(request, "work/report_submissions.html", context)


@page("read.indicator")
def fill(request: ActorRequest, report_id: str, period: str, institution_id: UUID) -> HttpResponse:
    """The sheet: filled, submitted, audited, returned, locked; with every step it took."""
    actor = _reader(request)
    report, wanted = _report(report_id), parse_period(period)
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None or not is_within(institution.path, actor.scope_path):
        raise ReportNotFound
    if institution.kind not in report.institution_kinds:
        raise NotOwed
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _act(request, report, institution, wanted, actor)
        except BadInput as refused:
            problems = refused.problems
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems = (Problem(refusal.where or "", refusal.code, refusal.message),)
    submission = queries.submission_of(report, institution.id, wanted, actor)
    context = _sheet(request, report, institution, wanted, submission, problems)
    # 422: htmx and tests see a refusal; a browser shows the page as any other.
    return TemplateResponse(request, "work/report_fill.html", context, status=422 if problems else 200)


def _act(
    request: ActorRequest, report: Report, institution: Institution, period: Period, actor: Actor
) -> HttpResponse:
    try:
        act = Act(request.POST.get("act", ""))
    except ValueError:
        raise ReportNotFound from None
    now = timezone.now()
    if act in (Act.SAVE, Act.SUBMIT):
        do = actions.save_values if act is Act.SAVE else actions.submit
        do(
            report=report,
            institution=institution.id,
            period=period,
            values=_typed(request, report),
            remarks=_remarks(request, report),
            by=actor,
            now=now,
        )
    else:
        submission = queries.submission_of(report, institution.id, period, actor)
        if submission is None:
            raise ReportNotFound
        actions.move(
            submission=submission.id, act=act, reason=request.POST.get("reason", ""), by=actor, now=now
        )
    messages.success(request, _DONE[act]())
    address = reverse("work:report_fill", args=[report.id, str(period), institution.id])
    return HttpResponseRedirect(address)


_DONE = {
    Act.SAVE: lambda: _("Draft saved."),
    Act.SUBMIT: lambda: _("Report submitted."),
    Act.AUDIT: lambda: _("Report audited."),
    Act.RETURN: lambda: _("Report returned; the institution sees your reason."),
    Act.LOCK: lambda: _("Report locked; its figures are published."),
    Act.UNLOCK: lambda: _("Report unlocked and returned."),
}


def _sheet(
    request: ActorRequest,
    report: Report,
    institution: Institution,
    period: Period,
    submission: ReportSubmission | None,
    problems: tuple[Problem, ...],
) -> dict[str, Any]:
    actor = _reader(request)
    state = submission.state if submission else "draft"
    acts = {act for act in acts_in(state) if is_allowed(actor, PERMISSION[act])}
    if institution.pk == actor.institution_id:
        acts &= {Act.SAVE, Act.SUBMIT}
    given = request.method == "POST" and request.POST.get("act") in (Act.SAVE, Act.SUBMIT)
    values = _typed(request, report) if given else (submission.values if submission else {})
    remarks = _remarks(request, report) if given else (submission.remarks if submission else {})
    before = queries.previous_values(report, institution.id, period)
    counts = queries.counted(report, institution.id, period)
    sections = [
        (
            section.title,
            [
                Line(
                    asked,
                    values.get(asked.name, ""),
                    before.get(asked.name),
                    counts.get(asked.name),
                    remarks.get(asked.name, ""),
                    tuple(problem for problem in problems if problem.field == asked.name),
                )
                for asked in section.fields
            ],
        )
        for section in report.form.sections
    ]
    return {
        "report": report,
        "institution": institution,
        "period": period,
        "submission": submission,
        "state": STATE_NAMES[state] if submission else STATE_NAMES["missing"],
        "tone": TONES[state if submission else "missing"],
        "sections": sections,
        "acts": {act.value for act in acts},
        "may_edit": Act.SAVE in acts,
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        "is_over": china_today() > period.last,
        "due_on": queries.due_on(report, period),
        "steps": _steps(submission),
    }


def _steps(submission: ReportSubmission | None) -> list[dict[str, Any]]:
    if submission is None:
        return []
    return [
        {
            "state": STATE_NAMES[step.to_state],
            "tone": TONES[step.to_state],
            "by": step.by_name,
            "at": step.at,
            "reason": step.reason,
        }
        for step in submission.steps.order_by("-id")
    ]


def _row(owed: queries.Owed) -> dict[str, Any]:
    return {
        "owed": owed,
        "state": STATE_NAMES[owed.state],
        "tone": "bad" if owed.is_late else TONES[owed.state],
        "url": reverse("work:report_fill", args=[owed.report.id, str(owed.period), owed.institution.pk]),
    }


def _typed(request: ActorRequest, report: Report) -> dict[str, Any]:
    return {field.name: request.POST.get(field.name, "") for field in report.form.fields}


def _remarks(request: ActorRequest, report: Report) -> dict[str, str]:
    return {
        field.name: request.POST[f"remark-{field.name}"]
        for field in report.form.fields
        if f"remark-{field.name}" in request.POST
    }


def _reader(request: ActorRequest) -> Actor:
    actor: Actor = request.actor
    if not (is_allowed(actor, "submit.report") or is_allowed(actor, "audit.report")):
        check_allowed(actor, "submit.report")
    return actor


def _watches(actor: Actor, report: Report) -> bool:
    """Whether somebody sees more than their own institution's sheets."""
    return any(
        institution.pk != actor.institution_id
        for institution in queries.institutions_owing(report, actor, china_today())
    )


def _report(report_id: str) -> Report:
    try:
        return queries.reports()[report_id]
    except KeyError:
        raise ReportNotFound from None


def _chosen(request: ActorRequest, periods: list[Period]) -> Period:
    """The period asked for, else the last one that is over."""
    wanted = request.GET.get("period", "")
    for period in periods:
        if str(period) == wanted:
            return period
    return periods[1] if len(periods) > 1 else periods[0]

"""The weighted tables of a survey, its quality, and both as a spreadsheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.declare.form import Form
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.kernel.dates import china_today
from kangshu.kernel.text import Text
from kangshu.surveys import quality
from kangshu.surveys.models import Survey
from kangshu.surveys.pages.designs import find
from kangshu.surveys.results import groups, questions, table, told


@page("run.survey", methods=("GET", "HEAD"))
def results(request: ActorRequest, survey_id: UUID) -> HttpResponse:
    """The table of one question (`?question=`), and how well the survey was carried out."""
    survey = find(survey_id)
    form = Form.from_json(survey.form)
    fields = questions(form)
    chosen = next((one for one in fields if one.name == request.GET.get("question")), fields[0])
    rows = told(survey)
    standing = quality.standing(survey)
    context = {
        "survey": survey,
        "form": form,
        "questions": fields,
        "chosen": chosen,
        "lines": table(chosen, rows, groups(survey)),
        "stands_for": round(sum(one.weight for one in rows)),
        "people": len(rows),
        "reached": quality.reached(survey),
        "interviewers": quality.interviewers(survey, standing),
        "asked": quality.asked(form, standing),
    }
    return TemplateResponse(request, "surveys/results.html", context)


@page("run.survey", methods=("GET", "HEAD"))
def sheet(request: ActorRequest, survey_id: UUID) -> HttpResponse:
    """Every table, the quality and the protocol of the sample, without a name of anybody asked."""
    survey = find(survey_id)
    form = Form.from_json(survey.form)
    made = BytesIO()
    write_workbook(made, *_sheets(request, survey, form))
    log.write(by=request.actor, action="data.exported", about=survey, detail={"survey": survey.title})
    response = HttpResponse(made.getvalue(), content_type=SHEET_TYPE)
    name = f"{survey.title}-{china_today().isoformat()}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _sheets(request: ActorRequest, survey: Survey, form: Form) -> list[Sheet]:
    language = get_language() or ""

    def said(text: Text) -> str:
        return text.in_language(language)

    note = _("Taken by %(name)s on %(day)s") % {"name": request.actor.name, "day": china_today().isoformat()}
    rows, among = told(survey), groups(survey)
    tables: list[list[Any]] = []
    for field in questions(form):
        for line in table(field, rows, among):
            low, high = line.limits or (None, None)
            unit = "%" if line.is_share else field.unit
            tables.append(
                [
                    said(field.title),
                    said(line.title),
                    said(line.group.title),
                    line.estimate.people,
                    line.value,
                    unit,
                    low,
                    high,
                    line.effect,
                    line.estimate.clusters,
                ]
            )
    asked = [
        [
            said(one.field.title),
            one.asked,
            one.missing,
            one.missing_share,
            one.pairs,
            one.agreement,
            one.kappa,
        ]
        for one in quality.asked(form, quality.standing(survey))
    ]
    protocol = [
        [one.region.name, one.region_id, one.size, one.hits, one.sample.count()]
        for one in survey.drawn.select_related("region")
    ]
    return [
        Sheet(_("Results"), note, _results_head(), tables),
        Sheet(_("Quality"), note, _quality_head(), asked),
        Sheet(
            _("Drawn sample"),
            f"{_('Seed')} {survey.seed} · {_('Random start')} {survey.start}",
            _sample_head(),
            protocol,
        ),
    ]


def _results_head() -> list[str]:
    return [
        _("Survey question"),
        _("Answer given"),
        _("Group"),
        _("People asked"),
        _("Weighted estimate"),
        _("Unit"),
        _("95 per cent interval from"),
        _("95 per cent interval to"),
        _("Design effect"),
        _("Villages"),
    ]


def _quality_head() -> list[str]:
    return [
        _("Survey question"),
        _("To be asked"),
        _("Missing"),
        _("Missing, per cent"),
        _("Asked twice"),
        _("Agreement, per cent"),
        _("Kappa"),
    ]


def _sample_head() -> list[str]:
    return [_("Village"), _("Village code"), _("Households in it"), _("Hits"), _("Households drawn")]

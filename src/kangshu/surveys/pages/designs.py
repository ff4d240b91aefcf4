"""The list of surveys, one of them with its sample, and designing one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from secrets import randbelow
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed, is_allowed
from kangshu.declare.form import Form
from kangshu.kernel.dates import add_months, china_today
from kangshu.kernel.errors import NotAllowed, Refusal
from kangshu.surveys import designing, quality
from kangshu.surveys.designing import RUN, Design
from kangshu.surveys.interviewing import still_to_do
from kangshu.surveys.models import Outcome, Survey, SurveyHousehold
from kangshu.surveys.questionnaires import READY
from kangshu.surveys.refusals import SurveyNotFound, bad

NUMBERS = {
    "clusters": 10, "households": 20, "age_from": 18, "repeats": 5, "shortest": 5,
}  # fmt: skip
MOST = 200
SEEDS = 2**31


@page("read.survey", methods=("GET", "HEAD"))
def surveys(request: ActorRequest) -> HttpResponse:
    """Every survey; who runs none sees those that have households in the own area."""
    runs = is_allowed(request.actor, RUN)
    mine = SurveyHousehold.objects.values("survey").annotate(
        drawn=Count("id"), done=Count("id", filter=Q(outcome=Outcome.INTERVIEWED))
    )
    numbers = {row["survey"]: (row["done"], row["drawn"]) for row in mine.order_by()}
    found = [one for one in Survey.objects.all() if runs or one.pk in numbers]
    rows = [(one, *numbers.get(one.pk, (0, 0))) for one in found]
    return TemplateResponse(request, "surveys/list.html", {"rows": rows, "runs": runs})


@page("read.survey")
def survey(request: ActorRequest, survey_id: UUID) -> HttpResponse:
    """A survey: its design, its protocol, the households of the reader's area. Draws and closes by POST."""
    found = find(survey_id)
    said = ""
    if request.method == "POST":
        act = designing.close if request.POST.get("act") == "close" else None
        try:
            with transaction.atomic():
                if act:
                    act(survey=found.pk, by=request.actor, now=timezone.now())
                else:
                    designing.draw(
                        survey=found.pk, seed=randbelow(SEEDS), by=request.actor, now=timezone.now()
                    )
            return HttpResponseRedirect(reverse("surveys:survey", args=[found.pk]))
        except NotAllowed:
            raise
        except Refusal as refusal:
            said = refusal.message.in_language(get_language() or "")
    only = request.GET.get("show", "waiting")
    everybody = SurveyHousehold.objects.filter(survey=found)
    shown = still_to_do(found) if only == "waiting" else everybody
    shown = shown.select_related("household", "household__head", "cluster__region")
    runs = is_allowed(request.actor, RUN)
    context = {
        "survey": found,
        "form": Form.from_json(found.form),
        "runs": runs,
        "reached": quality.reached(found),
        "places": list(shown.order_by("cluster__region_id", "number")[:MOST]),
        "most": MOST,
        "only": only,
        "clusters": list(found.drawn.select_related("region")) if runs else [],
        "said": said,
    }
    return TemplateResponse(request, "surveys/survey.html", context, status=422 if said else 200)


@page("run.survey")
def design(request: ActorRequest, survey_id: UUID | None = None) -> HttpResponse:
    """Designing a survey, or changing one that is not drawn."""
    found = find(survey_id) if survey_id else None
    problems: list[tuple[str, str]] = []
    given: dict[str, Any] = _first(found)
    if request.method == "POST":
        given = request.POST.dict()
        try:
            with transaction.atomic():
                made = designing.set_survey(
                    survey=survey_id, design=_design(given), by=request.actor, now=timezone.now()
                )
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("surveys:survey", args=[made.pk]))
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems = [(refusal.where or "", refusal.message.in_language(get_language() or ""))]
    check_allowed(request.actor, RUN)
    ready = {form.id for form in READY}
    library = designing.library()
    context = {
        "survey": found,
        "given": given,
        "problems": problems,
        "ready": [library[id] for id in library if id in ready],
        "others": sorted((library[id] for id in library if id not in ready), key=lambda form: form.title.zh),
    }
    return TemplateResponse(request, "surveys/design.html", context, status=422 if problems else 200)


def _first(found: Survey | None) -> dict[str, Any]:
    if found is None:
        today = china_today()
        return NUMBERS | {"first_on": today, "last_on": add_months(today, 2), "form_id": READY[0].id}
    return {name: getattr(found, name) for name in Design.__dataclass_fields__}


def _design(given: dict[str, Any]) -> Design:
    return Design(
        title=given.get("title", ""),
        purpose=given.get("purpose", "")[:400],
        form_id=given.get("form_id", ""),
        first_on=_day(given, "first_on"),
        last_on=_day(given, "last_on"),
        age_to=_whole(given, "age_to") if given.get("age_to", "").strip() else None,
        sex=given.get("sex", "") if given.get("sex") in ("1", "2") else "",
        **{name: _whole(given, name) for name in NUMBERS},
    )


def _day(given: dict[str, Any], name: str) -> date:
    with suppress(ValueError):
        return date.fromisoformat(given.get(name, ""))
    raise bad(name, "请填写日期。", "Give a day.")


def _whole(given: dict[str, Any], name: str) -> int:
    text = given.get(name, "").strip()
    if text.isdecimal() and len(text) <= 4:
        return int(text)
    raise bad(name, "请填写整数。", "Give a whole number.")


def find(survey_id: UUID) -> Survey:
    """Raises SurveyNotFound."""
    found = Survey.objects.filter(pk=survey_id).first()
    if found is None:
        raise SurveyNotFound
    return found

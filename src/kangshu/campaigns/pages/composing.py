"""Composing a campaign, part by part: `campaigns:basics`, `who`, `targets`, `check`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.campaigns import queries
from kangshu.campaigns.actions import COMPOSE, publish, save_composition, set_targets
from kangshu.campaigns.composition import Composition, Who, problems
from kangshu.campaigns.editing import text_of
from kangshu.campaigns.pages.frame import frame
from kangshu.campaigns.stating import positive_of
from kangshu.campaigns.tasks import enrol_in_background
from kangshu.declare import registry
from kangshu.declare.wording import words
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.places.scope import is_within
from kangshu.work.reading import Unreadable, read_date


@page(COMPOSE)
def basics(request: ActorRequest, campaign_id: UUID) -> HttpResponse:
    """Name, purpose, document, days, repetition, and whether everybody is put on the lists."""
    _found, composition, context = frame(request, campaign_id, "basics")
    context["months"] = (0, 3, 6, 12, 24)
    if request.method != "POST":
        return TemplateResponse(request, "campaigns/basics.html", context)
    try:
        changed = _basics_of(request, composition)
    except BadInput as refusal:
        return _again(request, "campaigns/basics.html", {**context, "typed": request.POST}, refusal)
    return _saved(request, campaign_id, changed, "basics")


def _basics_of(request: HttpRequest, composition: Composition) -> Composition:
    given = request.POST
    wrong: list[Problem] = []
    if not given.get("title", "").strip():
        wrong.append(Problem("title", "required", _NO_TITLE))
    first, last = (_day(given.get(name, ""), name, wrong) for name in ("first_on", "last_on"))
    if first and last and last < first:
        wrong.append(Problem("last_on", "dates", _WRONG_DATES, last.isoformat()))
    months = _number(given.get("repeat_months", "0"), "repeat_months", wrong)
    if wrong:
        raise BadInput(wrong)
    title = text_of(given["title"], given.get("title_en", ""))
    return replace(
        composition,
        title=title,
        purpose=text_of(given.get("purpose", "").strip() or title.zh),
        source=given.get("source", "").strip(),
        first_on=first,
        last_on=last,
        repeat_months=months or 0,
        enrols_all=given.get("enrols_all") == "1",
    )


@page(COMPOSE)
def who(request: ActorRequest, campaign_id: UUID) -> HttpResponse:
    """Sex, age, regions, programmes, diagnoses; and how many people that is today."""
    found, composition, context = frame(request, campaign_id, "who")
    if request.method == "POST":
        try:
            changed = replace(composition, who=_who_of(request))
        except BadInput as refusal:
            context |= _about_who(found.declaration, composition.who)
            return _again(request, "campaigns/who.html", {**context, "typed": request.POST}, refusal)
        return _saved(request, campaign_id, changed, "who")
    return TemplateResponse(
        request, "campaigns/who.html", context | _about_who(found.declaration, composition.who)
    )


def _about_who(kind: str, chosen: Who) -> dict[str, Any]:
    townships: list[dict[str, Any]] = []
    for region in queries.regions_to_choose():
        code = queries.prefix_of(region)
        entry = {"code": code, "name": region.name, "chosen": code in chosen.regions, "villages": []}
        if region.level == queries.TOWNSHIP_LEVEL:
            townships.append(entry)
        elif townships:
            townships[-1]["villages"].append(entry)
            townships[-1]["is_open"] = townships[-1].get("is_open") or entry["chosen"]
    return {
        "townships": townships,
        "programmes": [
            (capability, capability.id in chosen.programmes)
            for capability in registry.capabilities()
            if capability.schedule.steps and not capability.confidentiality and capability.id != kind
        ],
        "diagnoses": " ".join(chosen.diagnoses),
        "eligible": queries.candidates(chosen, kind, china_today()).count(),
    }


def _who_of(request: HttpRequest) -> Who:
    given = request.POST
    wrong: list[Problem] = []
    ages = [_number(given.get(name, ""), name, wrong, 130) for name in ("age_from", "age_to")]
    if ages[0] is not None and ages[1] is not None and ages[1] < ages[0]:
        wrong.append(Problem("age_to", "ages", _WRONG_AGES, ages[1]))
    diagnoses = given.get("diagnoses", "").upper().replace("，", " ").replace(",", " ").split()
    for code in diagnoses:
        if not (code[:1].isalpha() and code[:1].isascii() and code[1:3].isdigit()):
            wrong.append(Problem("diagnoses", "code", _NO_CODE.format(code=code), code))
    if wrong:
        raise BadInput(wrong)
    sex = given.get("sex", "")
    regions = given.getlist("regions")
    townships = {code for code in regions if len(code) == queries.TOWNSHIP_DIGITS}
    return Who(
        sex=sex if sex in ("1", "2") else "",
        age_from=ages[0],
        age_to=ages[1],
        # A village within a chosen township says nothing more.
        regions=tuple(
            code for code in regions if code in townships or code[: queries.TOWNSHIP_DIGITS] not in townships
        ),
        programmes=tuple(given.getlist("programmes")),
        diagnoses=tuple(dict.fromkeys(diagnoses)),
    )


@page(COMPOSE)
def targets(request: ActorRequest, campaign_id: UUID) -> HttpResponse:
    """How many people each institution is to examine, beside how many are eligible there."""
    found, composition, context = frame(request, campaign_id, "targets")
    places = list(queries.places_for_targets())
    if request.method == "POST":
        wrong: list[Problem] = []
        numbers = {
            place.pk: _number(request.POST.get(f"target-{place.pk}", ""), f"target-{place.pk}", wrong)
            for place in places
        }
        if not wrong:
            set_to = {place: number for place, number in numbers.items() if number}
            set_targets(campaign=campaign_id, numbers=set_to, by=request.actor, now=timezone.now())
            messages.success(request, _("Saved."))
            return _next(request, campaign_id, "targets")
        context |= {"problems": wrong}
    eligible: dict[UUID, int] = {}
    people = queries.candidates(composition.who, "", china_today()).order_by()
    for path, count in people.values_list("scope_path").annotate(count=Count("id")):
        for place in places:
            if is_within(path, place.path):
                eligible[place.pk] = eligible.get(place.pk, 0) + count
    known = {target.institution_id: target.number for target in found.targets.all()}
    context["rows"] = [
        (place, request.POST.get(f"target-{place.pk}", known.get(place.pk, "")), eligible.get(place.pk, 0))
        for place in places
    ]
    return TemplateResponse(
        request, "campaigns/targets.html", context, status=422 if "problems" in context else 200
    )


@page(COMPOSE)
def check(request: ActorRequest, campaign_id: UUID) -> HttpResponse:
    """Everything in words, what is still missing, and the button that starts it."""
    found, composition, context = frame(request, campaign_id, "check")
    language = get_language() or ""
    wrong = problems(composition)
    if request.method == "POST" and not wrong:
        found = publish(campaign=campaign_id, by=request.actor, now=timezone.now())
        if composition.enrols_all:
            enrol_in_background(found.pk)
        messages.success(request, _("The campaign runs. Everybody concerned sees it from now on."))
        return HttpResponseRedirect(reverse("campaigns:progress", args=[campaign_id]))
    context |= {
        "wrong": [
            (problem.message, next((part for part in context["parts"] if part.key == problem.field), None))
            for problem in wrong
        ],
        "eligible": queries.candidates(composition.who, "", china_today()).count(),
        "who_words": who_in_words(composition.who, language),
        "stages": [
            (stage, "" if wrong else positive_in_words(stage, language)) for stage in composition.in_order
        ],
        "target_sum": sum(target.number for target in found.targets.all()),
        "next_version": found.version + 1,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "campaigns/check.html", context, status=status)


def positive_in_words(stage: Any, language: str) -> str:
    """What counts as positive in a stage, as a phrase; "" when nothing does."""
    positive = positive_of(stage.positive, stage)
    if positive is None:
        return ""
    from kangshu.declare.form import Form, Section

    asked = Section("all", stage.title, tuple(question.field for question in stage.questions))
    try:
        return words(positive, language, Form("campaigns.words", 1, stage.title, (asked,)))
    except ValueError:
        return words(positive, language)


def who_in_words(chosen: Who, language: str) -> str:
    """The conditions of belonging as one phrase."""
    said: list[str] = []
    if chosen.sex:
        said.append(_("men") if chosen.sex == "1" else _("women"))
    low, high = chosen.age_from, chosen.age_to
    if low is not None and high is not None:
        said.append(_("%(low)d to %(high)d years") % {"low": low, "high": high})
    elif low is not None:
        said.append(_("%(low)d years and more") % {"low": low})
    elif high is not None:
        said.append(_("up to %(high)d years") % {"high": high})
    if chosen.regions:
        names = {queries.prefix_of(region): region.name for region in queries.regions_to_choose()}
        said.append(_("living in %(places)s") % {"places": _listed(names.get(c, c) for c in chosen.regions)})
    if chosen.programmes:
        titles = [_title_of(kind, language) for kind in chosen.programmes]
        said.append(_("enrolled in %(titles)s") % {"titles": _listed(titles)})
    if chosen.diagnoses:
        said.append(_("diagnosed with %(codes)s") % {"codes": _listed(chosen.diagnoses)})
    return _("; ").join(said) if said else _("all residents")


def _listed(parts: Any) -> str:
    return _(", ").join(parts)


def _title_of(kind: str, language: str) -> str:
    try:
        return registry.capability(kind).title.in_language(language)
    except registry.UnknownDeclaration:
        return kind


def _saved(request: ActorRequest, campaign_id: UUID, changed: Composition, part: str) -> HttpResponse:
    save_composition(campaign=campaign_id, composition=changed, by=request.actor, now=timezone.now())
    messages.success(request, _("Saved."))
    return _next(request, campaign_id, part)


def _next(request: ActorRequest, campaign_id: UUID, part: str) -> HttpResponse:
    """To the next part, or back to the same one."""
    _found, _composition, context = frame(request, campaign_id, part)
    following = context["following"]
    url = following.url if "go_on" in request.POST and following else request.path
    return HttpResponseRedirect(url)


def _again(request: ActorRequest, template: str, context: dict[str, Any], refusal: BadInput) -> HttpResponse:
    return TemplateResponse(request, template, {**context, "problems": refusal.problems}, status=422)


def _day(given: str, name: str, wrong: list[Problem]) -> date | None:
    if not given.strip():
        return None
    try:
        return read_date(given)
    except Unreadable as error:
        wrong.append(Problem(name, error.code, error.message, given))
        return None


def _number(given: str, name: str, wrong: list[Problem], most: int = 1_000_000) -> int | None:
    """A whole number that is not negative; None when nothing was typed."""
    if not given.strip():
        return None
    if not given.strip().isdecimal() or int(given) > most:
        wrong.append(Problem(name, "number", _NO_NUMBER.format(value=given), given))
        return None
    return int(given)


_NO_TITLE = Text("请填写项目名称。", "Give the campaign a name.")
_WRONG_DATES = Text("结束日期早于开始日期。", "The last day lies before the first.")
_WRONG_AGES = Text("年龄上限小于下限。", "The age to is below the age from.")
_NO_CODE = Text(
    "“{code}”不是ICD-10编码，应为一个字母加两位数字开头。",
    "“{code}” is no ICD-10 code; it begins with a letter and two digits.",
)
_NO_NUMBER = Text("“{value}”应为不带小数的数字。", "“{value}” should be a whole number.")

"""One stage of a campaign: which questions are asked, and what counts as positive (`campaigns:stage`)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.campaigns import editing, library
from kangshu.campaigns.actions import COMPOSE, save_composition
from kangshu.campaigns.composition import (
    STAGE_TITLES,
    Composition,
    Condition,
    How,
    Stage,
    StageKind,
    problem_of,
    ways_of,
)
from kangshu.campaigns.pages.frame import context_of, frame
from kangshu.declare.form import FieldType
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text

HOW_WORDS = {
    How.AT_LEAST: Text("≥ 不低于", "≥ at least"),
    How.AT_MOST: Text("≤ 不高于", "≤ at most"),
    How.ABOVE: Text("> 高于", "> above"),
    How.BELOW: Text("< 低于", "< below"),
    How.IS: Text("是", "is"),
    How.IS_NOT: Text("不是", "is not"),
}


@page(COMPOSE)
def stage(request: ActorRequest, campaign_id: UUID, kind: str) -> HttpResponse:
    """The questions, the library beside them, and what counts as positive."""
    if kind not in {each.value for each in StageKind}:
        raise Http404
    wanted = StageKind(kind)
    found, composition, context = frame(request, campaign_id, kind)
    searched = request.GET.get("find", "")
    if request.method == "POST":
        try:
            changed = _changed(composition, wanted, request.POST)
        except BadInput as refusal:
            context |= _about(composition, wanted, searched)
            context |= {"problems": refusal.problems, "typed": request.POST}
            return TemplateResponse(request, "campaigns/stage.html", context, status=422)
        save_composition(campaign=campaign_id, composition=changed, by=request.actor, now=timezone.now())
        if "go_on" in request.POST:
            following = context_of(request, found, changed, kind)["following"]
            return HttpResponseRedirect(following.url)
        back = reverse("campaigns:stage", args=[campaign_id, kind])
        return HttpResponseRedirect(f"{back}?{urlencode({'find': searched})}" if searched else back)
    return TemplateResponse(request, "campaigns/stage.html", context | _about(composition, wanted, searched))


def _changed(composition: Composition, kind: StageKind, given: QueryDict) -> Composition:
    """The composition after what was pressed. Raises BadInput."""
    do, _, name = given.get("do", "").partition(":")
    match do:
        case "use":
            return editing.with_stage(composition, kind)
        case "drop" if kind is not StageKind.PRIMARY:
            return editing.without_stage(composition, kind)
    return editing.in_stage(composition, kind, lambda stage: _stage_after(stage, do, name, given))


def _stage_after(stage: Stage, do: str, name: str, given: QueryDict) -> Stage:
    match do:
        case "take":
            entry = library.entry(name)
            return stage if entry is None else editing.with_question(stage, library.taken(entry, stage))
        case "own":
            return editing.with_question(stage, _own(stage, given))
        case "remove":
            return editing.without_question(stage, name)
        case "up" | "down":
            return editing.moved(stage, name, -1 if do == "up" else 1)
        case "condition":
            return _with_condition(stage, given)
        case "uncondition":
            return editing.without_condition(stage, int(name) if name.isdecimal() else -1)
        case "settings":
            return _with_settings(stage, given)
    return stage


def _own(stage: Stage, given: QueryDict) -> Any:
    type = given.get("type", "")
    if type not in {each.value for each in library.TYPES}:
        raise BadInput([Problem("type", "required", _NO_TYPE, type)])
    return editing.own_question(
        stage,
        given.get("title", ""),
        given.get("title_en", ""),
        FieldType(type),
        given.get("choices", "").splitlines(),
        given.get("unit", ""),
        given.get("least", ""),
        given.get("greatest", ""),
        given.get("required") == "1",
    )


def _with_condition(stage: Stage, given: QueryDict) -> Stage:
    name = given.get("field", "")
    asked = stage.question(name)
    if asked is None:
        raise BadInput([Problem("field", "required", _NO_FIELD)])
    how = given.get("how", How.IS.value)
    value = given.get("value", "")
    known = how in {each.value for each in How}
    condition = Condition(name, How(how) if known else How.IS, value.strip())
    wrong = problem_of(condition, stage)
    if wrong is not None:
        raise BadInput([Problem("value", "condition", wrong, value)])
    return editing.with_condition(stage, condition)


def _with_settings(stage: Stage, given: QueryDict) -> Stage:
    days = given.get("within_days", "")
    if days and (not days.isdecimal() or not 1 <= int(days) <= 730):
        raise BadInput([Problem("within_days", "number", _NO_DAYS, days)])
    zh = given.get("stage_title", "").strip()
    title = stage.title if zh in ("", stage.title.zh) else editing.text_of(zh)
    stage = editing.with_required(stage, set(given.getlist("required")))
    return replace(
        stage,
        title=title,
        within_days=int(days) if days else stage.within_days,
        positive=replace(stage.positive, every=given.get("every") == "1"),
    )


def _about(composition: Composition, kind: StageKind, searched: str) -> dict[str, Any]:
    language = get_language() or ""
    chosen = composition.stage(kind)
    questions = chosen.questions if chosen else ()
    return {
        "stage": chosen,
        "kind": kind.value,
        "kind_title": STAGE_TITLES[kind],
        "is_first": kind is StageKind.PRIMARY,
        "questions": [
            (asked, library.TYPES.get(asked.field.type, _ROWS).in_language(language)) for asked in questions
        ],
        "comparable": [
            (asked.field, [(how.value, HOW_WORDS[how].in_language(language)) for how in ways_of(asked.field)])
            for asked in questions
            if ways_of(asked.field)
        ],
        "conditions": [
            _condition_words(condition, chosen, language)
            for condition in (chosen.positive.conditions if chosen else ())
        ],
        "types": [(type.value, words.in_language(language)) for type, words in library.TYPES.items()],
        "searched": searched,
        "entries": library.search(searched),
    }


def _condition_words(condition: Condition, chosen: Stage | None, language: str) -> dict[str, str]:
    asked = None if chosen is None else chosen.question(condition.field)
    if asked is None:
        return {
            "field": condition.field,
            "how": HOW_WORDS[condition.how].in_language(language),
            "value": condition.value,
        }
    choice = asked.field.choice(condition.value)
    value = condition.value if choice is None else choice.title.in_language(language)
    if asked.field.type is FieldType.YES_NO:
        value = _YES_NO.get(condition.value, _YES_NO["true"]).in_language(language)
    return {
        "field": asked.field.title.in_language(language),
        "how": HOW_WORDS[condition.how].in_language(language),
        "value": f"{value} {asked.field.unit}".strip(),
    }


_YES_NO = {"true": Text("是", "yes"), "false": Text("否", "no")}
_ROWS = Text("多行", "rows")
_NO_TYPE = Text("请选择回答的类型。", "Choose how it is answered.")
_NO_FIELD = Text("请选择判定所用的项目。", "Choose the question that decides.")
_NO_DAYS = Text("天数应为1～730的整数。", "Days are a whole number from 1 to 730.")

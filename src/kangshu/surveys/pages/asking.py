"""At the door, on the phone: the members, who is asked, the questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.declare.form import Form
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.surveys import interviewing
from kangshu.surveys.interviewing import NOT_ASKED, Given, Listed
from kangshu.surveys.models import Interview, SurveyHousehold
from kangshu.surveys.refusals import SurveyNotFound, bad
from kangshu.work.pages.drawing import Typed, draw, posted

BLANK_ROWS = 3
A_DAY = timedelta(days=1)


@page("read.survey")
def household(request: ActorRequest, place_id: UUID) -> HttpResponse:
    """A household of the sample: list who lives there, see who is asked, or say why nobody was."""
    place = _place(place_id)
    said = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                _act(request, place)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("surveys:household", args=[place.pk]))
        except NotAllowed:
            raise
        except Refusal as refusal:
            said = refusal.message.in_language(get_language() or "")
    log.write(by=request.actor, action="survey.household_read", about=place, scope_path=place.scope_path)
    standing = list(Interview.objects.filter(place=place, withdrawn_at=None).order_by("round"))
    listed = [Listed(**row) for row in place.roster]
    context = {
        "place": place,
        "survey": place.survey,
        "interviews": standing,
        "asked": next((one for one in listed if one.code == place.asked), None),
        "listed": listed,
        "rows": _rows(request, place, listed),
        "reasons": [(value.value, value.label) for value in NOT_ASKED],
        "next": _next_round(place, standing),
        "mine": any(one.entered_by == request.actor.account_id for one in standing),
        "said": said,
    }
    return TemplateResponse(request, "surveys/household.html", context, status=422 if said else 200)


def _rows(request: ActorRequest, place: SurveyHousehold, listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """The list as it was typed, as it stands, or as the register has it; then empty lines."""
    if request.method == "POST" and request.POST.get("act") == "members":
        return list(_typed_rows(request.POST))
    known = listed or interviewing.registered(place, china_today())
    rows: list[dict[str, Any]] = [{**vars(one), "lives": True} for one in known]
    return rows + [{"code": "", "name": "", "sex": "", "age": "", "lives": True}] * BLANK_ROWS


def _typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    columns = [data.getlist(name) for name in ("code", "name", "sex", "age")]
    lives = set(data.getlist("lives"))
    return [
        {"code": code, "name": name, "sex": sex, "age": age, "lives": str(number) in lives}
        for number, (code, name, sex, age) in enumerate(zip(*columns, strict=False))
    ]


def _act(request: ActorRequest, place: SurveyHousehold) -> None:
    act, now = request.POST.get("act"), timezone.now()
    if act == "not_asked":
        outcome = request.POST.get("outcome", "")
        interviewing.not_asked(place=place.pk, outcome=outcome, by=request.actor, now=now)
    elif act == "withdraw":
        interviewing.withdraw(
            interview=_uuid(request.POST.get("interview", "")),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            now=now,
        )
    else:
        members = _members(_typed_rows(request.POST))
        interviewing.list_members(place=place.pk, members=members, by=request.actor, now=now)


def _members(rows: Sequence[dict[str, Any]]) -> list[Listed]:
    """Who was said to live here; empty lines are left out. Raises BadInput."""
    found = []
    for number, row in enumerate(rows, start=1):
        if not row["lives"] or not (row["name"].strip() or row["age"].strip()):
            continue
        if not row["age"].strip().isdecimal():
            raise bad(
                "members", f"第{number}行的年龄须为整数。", f"Line {number}: the age is a whole number."
            )
        found.append(
            Listed(
                row["code"][:40] or f"line-{number}", row["name"].strip()[:50], row["sex"], int(row["age"])
            )
        )
    return found


def _next_round(place: SurveyHousehold, standing: Sequence[Interview]) -> int | None:
    rounds = {one.round for one in standing}
    if place.survey.state != "running" or not place.asked:
        return None
    if 1 not in rounds:
        return 1
    return 2 if place.is_repeated and 2 not in rounds else None


@page("read.survey")
def interview_page(request: ActorRequest, place_id: UUID, round: int) -> HttpResponse:
    """The questionnaire, for the member who was chosen."""
    place = _place(place_id)
    form = Form.from_json(place.survey.form)
    given = posted(form, request.POST) if request.method == "POST" else Typed()
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            with transaction.atomic():
                interviewing.interview(
                    place=place.pk,
                    given=Given(
                        _uuid(request.POST.get("record_id", "")), given.answers, _begun(request), round
                    ),
                    by=request.actor,
                    now=timezone.now(),
                )
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("surveys:household", args=[place.pk]))
        except NotAllowed:
            raise
        except BadInput as refusal:
            problems = refusal.problems
        except Refusal as refusal:
            problems = (Problem(refusal.where or "", refusal.code, refusal.message),)
    language = get_language() or ""
    context = {
        "place": place,
        "survey": place.survey,
        "form": form,
        "round": round,
        "asked": next((Listed(**row) for row in place.roster if row["code"] == place.asked), None),
        "drawn": draw(form, Typed(given.answers, given.provenance, problems)),
        "record_id": request.POST.get("record_id") or new_id(),
        "started_at": request.POST.get("started_at") or timezone.now().isoformat(),
        "problem_words": [(one.field, one.message.in_language(language)) for one in problems],
        "facts": {},
    }
    return TemplateResponse(request, "surveys/interview.html", context, status=422 if problems else 200)


def _begun(request: ActorRequest) -> datetime:
    """When the page was opened; what no clock could have said counts as now."""
    now = timezone.now()
    try:
        begun = datetime.fromisoformat(request.POST.get("started_at", ""))
    except ValueError:
        return now
    return begun if begun.tzinfo is not None and now - A_DAY < begun <= now else now


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()


def _place(place_id: UUID) -> SurveyHousehold:
    found = (
        SurveyHousehold.objects.select_related("survey", "household__head", "cluster__region")
        .filter(pk=place_id)
        .first()
    )
    if found is None:
        raise SurveyNotFound
    return found

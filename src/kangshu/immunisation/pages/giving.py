"""Giving a dose: `immunisation:give`. The declared form, with what the forecaster says of today."""

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
from kangshu.immunisation.actions import AgainstSchedule, give_dose
from kangshu.immunisation.forecast import forecast
from kangshu.immunisation.records import DOSE, ChildToday, child_on
from kangshu.immunisation.refusals import NoBirthDate
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.pages.drawing import PREFIX, Typed, draw, posted, without_reckoned
from kangshu.work.pages.filling import colleagues, day_of, facts_of, form_today, person_of, staff_of

#: Site and route a vaccine is usually given at and by (2026 table); an offer that can be changed.
INTRAMUSCULAR, SUBCUTANEOUS, INTRADERMAL, ORAL = "1", "2", "3", "4"
USUAL_ROUTE = {
    "BCG": INTRADERMAL,
    "bOPV": ORAL,
    **dict.fromkeys(("MMR", "JE-L", "MPSV-A", "MPSV-AC", "HepA-L", "MMRV", "VarV"), SUBCUTANEOUS),
}
LEFT_ARM, BY_MOUTH = "1", "5"


@page("record.visit")
def give(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The form of one dose."""
    person = person_of(person_id)
    if person.birth_date is None or person.birth_date > china_today():
        raise NoBirthDate
    if request.method == "POST":
        return _save(request, person)
    offered = _offer(request.GET.get("vaccine", ""), request.GET.get("late") == "1")
    return _page(request, person, Typed(offered), {"record_id": new_id(), "performed_on": china_today()})


def _offer(vaccine: str, late: bool) -> dict[str, Any]:
    if not vaccine:
        return {}
    route = USUAL_ROUTE.get(vaccine, INTRAMUSCULAR)
    site = BY_MOUTH if route == ORAL else LEFT_ARM
    return {"vaccine": vaccine, "route": route, "site": site, "kind": "2" if late else "1", "fund": "1"}


def _save(request: ActorRequest, person: Person) -> HttpResponse:
    given = posted(form_today(DOSE), request.POST)
    kept: dict[str, Any] = {
        name: request.POST.get(name, "") for name in ("record_id", "performed_on", "performed_by")
    }
    try:
        saved = give_dose(
            person=person,
            answers=given.answers,
            provenance=given.provenance,
            performed_on=day_of(request),
            performed_by=staff_of(request),
            institution=request.actor.institution_id,
            record_id=UUID(kept["record_id"]),
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _refused(request, person, given, kept, refusal)
    for warning in saved.warnings:
        messages.warning(request, warning.message.in_language(get_language() or ""))
    messages.success(request, _("The dose is on record. Keep the child here for 30 minutes."))
    return HttpResponseRedirect(reverse("immunisation:child", args=[person.pk]))


def _refused(
    request: ActorRequest, person: Person, given: Typed, kept: dict[str, Any], refusal: Refusal
) -> HttpResponse:
    if isinstance(refusal, BadInput):
        problems = list(refusal.problems)
    else:
        problems = [Problem(refusal.where or "", refusal.code, refusal.message)]
    typed = Typed(given.answers, given.provenance, problems)
    response = _page(request, person, typed, {**kept, "refusal": refusal, "problems": problems})
    response.status_code = 409 if isinstance(refusal, AgainstSchedule) else 422
    return response


def _page(request: ActorRequest, person: Person, typed: Typed, extra: dict[str, Any]) -> TemplateResponse:
    form, language, today = form_today(DOSE), get_language() or "", china_today()
    context = {
        "form": form,
        "person": person,
        "child": ChildToday(person, forecast(child_on(person, today))),
        "drawn": without_reckoned(draw(form, typed)),
        "prefix": PREFIX,
        "staff": colleagues(request),
        "own_staff": str(request.actor.staff_id or ""),
        "today": today,
        "facts": facts_of(person),
        "problem_words": [
            (problem.field, problem.message.in_language(language)) for problem in extra.get("problems", ())
        ],
        **extra,
    }
    return TemplateResponse(request, "immunisation/give.html", context)

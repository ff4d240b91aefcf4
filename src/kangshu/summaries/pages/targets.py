"""Targets of a year: each indicator with what was reached and what is aimed at; one of them by place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.indicator import Indicator
from kangshu.indicators import board
from kangshu.indicators.engine.compute import find_indicator
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.periods import year as year_period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.summaries import planning
from kangshu.summaries.planning import PlaceNotFound, Share


@page("read.indicator")
def targets(request: ActorRequest) -> HttpResponse:
    """`?year=` lists every indicator; with `indicator=` (and `place=`) one is divided among institutions."""
    year = _year(request.GET.get("year", ""))
    place = board.place_for(request.actor, request.GET.get("place"))
    if place is None:
        raise PlaceNotFound
    context: dict[str, Any] = {
        "year": year,
        "years": [china_today().year + step for step in (-1, 0, 1)],
        "place": place,
        "may_set": is_allowed(request.actor, "set.target"),
    }
    if "indicator" not in request.GET:
        return TemplateResponse(
            request, "summaries/targets.html", context | {"groups": _groups(request, place, year)}
        )
    return _one(request, find_indicator(request.GET["indicator"]), place, context)


def _one(
    request: ActorRequest, indicator: Indicator, place: Institution, context: dict[str, Any]
) -> HttpResponse:
    year = context["year"]
    under = planning.shares(indicator, year, place)
    if request.method == "POST":
        try:
            number = _set(request, indicator, year, place, under)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            context |= {"problems": getattr(refusal, "problems", [refusal]), "given": request.POST}
        else:
            messages.success(request, _("Targets set: %(number)d.") % {"number": number})
            query = urlencode({"year": year, "indicator": indicator.id, "place": place.path})
            return HttpResponseRedirect(f"{reverse('summaries:targets')}?{query}")
    own = board.targets_of([indicator.id], date(year, 12, 31), [place.pk])
    context |= {
        "indicator": indicator,
        "own": own.get((indicator.id, str(place.pk))),
        "rows": [(share, request.POST.get(_name(share))) for share in under],
        "reached": _reached(request, [indicator], place, year),
        "sum": None if indicator.is_ratio else sum(share.target or 0 for share in under),
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "summaries/target.html", context, status=status)


def _set(
    request: ActorRequest, indicator: Indicator, year: int, place: Institution, under: list[Share]
) -> int:
    values: dict[Institution, Decimal] = {}
    own = _decimal("own", request.POST.get("own", ""))
    if own is not None:
        values[place] = own
    if "divide" in request.POST:
        if own is None:
            raise BadInput(
                [Problem("own", "required", Text("请先填写总目标。", "Give the whole target first."))]
            )
        values |= planning.divided(indicator, own, under)
    else:
        for share in under:
            value = _decimal(_name(share), request.POST.get(_name(share), ""))
            if value is not None:
                values[share.institution] = value
    return planning.set_targets(
        indicator=indicator,
        year=year,
        values=values,
        source=request.POST.get("source", "").strip()[:200],
        from_on=max(china_today(), date(year, 1, 1)),
        by=request.actor,
        now=timezone.now(),
    )


def _groups(
    request: ActorRequest, place: Institution, year: int
) -> list[tuple[Text, list[tuple[Indicator, str, Decimal | None]], int]]:
    """By service: the indicator, what was reached in the year before, the target; then how many have one.
    Services with a target come first."""
    every = [one for service in registry.capabilities() for one in service.indicators]
    found = board.targets_of([one.id for one in every], date(year, 12, 31), [place.pk])
    reached = _reached(request, every, place, year)
    groups = [
        (
            service.title,
            [
                (one, reached.get(one.id, ""), found.get((one.id, str(place.pk))))
                for one in service.indicators
            ],
            sum(1 for one in service.indicators if (one.id, str(place.pk)) in found),
        )
        for service in registry.capabilities()
        if service.indicators
    ]
    return sorted(groups, key=lambda group: not group[2])


def _reached(
    request: ActorRequest, indicators: list[Indicator], place: Institution, year: int
) -> dict[str, str]:
    """What the latest year with data before the one planned reached, as printed."""
    from kangshu.summaries.binding import with_unit

    if not board.has_snapshot():
        return {}
    before = year_period(min(year - 1, china_today().year))
    store = board.store_for(request.actor)
    shown = board.cards(board.worth_counting(indicators, before, place, store), before, place, store)
    return {
        card.indicator.id: with_unit(card.indicator, card.row.value)
        for card in shown
        if card.row.value is not None and not card.row.suppressed
    }


def _name(share: Share) -> str:
    return f"of-{share.institution.pk}"


def _decimal(field: str, text: str) -> Decimal | None:
    """What was typed as a number; None when left empty. Raises BadInput."""
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().rstrip("%‰"))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise BadInput([Problem(field, "number", Text("请填写数字。", "Please give a number."), text)])
    return value


def _year(text: str) -> int:
    """The year asked for, or the next one. Raises BadInput for what is none."""
    if not text:
        return china_today().year + 1
    if not (text.isdecimal() and 2009 <= int(text) <= 2100):
        raise BadInput([Problem("year", "year", Text("没有这个年度。", "There is no such year."), text)])
    return int(text)

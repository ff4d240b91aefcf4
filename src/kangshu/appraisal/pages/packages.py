"""The package of a year: services with tasks and progress, one service by institution, changing them."""

from __future__ import annotations

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
from kangshu.access.roles import is_allowed
from kangshu.appraisal import packages
from kangshu.appraisal.models import Item, Package
from kangshu.appraisal.packages import EDIT, ItemPlan
from kangshu.appraisal.pages.typed import decimal_of, optional_decimal, refused
from kangshu.appraisal.refusals import ThingNotFound
from kangshu.indicators import board
from kangshu.indicators.engine.compute import find_indicator
from kangshu.kernel.dates import china_today
from kangshu.places.models import Institution


@page("read.indicator")
def package(request: ActorRequest) -> HttpResponse:
    """`?year=` and `?place=`: the services of a year with task, done, completion and money."""
    today = china_today()
    year = _year(request.GET.get("year", ""), today.year)
    place = board.place_for(request.actor, request.GET.get("place"))
    if place is None:
        raise ThingNotFound
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(lambda: packages.make_package(year=year, by=request.actor, now=timezone.now()))
        if not context:
            return HttpResponseRedirect(f"{reverse('appraisal:package')}?year={year}")
    found = Package.objects.filter(year=year).first()
    items = list(found.items.all()) if found else []
    store = board.store_for(request.actor) if board.has_snapshot() else None
    shown = packages.progress(items, year, place, store)
    context |= {
        "year": year,
        "years": [today.year + step for step in (-1, 0, 1)],
        "place": place,
        "package": found,
        "groups": _groups(shown),
        "money": packages.money_of(found, place.region_id) if found else None,
        "planned": sum((one.money_planned or 0 for one in shown), 0),
        "done": sum((one.money_done or 0 for one in shown), 0),
        "under": Institution.objects.filter(parent=place, valid_to__isnull=True).order_by("path"),
        "above": _above(request, place),
        "may_edit": is_allowed(request.actor, EDIT),
        "taken_on": store.taken_on if store else None,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/package.html", context, status=status)


def _groups(shown: list[packages.Progress]) -> list[tuple[Any, list[packages.Progress]]]:
    """By category, in the order of the package."""
    groups: dict[str, tuple[Any, list[packages.Progress]]] = {}
    for one in shown:
        groups.setdefault(one.item.category_zh, (one.item.category, []))[1].append(one)
    return list(groups.values())


def _above(request: ActorRequest, place: Institution) -> Institution | None:
    """The institution above, if it lies within the reader's reach."""
    reach = board.reach_of(request.actor)
    above = place.parent
    return above if above is not None and above.path.startswith(reach) else None


@page("read.indicator", methods=("GET", "HEAD"))
def by_institution(request: ActorRequest, year: int, item_id: UUID) -> HttpResponse:
    """One service: month by month, and the institutions under a place with task and completion."""
    found = _item(year, item_id)
    place = board.place_for(request.actor, request.GET.get("place"))
    if place is None:
        raise ThingNotFound
    store = board.store_for(request.actor) if board.has_snapshot() else None
    (own,) = packages.progress([found], year, place, store, months=True)
    under = Institution.objects.filter(parent=place, valid_to__isnull=True).order_by("path")
    rows = [(one, packages.progress([found], year, one, store)[0]) for one in under]
    rows = [row for row in rows if row[1].planned is not None or row[1].done]
    context = {
        "year": year,
        "item": found,
        "place": place,
        "above": _above(request, place),
        "own": own,
        "rows": rows,
        "most": max((value for _, value in own.months), default=0),
        "quantity": find_indicator(found.quantity) if packages.known(found.quantity) else None,
        "may_set": is_allowed(request.actor, "set.target"),
    }
    return TemplateResponse(request, "appraisal/progress.html", context)


@page(EDIT)
def subsidy(request: ActorRequest, year: int) -> HttpResponse:
    """The money for each resident in a year."""
    found = Package.objects.filter(year=year).first()
    if found is None:
        raise ThingNotFound
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(
            lambda: packages.set_subsidy(
                year=year,
                per_person=decimal_of(request, "per_person"),
                source=request.POST.get("source", ""),
                by=request.actor,
            )
        )
        if not context:
            return HttpResponseRedirect(f"{reverse('appraisal:package')}?year={year}")
    context |= {"package": found, "year": year, "given": request.POST or None}
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/subsidy.html", context, status=status)


@page(EDIT)
def item(request: ActorRequest, year: int, item_id: UUID | None = None) -> HttpResponse:
    """A service of a year, or a new one."""
    found = _item(year, item_id) if item_id else None
    context: dict[str, Any] = {}
    if request.method == "POST":
        if "drop" in request.POST and found is not None:
            reason = request.POST.get("reason", "")
            context = refused(lambda: packages.drop_item(item=found.pk, reason=reason, by=request.actor))
        else:
            context = refused(
                lambda: packages.set_item(year=year, item=item_id, plan=_plan(request), by=request.actor)
            )
        if not context:
            messages.success(request, _("The package is saved."))
            return HttpResponseRedirect(f"{reverse('appraisal:package')}?year={year}")
    context |= {
        "year": year,
        "item": found,
        "measures": packages.measures(),
        "given": request.POST or None,
        "chosen": request.POST.get("quantity", found.quantity if found else ""),
        "rates": set(request.POST.getlist("rates") if request.POST else (found.rates if found else [])),
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/item.html", context, status=status)


def _plan(request: ActorRequest) -> ItemPlan:
    given = request.POST
    names = (
        "category_zh", "category_en", "title_zh", "title_en", "standard_zh", "standard_en", "people_zh",
        "people_en", "frequency_zh", "frequency_en", "unit", "quantity",
    )  # fmt: skip
    limits = {"standard_zh": 300, "standard_en": 400, "people_en": 160, "people_zh": 120, "unit": 12}
    texts = {
        name: given.get(name, "")[: limits.get(name, 60 if name.endswith("zh") else 100)] for name in names
    }
    return ItemPlan(
        **texts, unit_cost=optional_decimal(request, "unit_cost"), rates=tuple(given.getlist("rates"))
    )


def _item(year: int, item_id: UUID) -> Item:
    found = Item.objects.select_related("package").filter(pk=item_id, package__year=year).first()
    if found is None:
        raise ThingNotFound
    return found


def _year(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and 2009 <= int(text[:4]) <= 2100 and len(text) == 4 else default

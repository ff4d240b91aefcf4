"""Appraisals: the list, a new one, one of them with its acts, its terms, institutions and sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
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
from kangshu.appraisal import drafting, queries, running, states, suggesting
from kangshu.appraisal.checking import ASSESS
from kangshu.appraisal.drafting import RUN, LinePlan, Plan
from kangshu.appraisal.models import Appraisal, Line
from kangshu.appraisal.packages import known, measures
from kangshu.appraisal.pages.typed import decimal_of, refused, uuid_of, whole_of
from kangshu.appraisal.running import FINISH
from kangshu.appraisal.scoring import Rule, Source
from kangshu.appraisal.settling import Rest
from kangshu.appraisal.states import State
from kangshu.declare import registry
from kangshu.indicators import board
from kangshu.kernel.dates import china_today
from kangshu.kernel.periods import parse_period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import path_range

SOURCES = {
    Source.INDICATOR: Text("指标计算", "computed"),
    Source.SAMPLE: Text("抽样核查", "sample"),
    Source.ON_SITE: Text("现场评分", "on site"),
}
RULES = {
    Rule.LINEAR: Text("按比例得分", "in proportion"),
    Rule.ALL_OR_NOTHING: Text("达标得分", "all or nothing"),
}
RESTS = {
    Rest.SHARED: Text("奖优罚劣，全部分配", "shared by score: all of it is paid"),
    Rest.WITHHELD: Text("未得部分由卫健局留存", "what is not earned stays with the bureau"),
}


@page("read.indicator")
def appraisals(request: ActorRequest) -> HttpResponse:
    """Every appraisal; drafts only for who makes them."""
    rows = Appraisal.objects.all()
    if not is_allowed(request.actor, RUN):
        rows = rows.exclude(state=State.DRAFT)
    context = {
        "rows": [(one, parse_period(one.period).title(), *_state(one)) for one in rows[:100]],
        "may_run": is_allowed(request.actor, RUN),
    }
    return TemplateResponse(request, "appraisal/list.html", context)


@page(RUN)
def new(request: ActorRequest) -> HttpResponse:
    """The terms of a new appraisal."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        made: list[Appraisal] = []

        def save() -> None:
            plan = _plan(request)
            made.append(drafting.make_appraisal(plan=plan, by=request.actor, now=timezone.now()))
            sheet = suggesting.suggested_sheet(made[0], request.actor)
            drafting.set_sheet(appraisal=made[0].pk, lines=sheet, by=request.actor)

        context = refused(save)
        if not context:
            return HttpResponseRedirect(reverse("appraisal:one", args=[made[0].pk]))
    return _terms_page(request, None, context)


@page(RUN)
def terms(request: ActorRequest, appraisal_id: UUID) -> HttpResponse:
    """Other terms for a draft."""
    found = queries.find_appraisal(appraisal_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(
            lambda: drafting.change_terms(appraisal=found.pk, plan=_plan(request), by=request.actor)
        )
        if not context:
            return HttpResponseRedirect(reverse("appraisal:one", args=[found.pk]))
    return _terms_page(request, found, context)


def _terms_page(request: ActorRequest, found: Appraisal | None, context: dict[str, Any]) -> HttpResponse:
    year = china_today().year
    names = [name for one in (year, year - 1) for name in (f"{one}", f"{one}-H1", f"{one}-H2")]
    initial = found or Plan("", parse_period(str(year)), Decimal(0))
    context |= {
        "appraisal": found,
        "given": request.POST or None,
        "initial": initial,
        "periods": [(name, parse_period(name).title()) for name in names],
        "chosen": request.POST.get("period") or (found.period if found else str(year)),
        "rests": [(str(one), title) for one, title in RESTS.items()],
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/terms.html", context, status=status)


def _plan(request: ActorRequest) -> Plan:
    return Plan(
        title=request.POST.get("title", ""),
        period=parse_period(request.POST.get("period", "")),
        pool=decimal_of(request, "pool"),
        advance_percent=decimal_of(request, "advance_percent"),
        full_from=decimal_of(request, "full_from"),
        nothing_under=decimal_of(request, "nothing_under"),
        rest=Rest(request.POST.get("rest", Rest.SHARED)),
        deduction=decimal_of(request, "deduction"),
        sample_size=whole_of(request, "sample_size"),
        sign_weight=whole_of(request, "sign_weight"),
        multiplies="multiplies" in request.POST,
    )


@page("read.indicator")
def one(request: ActorRequest, appraisal_id: UUID) -> HttpResponse:
    """An appraisal: what is to be done next, its institutions, and whoever may, does it."""
    found = queries.find_appraisal(appraisal_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(lambda: _act(request, found))
        if not context:
            return HttpResponseRedirect(reverse("appraisal:one", args=[found.pk]))
    standings = queries.standings(found)
    lines = list(found.lines.all())
    weights = sum((line.weight for line in lines), Decimal(0))
    colour_and_title = _state(found)
    context |= {
        "appraisal": found,
        "period": parse_period(found.period).title(),
        "state": colour_and_title,
        "standings": standings,
        "lines": [(line, SOURCES[Source(line.source)]) for line in lines],
        "weights": weights,
        "unchecked": sum(one.drawn - one.checked for one in standings),
        "drawn": sum(one.drawn for one in standings),
        "appeals": queries.open_appeals(found),
        "may_run": is_allowed(request.actor, RUN),
        "may_finish": is_allowed(request.actor, FINISH),
        "may_assess": is_allowed(request.actor, ASSESS),
        "acts": {act for (state, act) in states.STEPS if state == found.state},
        "forecast": _forecast(found, standings) if found.state == State.APPEALED else None,
        "paid": sum((one.entry.paid or Decimal(0) for one in standings), Decimal(0)),
        "given": request.POST,
        "rest": RESTS[Rest(found.rest)],
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/one.html", context, status=status)


def _forecast(found: Appraisal, standings: list) -> list:
    """What the director is about to pay."""
    entries = [one.entry for one in standings]
    if not any(entry.residents for entry in entries):
        return []
    lines = running.settlement_of(found, entries).lines
    return list(zip(entries, lines, strict=True))


def _act(request: ActorRequest, found: Appraisal) -> None:
    by, now, today = request.actor, timezone.now(), china_today()
    acts: dict[str, Callable[[], Any]] = {
        "start": lambda: running.start(
            appraisal=found.pk, seed=request.POST.get("seed", ""), on=today, by=by, now=now
        ),
        "score": lambda: running.score(appraisal=found.pk, by=by, now=now, on=today),
        "reopen": lambda: running.reopen(appraisal=found.pk, reason=request.POST.get("reason", ""), by=by),
        "close_appeals": lambda: running.close_appeals(appraisal=found.pk, by=by),
        "finish": lambda: running.finish(appraisal=found.pk, by=by, now=now, on=today),
    }
    done = {
        "start": _("The sample is drawn and the advance is paid."),
        "score": _("The scores stand; institutions can appeal now."),
        "reopen": _("The appraisal is open for checks again."),
        "close_appeals": _("No more appeals; the director can settle the money."),
        "finish": _("The appraisal is final."),
    }
    act = request.POST.get("act", "")
    if act in acts:
        acts[act]()
        messages.success(request, done[act])


@page(RUN)
def institutions(request: ActorRequest, appraisal_id: UUID) -> HttpResponse:
    """Which institutions are appraised."""
    found = queries.find_appraisal(appraisal_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        ids = [id for text in request.POST.getlist("institution") if (id := uuid_of(text)) is not None]
        context = refused(
            lambda: drafting.choose_institutions(appraisal=found.pk, institutions=ids, by=request.actor)
        )
        if not context:
            return HttpResponseRedirect(reverse("appraisal:one", args=[found.pk]))
    low, high = path_range(board.reach_of(request.actor))
    chosen = set(found.entries.values_list("institution_id", flat=True))
    under = Institution.objects.filter(path__gt=low, path__lt=high, valid_to__isnull=True).order_by("path")
    context |= {
        "appraisal": found,
        "rows": [(place, place.pk in chosen) for place in under if place.path.count(".") == 2],
    }
    return TemplateResponse(
        request, "appraisal/institutions.html", context, status=422 if "problems" in context else 200
    )


@page(RUN)
def line(request: ActorRequest, appraisal_id: UUID, position: int) -> HttpResponse:
    """One line of the sheet, or a new one (position 0); saving or dropping it saves the sheet anew."""
    found = queries.find_appraisal(appraisal_id)
    lines = list(found.lines.all())
    if position > len(lines):
        raise queries.ThingNotFound
    now = lines[position - 1] if position else None
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(lambda: _save_line(request, found, lines, position))
        if not context:
            return HttpResponseRedirect(reverse("appraisal:one", args=[found.pk]) + "#sheet")
    source = request.POST.get("source") or (now.source if now else request.GET.get("source", "indicator"))
    context |= {
        "appraisal": found,
        "line": now,
        "position": position,
        "source": source,
        "sources": [(str(one), title) for one, title in SOURCES.items()],
        "rules": [(str(one), title) for one, title in RULES.items()],
        "measures": _computed_measures(),
        "forms": _forms(),
        "chosen_forms": request.POST.getlist("forms") if request.POST else (now.forms if now else []),
        "given": request.POST or None,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/line.html", context, status=status)


def _save_line(request: ActorRequest, found: Appraisal, lines: list[Line], position: int) -> None:
    plans = [_as_plan(one) for one in lines]
    if "drop" in request.POST:
        plans.pop(position - 1)
    else:
        plan = _line_plan(request)
        plans = [*plans, plan] if not position else [*plans[: position - 1], plan, *plans[position:]]
    drafting.set_sheet(appraisal=found.pk, lines=plans, by=request.actor)


def _line_plan(request: ActorRequest) -> LinePlan:
    source = Source(request.POST.get("source", Source.INDICATOR))
    plan = LinePlan(
        source,
        request.POST.get("title_zh", ""),
        decimal_of(request, "weight"),
        Rule(request.POST.get("rule", Rule.LINEAR)),
        decimal_of(request, "floor", Decimal(0)),
        decimal_of(request, "goal", Decimal(100)),
        title_en=request.POST.get("title_en", ""),
        indicator=request.POST.get("indicator", ""),
        forms=tuple(request.POST.getlist("forms")),
    )
    indicator = known(plan.indicator)
    if not plan.title_zh.strip() and source is Source.INDICATOR and indicator is not None:
        return replace(plan, title_zh=indicator.title.zh, title_en=indicator.title.en)
    return plan


def _as_plan(line: Line) -> LinePlan:
    return LinePlan(
        Source(line.source), line.title_zh, line.weight, Rule(line.rule), line.floor, line.goal,
        line.title_en, line.indicator, tuple(line.forms),
    )  # fmt: skip


def _computed_measures() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Indicators by programme, without what is only reported."""
    return [(title, [one for one in found if known(one[0])]) for title, found in measures()[:-1]]


def _forms() -> list[tuple[str, Text]]:
    """Forms of programmes that are not confidential."""
    found = [
        (form.id, form.title)
        for owner in registry.capabilities()
        if not owner.confidentiality
        for form in owner.forms
    ]
    return sorted(found, key=lambda one: one[1].zh)


def _state(found: Appraisal) -> tuple[str, Text]:
    state = State(found.state)
    return states.COLOURS[state], states.TITLES[state]

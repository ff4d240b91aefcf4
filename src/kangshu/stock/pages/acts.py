"""Doing something with the stock: one form for each act, and the count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare.stock import Goods
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import NotAllowed, NotFound, Refusal
from kangshu.stock import actions, queries, refusals, transfers
from kangshu.stock.moving import Lot, known_goods
from kangshu.stock.pages.forms import ActForm


@dataclass(frozen=True)
class Act:
    """One act: its words, what it asks beside how many, and the action."""

    title: str | Promise
    hint: str | Promise
    fields: tuple[str, ...]
    do: Callable[..., Any]
    icon: str
    numbered_only: bool = False


ACTS = {
    "receive": Act(
        gettext_lazy("Receive"),
        gettext_lazy("Goods that came from outside: a supplier or the higher level."),
        ("batch", "expires_on", "source", "document"),
        actions.receive,
        "package-import",
    ),
    "issue": Act(
        gettext_lazy("Give out"),
        gettext_lazy(
            "For use without a record of a person: a ward, a site. Services take theirs by themselves."
        ),
        ("batch", "to"),
        actions.issue,
        "package-export",
    ),
    "send": Act(
        gettext_lazy("Send to another institution"),
        gettext_lazy("It leaves this stock now, and is in the other's when they say that it arrived."),
        ("receiver", "batch", "note"),
        transfers.send,
        "truck-delivery",
    ),
    "return": Act(
        gettext_lazy("Take back unused goods"),
        gettext_lazy("What was given out and not used."),
        ("batch", "reason"),
        actions.return_goods,
        "arrow-back-up",
    ),
    "send-back": Act(
        gettext_lazy("Return to the supplier"),
        "",
        ("batch", "to", "reason"),
        actions.send_back,
        "package-off",
    ),
    "spoil": Act(
        gettext_lazy("Write off"),
        gettext_lazy("Broken, expired or misprinted."),
        ("batch", "reason"),
        actions.write_off,
        "trash",
    ),
    "lose": Act(
        gettext_lazy("Report as lost"),
        "",
        ("batch", "reason"),
        partial(actions.write_off, lost=True),
        "help-circle",
    ),
    "find": Act(
        gettext_lazy("Found after all"),
        gettext_lazy("Papers that were said to be lost."),
        ("reason",),
        actions.find_again,
        "search",
        numbered_only=True,
    ),
}


def acts_for(goods: Goods) -> list[tuple[str, Act]]:
    return [(name, act) for name, act in ACTS.items() if goods.is_numbered or not act.numbered_only]


@page("keep.stock")
def act(request: ActorRequest, goods_id: str, act: str) -> HttpResponse:
    """The form of one act."""
    goods = known_goods(goods_id)
    chosen = dict(acts_for(goods)).get(act)
    if chosen is None:
        raise refusals.GoodsNotFound
    initial = {"institution": request.GET.get("institution") or request.actor.institution_id}
    form = ActForm(goods, request.actor, chosen.fields, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        place = _done(request, goods, chosen, form)
        if place is not None:
            messages.success(request, _("Written into the books."))
            return HttpResponseRedirect(f"{reverse('stock:ledger', args=[goods.id])}?institution={place}")
    context = {
        "goods": goods,
        "act": chosen,
        "form": form,
        "back": reverse("stock:ledger", args=[goods.id]),
        "lots": _lots(request, goods, initial["institution"]),
        "today": china_today(),
    }
    return TemplateResponse(request, "stock/act.html", context, status=422 if form.errors else 200)


def _done(request: ActorRequest, goods: Goods, chosen: Act, form: ActForm) -> UUID | None:
    """Run the action; gives where it was done, None when it was refused and the form says why."""
    given = dict(form.cleaned_data)
    place = given.pop("institution").pk
    if "receiver" in given:
        given["receiver"] = given["receiver"].pk
    try:
        chosen.do(institution=place, goods=goods.id, by=request.actor, now=timezone.now(), **given)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        form.show(refusal)
        return None
    return place


@page("keep.stock")
def count(request: ActorRequest, goods_id: str) -> HttpResponse:
    """What the books say, beside which what lies there is typed."""
    goods = known_goods(goods_id)
    place = _place(request)
    lots = _lots(request, goods, place) or [Lot("", None, 0)]
    names = [f"count_{number}" for number in range(len(lots))]
    problems: list[Any] = []
    if request.method == "POST":
        typed = {lot.batch: _whole(request.POST.get(name, "")) for lot, name in zip(lots, names, strict=True)}
        try:
            _count(request, goods, place, typed)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            problems = list(getattr(refusal, "problems", [refusal]))
        else:
            return HttpResponseRedirect(f"{reverse('stock:ledger', args=[goods.id])}?institution={place}")
    context = {
        "goods": goods,
        "place": queries.keepers(request.actor).filter(pk=place).first(),
        "rows": [(name, lot, request.POST.get(name, "")) for name, lot in zip(names, lots, strict=True)],
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        "papers": queries.numbers_in_stock(place, goods.id) if goods.is_numbered else [],
    }
    return TemplateResponse(request, "stock/count.html", context, status=422 if problems else 200)


def _count(request: ActorRequest, goods: Goods, place: UUID, typed: dict[str, int | None]) -> None:
    if any(number is None for number in typed.values()):
        raise actions.bad_count()
    taken = actions.count(
        institution=place,
        goods=goods.id,
        counted={batch: number or 0 for batch, number in typed.items()},
        on=china_today(),
        by=request.actor,
        now=timezone.now(),
        reason=request.POST.get("reason", ""),
    )
    same = taken.counted == taken.expected
    messages.success(
        request,
        _("Counted; the books agree.") if same else _("Counted; the difference is in the books."),
    )


def _place(request: ActorRequest) -> UUID:
    given = request.POST.get("institution") or request.GET.get("institution") or request.actor.institution_id
    found = queries.keepers(request.actor).filter(pk=given).first() if given else None
    if found is None:
        raise refusals.NotYourStock
    return found.pk


def _lots(request: ActorRequest, goods: Goods, institution: Any) -> list[Lot]:
    found = queries.standings(request.actor, institution=institution, goods=goods.id) if institution else []
    return found[0].lots if found else []


def _whole(text: str) -> int | None:
    cleaned = text.strip()
    return int(cleaned) if cleaned.isdecimal() and len(cleaned) < 9 else None

"""What waits for somebody: transfers on their way, services that the stock did not cover, papers to be
paid."""

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
from kangshu.access.reach import reaches
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare.stock import goods_by_id
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.text import Text
from kangshu.stock import actions, queries
from kangshu.stock import transfers as sending
from kangshu.stock.models import Settlement
from kangshu.stock.worth import LocalWorth


@page("read.stock")
def transfers(request: ActorRequest) -> HttpResponse:
    """What is on its way; saying that it arrived, or taking it back."""
    if request.method == "POST":
        done = _tried(request, lambda: _end_transfer(request))
        if done:
            messages.success(request, _("Written into the books."))
        return HttpResponseRedirect(reverse("stock:transfers"))
    known = goods_by_id()
    rows = [
        {
            "one": one,
            "goods": known.get(one.goods),
            "may_accept": reaches(request.actor, one.receiver.path),
            "may_take_back": reaches(request.actor, one.sender.path),
        }
        for one in queries.transfers_waiting(request.actor)
    ]
    context = {"rows": rows, "may_keep": is_allowed(request.actor, "keep.stock")}
    return TemplateResponse(request, "stock/transfers.html", context)


@page("read.stock")
def gaps(request: ActorRequest) -> HttpResponse:
    """Services that the stock did not cover: take the goods now, or say why not."""
    if request.method == "POST":
        done = _tried(
            request,
            lambda: actions.close_gap(
                gap=_id(request, "gap"),
                note=request.POST.get("note", ""),
                take="take" in request.POST,
                by=request.actor,
                now=timezone.now(),
            ),
        )
        if done:
            messages.success(request, _("Cleared up."))
        return HttpResponseRedirect(reverse("stock:gaps"))
    known = goods_by_id()
    rows = [(row, known[row.goods]) for row in queries.gaps(request.actor)[:200] if row.goods in known]
    context = {"rows": rows, "may_keep": is_allowed(request.actor, "keep.stock")}
    return TemplateResponse(request, "stock/gaps.html", context)


@page("read.stock")
def settlement(request: ActorRequest) -> HttpResponse:
    """Used papers by institution, to be paid; what was paid."""
    if request.method == "POST":
        done = _tried(
            request,
            lambda: actions.settle(
                institution=_id(request, "institution"),
                goods=request.POST.get("goods", ""),
                on=china_today(),
                by=request.actor,
                now=timezone.now(),
                parameters=LocalWorth(),
            ),
        )
        if done:
            messages.success(request, _("Settled; the payment is in the fund's books."))
        return HttpResponseRedirect(reverse("stock:settlement"))
    known, worth = goods_by_id(), LocalWorth()
    rows = [
        {
            "goods": goods,
            "institution": institution,
            "papers": number,
            "worth": worth.value(goods.worth, china_today()),
            "amount": number * worth.value(goods.worth, china_today()),
        }
        for goods, institution, number in queries.to_settle(request.actor)
    ]
    settled = Settlement.objects.filter(queries.in_reach(request.actor)).select_related("institution")
    context = {
        "rows": rows,
        "settled": [(one, known.get(one.goods)) for one in settled.order_by("-on", "-at")[:100]],
        "may_settle": is_allowed(request.actor, "keep.fund"),
    }
    return TemplateResponse(request, "stock/settlement.html", context)


def _end_transfer(request: ActorRequest) -> Any:
    given = {
        "transfer": _id(request, "transfer"),
        "on": china_today(),
        "by": request.actor,
        "now": timezone.now(),
        "reason": request.POST.get("reason", ""),
    }
    if "take_back" in request.POST:
        return sending.take_back(**given)
    arrived = request.POST.get("arrived", "").strip()
    if arrived and not arrived.isdecimal():
        message = Text("实收数应为整数。", "What arrived is a whole number.")
        raise BadInput([Problem("arrived", "arrived", message, arrived)])
    return sending.accept(arrived=int(arrived) if arrived else None, **given)


def _tried(request: ActorRequest, act: Any) -> Any:
    """The act's result; None with the refusal said on the next page."""
    try:
        return act()
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(get_language() or ""))
        return None


def _id(request: ActorRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        message = Text("请从列表重新打开。", "Open it again from the list.")
        raise BadInput([Problem(name, "id", message)]) from None

"""Vaccine and cold chain: what came in by which codes (`immunisation:receive`), and what does not fit between
deliveries, stock, doses, syringes and temperatures (`immunisation:oversight`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare.stock import goods_by_id
from kangshu.immunisation.oversight import Finding, Kind, deliveries, oversight, received_by_code
from kangshu.immunisation.receiving import PREFIX, explain_delivery, receive_delivery
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Refusal
from kangshu.places.models import Institution
from kangshu.stock import queries as stock
from kangshu.ui.registry import panels

PAGE = 40
COLD_CHAIN = "immunisation.cold_chain"


@dataclass(frozen=True)
class Words:
    """A kind of finding, said to whoever looks, and what to do about it."""

    title: str | Promise
    advice: str | Promise


WORDS = {
    Kind.NOTE_DIFFERS: Words(
        gettext_lazy("Delivery differs from its note"),
        gettext_lazy("Count again, ask the supplier, then explain it here."),
    ),
    Kind.REFUSED: Words(
        gettext_lazy("Refused: too warm or too cold on the way"),
        gettext_lazy("It is not in the stock. Report it to the supplier and to the CDC."),
    ),
    Kind.UNTRACED: Words(
        gettext_lazy("Received without codes"),
        gettext_lazy("Receive vaccine by scanning, not through the stock's own form."),
    ),
    Kind.ARRIVED_SHORT: Words(
        gettext_lazy("Fewer arrived than were sent"), gettext_lazy("Settle it with whoever sent it.")
    ),
    Kind.COUNTED: Words(
        gettext_lazy("Count differs from the books"), gettext_lazy("Look at the ledger of this batch.")
    ),
    Kind.EXPIRED: Words(
        gettext_lazy("Expired and still in stock"), gettext_lazy("Put it aside and write it off.")
    ),
    Kind.UNCOVERED: Words(
        gettext_lazy("Doses given that the stock did not have"),
        gettext_lazy("Clear it up on the stock's list."),
    ),
    Kind.SYRINGES: Words(
        gettext_lazy("Syringes do not match doses"),
        gettext_lazy("Above zero: more syringes than doses; below: doses without a syringe."),
    ),
    Kind.CODE_UNKNOWN: Words(
        gettext_lazy("Dose with a code that nobody received"),
        gettext_lazy("Check the package and where it came from."),
    ),
    Kind.CODE_TWICE: Words(
        gettext_lazy("One code for more doses than its package holds"),
        gettext_lazy("One of the records has the wrong code."),
    ),
}


@page("read.stock", methods=("GET", "HEAD", "POST"))
def oversight_page(request: ActorRequest) -> HttpResponse:
    """The findings and the turnover of a span of days; a difference is explained here."""
    if request.method == "POST":
        return _explained(request)
    today = china_today()
    first = _day(request.GET.get("first", "")) or today.replace(month=1, day=1)
    last = _day(request.GET.get("last", "")) or today
    found = oversight(request.actor, first, last, today)
    kind = request.GET.get("kind", "")
    place = request.GET.get("institution", "")
    shown = [
        one
        for one in found.findings
        if (not kind or one.kind == kind) and (not place or str(one.institution.pk) == place)
    ]
    code = request.GET.get("code", "").strip()
    context = {
        "tab": "supplies",
        "first": first,
        "last": last,
        "kind": kind,
        "place": place,
        "lines": found.lines,
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "kinds": [
            (each.value, WORDS[each].title, n)
            for each in Kind
            if (n := sum(one.kind is each for one in found.findings))
        ],
        "all": len(found.findings),
        "code": code,
        "packages": received_by_code(request.actor, code) if code else [],
        "latest": deliveries(request.actor, first, last)[:10],
        "panels": _panels(request, {"logbook": COLD_CHAIN, "first": first, "last": last}),
        "may_keep": is_allowed(request.actor, "keep.stock"),
    }
    context["rows"] = [(one, WORDS[one.kind], _address(one)) for one in context["page"]]
    return TemplateResponse(request, "immunisation/oversight.html", context)


def _address(one: Finding) -> str:
    """Where a finding is put right; "" where this page does it."""
    if one.kind in (Kind.CODE_UNKNOWN, Kind.CODE_TWICE) and one.about:
        return reverse("work:record_detail", args=[one.about])
    if one.kind is Kind.UNCOVERED:
        return reverse("stock:gaps")
    if one.kind is Kind.SYRINGES:
        return reverse("stock:consumption")
    if one.kind in (Kind.COUNTED, Kind.EXPIRED, Kind.ARRIVED_SHORT):
        return f"{reverse('stock:ledger', args=[one.goods])}?institution={one.institution.pk}"
    if one.kind is Kind.UNTRACED:
        return f"{reverse('stock:goods')}?institution={one.institution.pk}"
    return ""


def _explained(request: ActorRequest) -> HttpResponse:
    try:
        explain_delivery(
            delivery=UUID(request.POST["delivery"]),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except (KeyError, ValueError):
        messages.error(request, _("Nothing was chosen."))
    except BadInput as refusal:
        messages.error(request, refusal.problems[0].message.in_language(get_language() or ""))
    else:
        messages.success(request, _("The difference is explained."))
    return HttpResponseRedirect(reverse("immunisation:oversight"))


def _panels(request: ActorRequest, context: dict[str, Any]) -> list[tuple[Any, str]]:
    """What other parts have to say here: the cold chain's logbook."""
    drawn = []
    for panel in panels("vaccine_oversight"):
        if panel.permission is None or is_allowed(request.actor, panel.permission):
            loaded = panel.load(request, context)
            if loaded is not None:
                drawn.append(
                    (panel, render_to_string(panel.template, {**context, **loaded}, request=request))
                )
    return drawn


# ---------------------------------------------------------------- receiving


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DeliveryForm(forms.Form):
    """What the delivery note says, how warm it was on the way, and the codes."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label=gettext_lazy("Received at"))
    goods = forms.ChoiceField(label=gettext_lazy("Vaccine"))
    batch = forms.CharField(label=gettext_lazy("Batch"), max_length=40)
    expires_on = forms.DateField(label=gettext_lazy("Expires on"), widget=DayInput())
    source = forms.CharField(label=gettext_lazy("Came from"), max_length=120, required=False)
    document = forms.CharField(label=gettext_lazy("Delivery note"), max_length=60)
    noted = forms.IntegerField(label=gettext_lazy("Doses by the delivery note"), min_value=1)
    temperature = forms.DecimalField(
        label=gettext_lazy("Temperature on arrival, ℃"),
        max_digits=4,
        decimal_places=1,
        help_text=gettext_lazy(
            "From the recorder that came with it. Outside 2–8 ℃ (oral polio: −15 ℃ or below) it is refused."
        ),
    )
    doses_a_code = forms.IntegerField(
        label=gettext_lazy("Doses in one package"), min_value=1, max_value=1000, initial=1
    )
    codes = forms.CharField(
        label=gettext_lazy("Supervision codes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Put the cursor here and scan: one code a line, one for each package."),
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput(), initial=china_today)

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        self.fields["institution"].queryset = stock.keepers(by)
        self.fields["goods"].choices = [
            (id, one.title.in_language(language))
            for id, one in goods_by_id().items()
            if id.startswith(PREFIX)
        ]


@page("keep.stock")
def receive(request: ActorRequest) -> HttpResponse:
    """The form of one delivery."""
    form = DeliveryForm(
        request.actor, request.POST or None, initial={"institution": request.actor.institution_id}
    )
    if request.method == "POST" and form.is_valid() and _received(request, form):
        return HttpResponseRedirect(reverse("immunisation:oversight"))
    context = {"form": form, "tab": "supplies"}
    return TemplateResponse(request, "immunisation/receive.html", context, status=422 if form.errors else 200)


def _received(request: ActorRequest, form: DeliveryForm) -> bool:
    given = dict(form.cleaned_data)
    given["institution"] = given["institution"].pk
    try:
        made = receive_delivery(**given, by=request.actor, now=timezone.now())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        problems = refusal.problems if isinstance(refusal, BadInput) else ()
        for where, message in [(one.field, one.message) for one in problems] or [
            (refusal.where, refusal.message)
        ]:
            form.add_error(where if where in form.fields else None, message.in_language(get_language() or ""))
        return False
    if not made.accepted:
        messages.warning(
            request, _("Refused because of its temperature: written down, and not taken into the stock.")
        )
    elif made.difference:
        messages.warning(
            request,
            _("Received %(scanned)d doses; the note says %(noted)d. Explain the difference below.")
            % {"scanned": made.scanned, "noted": made.noted},
        )
    else:
        messages.success(request, _("Received %(scanned)d doses.") % {"scanned": made.scanned})
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

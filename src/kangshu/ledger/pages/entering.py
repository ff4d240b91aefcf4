"""Entering money by hand: an allotment, a grant, a payment without a record, a refund, a reversal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare.fund import Fund
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Refusal
from kangshu.ledger import actions, refusals
from kangshu.ledger.models import Posting
from kangshu.ledger.pages.funds import year_of
from kangshu.places.models import Institution

TITLES = {
    "receive": (gettext_lazy("Money received"), gettext_lazy("From which source the money arrived.")),
    "spend": (
        gettext_lazy("Payment"),
        gettext_lazy("Only what no service record pays: records post by themselves."),
    ),
    "refund": (gettext_lazy("Paid back"), gettext_lazy("Money that comes back to the fund.")),
}


class _Money(forms.Form):
    """Fields of all of them; each keeps its own."""

    source = forms.ChoiceField(label=gettext_lazy("Source"))
    institution = forms.ModelChoiceField(Institution.objects.none(), label=gettext_lazy("Institution"))
    amount = forms.DecimalField(
        label=gettext_lazy("Amount (yuan)"), max_digits=14, decimal_places=2, min_value=0
    )
    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=china_today,
    )
    document = forms.CharField(label=gettext_lazy("Paper or voucher number"), max_length=120, required=False)
    memo = forms.CharField(label=gettext_lazy("What for"), max_length=300)

    def __init__(self, fund: Fund, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = {"receive": ("institution", "memo"), "spend": ("source",), "refund": ("source", "document")}
        for name in gone[kind]:
            del self.fields[name]
        language = get_language() or ""
        if "source" in self.fields:
            self.fields["source"].choices = [
                (one.code, one.title.in_language(language)) for one in fund.sources
            ]
        if "institution" in self.fields:
            self.fields["institution"].queryset = Institution.objects.filter(valid_to=None).order_by("path")


class _Allotment(forms.Form):
    """A line for each source, and the total that the document says."""

    document = forms.CharField(label=gettext_lazy("Paper or voucher number"), max_length=120)
    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=china_today,
    )
    total = forms.DecimalField(
        label=gettext_lazy("Total, as the document says (yuan)"),
        max_digits=14,
        decimal_places=2,
        help_text=gettext_lazy("It must be the sum of the sources."),
    )

    def __init__(self, fund: Fund, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        for source in fund.sources:
            self.fields[f"part_{source.code}"] = forms.DecimalField(
                label=source.title.in_language(language), max_digits=14, decimal_places=2, required=False
            )
        self.order_fields([*(f"part_{one.code}" for one in fund.sources), "total", "document", "on"])


@page("keep.fund")
def allot(request: ActorRequest, fund_id: str) -> HttpResponse:
    """What a document allots for a year, by source."""
    known, year = actions.known_fund(fund_id), year_of(request)
    form = _Allotment(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        parts = {one.code: given[f"part_{one.code}"] or Decimal(0) for one in known.sources}
        done = _tried(
            form,
            lambda: actions.allot(
                fund=known.id,
                year=year,
                parts=parts,
                total=given["total"],
                on=given["on"],
                document=given["document"],
                by=request.actor,
                now=timezone.now(),
            ),
        )
        if done:
            return _back(request, known, year)
    context = {"fund": known, "year": year, "form": form, "title": _("Allotment"), "hint": ""}
    return TemplateResponse(request, "ledger/enter.html", context, status=422 if form.errors else 200)


@page("keep.fund")
def enter(request: ActorRequest, fund_id: str, kind: str) -> HttpResponse:
    """Money received, paid by hand, or paid back."""
    known, year = actions.known_fund(fund_id), year_of(request)
    if kind not in TITLES:
        raise refusals.FundNotFound
    initial = {"institution": request.actor.institution_id}
    form = _Money(known, kind, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        if "institution" in given:
            given["institution"] = given["institution"].pk
        if kind == "receive":
            given["year"] = year
        act = {"receive": actions.receive, "spend": actions.spend, "refund": actions.refund}[kind]
        if _tried(form, lambda: act(fund=known.id, by=request.actor, now=timezone.now(), **given)):
            return _back(request, known, year)
    title, hint = TITLES[kind]
    context = {"fund": known, "year": year, "form": form, "title": title, "hint": hint}
    return TemplateResponse(request, "ledger/enter.html", context, status=422 if form.errors else 200)


class _Reason(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@page("keep.fund")
def reverse_posting(request: ActorRequest, fund_id: str, posting_id: UUID) -> HttpResponse:
    """Take a wrong posting back by its opposite."""
    known, year = actions.known_fund(fund_id), year_of(request)
    row = Posting.objects.filter(pk=posting_id, fund=known.id).first()
    if row is None:
        raise refusals.PostingNotFound
    form = _Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"posting": row.pk, "reason": form.cleaned_data["reason"], "on": china_today()}
        if _tried(form, lambda: actions.reverse(by=request.actor, now=timezone.now(), **given)):
            return _back(request, known, row.year)
    hint = f"{row.get_kind_display()} {row.amount:,.2f}"
    context = {"fund": known, "year": year, "form": form, "title": _("Reverse"), "hint": hint}
    return TemplateResponse(request, "ledger/enter.html", context, status=422 if form.errors else 200)


def _tried(form: forms.Form, act: Any) -> Any:
    """The act's result; None with the refusal at its field of the form."""
    language = get_language() or ""
    try:
        return act()
    except (NotAllowed, NotFound):
        raise
    except BadInput as refusal:
        for problem in refusal.problems:
            where = problem.field if problem.field in form.fields else None
            form.add_error(where, problem.message.in_language(language))
    except Refusal as refusal:
        where = refusal.where if refusal.where in form.fields else None
        form.add_error(where, refusal.message.in_language(language))
    return None


def _back(request: ActorRequest, known: Fund, year: int) -> HttpResponse:
    messages.success(request, _("Written into the books."))
    return HttpResponseRedirect(f"{reverse('ledger:fund', args=[known.id])}?year={year}")

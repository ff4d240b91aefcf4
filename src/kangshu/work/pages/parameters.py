"""The numbers that a county may set, each from a day on: `work:parameters`, `work:parameter`."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput
from kangshu.work import parameter_history
from kangshu.work.parameter_history import Held, Standing
from kangshu.work.parameters import set_parameter

STANDINGS = {
    Standing.IN_FORCE: ("good", pgettext_lazy("parameter", "in force")),
    Standing.COMING: ("info", pgettext_lazy("parameter", "coming")),
    Standing.PAST: ("quiet", pgettext_lazy("parameter", "past")),
    Standing.REPLACED: ("quiet", pgettext_lazy("parameter", "replaced")),
    Standing.UNUSED: ("quiet", pgettext_lazy("parameter", "the county's own holds")),
}


class ParameterForm(forms.Form):
    value = forms.DecimalField(
        label=gettext_lazy("New value"),
        max_digits=12,
        decimal_places=4,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )
    from_on = forms.DateField(
        label=gettext_lazy("From which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=gettext_lazy("On what is it based?"), max_length=400)


@page("read.indicator", methods=("GET", "HEAD"))
def parameters(request: ActorRequest) -> HttpResponse:
    """Every parameter with the value of today; the county's own first."""
    held = parameter_history.all_held(china_today())
    context = {
        "own": [one for one in held if one.parameter.local],
        "national": [one for one in held if not one.parameter.local],
    }
    return TemplateResponse(request, "work/parameters.html", context)


@page("read.indicator")
def parameter(request: ActorRequest, id: str) -> HttpResponse:
    """One parameter: its history, what asks for it, and where it may be set, the form."""
    today = china_today()
    held = parameter_history.held(id, today)
    may_set = held.parameter.local and is_allowed(request.actor, "edit.parameters")
    form = ParameterForm(request.POST or None, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            set_parameter(id=id, **form.cleaned_data, by=request.actor, now=timezone.now())
        except BadInput as refusal:
            for problem in refusal.problems:
                field = problem.field if problem.field in form.fields else None
                form.add_error(field, problem.message.in_language(get_language() or ""))
        else:
            messages.success(
                request, _("Set. It holds from %(day)s.") % {"day": form.cleaned_data["from_on"]}
            )
            return HttpResponseRedirect(reverse("work:parameter", args=[id]))
    context = {
        "held": held,
        "lines": [(line, *STANDINGS[line.standing]) for line in held.lines],
        "form": form,
        "may_set": may_set,
        "asking": parameter_history.indicators_asking(id),
        "decides": _decides(held),
        "today": today,
    }
    return TemplateResponse(request, "work/parameter.html", context)


def _decides(held: Held) -> bool:
    """Whether the programme has a rule or a schedule that may ask for it, so that plans depend on it."""
    capability = held.capability
    return bool(capability.schedule.steps) or any(form.rule for form in capability.forms)

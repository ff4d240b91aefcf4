"""The population of one region in one year, typed band by band; each saving is a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kangshu.access import entry
from kangshu.access.request import ActorRequest
from kangshu.kernel.errors import Refusal
from kangshu.places import actions
from kangshu.places.actions.populations import Band
from kangshu.places.errors import unknown_place
from kangshu.places.models import Population, Region
from kangshu.places.pages.acts import show
from kangshu.places.pages.forms import PopulationForm

# The ages of the national programmes lie on these borders: 0–6, 18, 35, 65, and fives from 35.
BANDS: tuple[tuple[int, int | None], ...] = (
    (0, 0),
    (1, 3),
    (4, 6),
    (7, 17),
    (18, 34),
    *((age, age + 4) for age in range(35, 85, 5)),
    (85, None),
)


@entry.page("edit.places")
def population(request: ActorRequest, code: str, year: int) -> HttpResponse:
    region = Region.objects.filter(code=code).first()
    if region is None or not 1950 <= year <= 2200:
        raise unknown_place(code)
    stored = Population.objects.filter(region=region, year=year)
    version = stored.aggregate(latest=Max("version"))["latest"]
    form = PopulationForm(request.POST or None, bands=BANDS, initial=_initial(stored, version))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_population(
                region=code,
                year=year,
                bands=_bands(form.cleaned_data),
                source=form.cleaned_data["source"],
                by=request.actor,
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("places:region", args=[code]))
    rows = [
        (low, high, form[f"count_1_{number}"], form[f"count_2_{number}"])
        for number, (low, high) in enumerate(BANDS)
    ]
    context = {"region": region, "year": year, "version": version, "form": form, "rows": rows}
    return TemplateResponse(request, "places/population.html", context)


def _initial(stored: Any, version: int | None) -> dict[str, Any]:
    """The latest counts, where their bands are those of the form."""
    numbers = {low: number for number, (low, _high) in enumerate(BANDS)}
    initial: dict[str, Any] = {}
    for row in stored.filter(version=version) if version else ():
        if row.age_from in numbers and row.sex in ("1", "2"):
            initial[f"count_{row.sex}_{numbers[row.age_from]}"] = row.count
            initial["source"] = row.source
    return initial


def _bands(typed: dict[str, Any]) -> list[Band]:
    return [
        Band(sex, low, high, typed[f"count_{sex}_{number}"])
        for sex in ("1", "2")
        for number, (low, high) in enumerate(BANDS)
    ]

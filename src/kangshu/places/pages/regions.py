"""The tree of regions, one region with its history, population and what can be done to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kangshu.access import entry
from kangshu.access.request import ActorRequest
from kangshu.kernel.dates import china_today
from kangshu.places import actions, queries
from kangshu.places.errors import UnknownPopulation, unknown_place
from kangshu.places.models import Region, RegionChange
from kangshu.places.pages.acts import Act, offer
from kangshu.places.pages.forms import NewRegionForm, RecodeForm, RegionMergeForm, RegionSplitForm, RenameForm


@entry.page("edit.places", methods=("GET", "HEAD"))
def regions(request: ActorRequest) -> HttpResponse:
    """Goes to the county: the lowest region that has all others below it or above it."""
    county = Region.objects.filter(queries.valid_on(china_today()), level=Region.Level.COUNTY).first()
    if county is None:
        return TemplateResponse(request, "places/no_regions.html", {})
    return HttpResponseRedirect(reverse("places:region", args=[county.code]))


@entry.page("edit.places")
def region(request: ActorRequest, code: str) -> HttpResponse:
    """One region; a POST carries `do`, the name of the act."""
    row = Region.objects.select_related("parent").filter(code=code).first()
    if row is None:
        raise unknown_place(code)
    shown = offer(request, _acts(row), reverse("places:region", args=[row.code]))
    if isinstance(shown, HttpResponseRedirect):
        return shown
    today = china_today()
    changes = RegionChange.objects.filter(Q(from_region=row) | Q(to_region=row))
    context = {
        "region": row,
        "children": row.children.filter(queries.valid_on(today)).order_by("code"),
        "institutions": row.institutions.filter(queries.valid_on(today)).order_by("path"),
        "changes": changes.select_related("from_region", "to_region").order_by("-on", "-id"),
        "population": [(year, _population(row.code, year)) for year in range(today.year, today.year - 4, -1)],
        "successors": [] if row.valid_to is None else queries.successors(row.code, today),
        "acts": shown if row.valid_to is None else [],
    }
    return TemplateResponse(request, "places/region.html", context)


def _population(code: str, year: int) -> int | None:
    try:
        return queries.population(code, year)
    except UnknownPopulation:
        return None


def _acts(row: Region) -> list[Act]:
    def form_of(kind: type[forms.Form], **known: Any) -> Any:
        return lambda posted: kind(posted, prefix=kind.__name__, **known)

    acts = [
        Act(
            "rename",
            _("Rename"),
            _("Rename"),
            form_of(RenameForm),
            lambda typed, by: actions.rename_region(code=row.code, **typed, by=by),
            "edit.places",
            _("Reports about earlier days keep the old name."),
        ),
        Act(
            "split",
            _("Split"),
            _("Split"),
            form_of(RegionSplitForm),
            lambda typed, by: actions.split_region(
                code=row.code,
                into=_parts(typed),
                keep=typed["keep"],
                on=typed["on"],
                reason=typed["reason"],
                by=by,
            ),
            "edit.places",
            _("Residents stay where they are registered until they are moved."),
        ),
        Act(
            "recode",
            _("Give a new code"),
            _("Give the code"),
            form_of(RecodeForm),
            lambda typed, by: actions.recode_region(code=row.code, **typed, by=by, now=timezone.now()),
            "edit.places",
        ),
        Act(
            "merge",
            _("Merge into a neighbour"),
            _("Merge"),
            form_of(RegionMergeForm, region=row),
            lambda typed, by: actions.merge_regions(
                codes=[row.code],
                into=typed["into"].pk,
                on=typed["on"],
                reason=typed["reason"],
                by=by,
                now=timezone.now(),
            ),
            "edit.places",
            _("This region ends the day before; what lies below it goes over."),
            danger=True,
        ),
    ]
    if row.level < Region.Level.VILLAGE:
        add = Act(
            "add",
            _("Add a region below"),
            _("Add"),
            form_of(NewRegionForm),
            lambda typed, by: actions.open_region(**typed, parent=row.code, by=by),
            "edit.places",
        )
        acts.insert(0, add)
    return acts


def _parts(typed: dict[str, Any]) -> list[tuple[str, str]]:
    """The new regions that were filled in, as (code, name)."""
    given = [(typed[f"{which}_code"], typed[f"{which}_name"]) for which in ("first", "second")]
    return [(code, name) for code, name in given if code or name]

"""The tree of institutions, a new one, and one institution with staff, history and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kangshu.access import entry
from kangshu.access.request import ActorRequest
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.kernel.permission import is_allowed
from kangshu.places import actions, queries
from kangshu.places.errors import unknown_place
from kangshu.places.models import Institution, Staff
from kangshu.places.pages.acts import Act, offer, show
from kangshu.places.pages.forms import (
    CloseForm,
    EmployForm,
    InstitutionForm,
    MergeForm,
    MoveForm,
    NewInstitutionForm,
    RenameForm,
    SplitForm,
)
from kangshu.places.scope import is_within, path_range

PER_PAGE = 100
_INDENTS = (0, 3, 4, 5)  # steps of padding by depth in the tree


@entry.page("edit.staff", methods=("GET", "HEAD"))
def institutions(request: ActorRequest) -> HttpResponse:
    """The institutions under the reader's own, in the order of the tree."""
    actor: Actor = request.actor
    filters = {name: request.GET.get(name, "").strip() for name in ("text", "kind", "closed")}
    low, high = path_range(actor.scope_path)
    rows = Institution.objects.filter(path__gte=low, path__lt=high).select_related("region").order_by("path")
    if not filters["closed"]:
        rows = rows.filter(queries.valid_on(china_today()))
    if filters["kind"]:
        rows = rows.filter(kind=filters["kind"])
    if filters["text"]:
        rows = rows.filter(Q(name__contains=filters["text"]) | Q(code__startswith=filters["text"]))
    rows = rows.annotate(working=Count("staff", filter=Q(staff__to_on__isnull=True)))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    top = actor.scope_path.count(".")
    context = {
        "page": page,
        "rows": [(row, _INDENTS[min(row.path.count(".") - top, 3)]) for row in page.object_list],
        "filters": filters,
        "kinds": Institution.Kind.choices,
        "may_open": is_allowed(actor, "edit.places"),
    }
    return TemplateResponse(request, "places/institutions.html", context)


@entry.page("edit.places")
def new_institution(request: ActorRequest) -> HttpResponse:
    form = NewInstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.open_institution(
                **{
                    name: typed[name] for name in ("name", "code", "kind", "region", "address", "phone", "on")
                },
                parent=typed["parent"].pk,
                by=request.actor,
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("places:institution", args=[made.pk]))
    return TemplateResponse(request, "places/new_institution.html", {"form": form})


@entry.page("edit.staff")
def institution(request: ActorRequest, institution_id: UUID) -> HttpResponse:
    """One institution; a POST carries `do`, the name of the act."""
    actor: Actor = request.actor
    row = Institution.objects.select_related("region", "parent").filter(pk=institution_id).first()
    if row is None or not is_within(row.path, actor.scope_path):
        raise unknown_place(institution_id)
    shown = offer(request, _acts(row), reverse("places:institution", args=[row.pk]))
    if isinstance(shown, HttpResponseRedirect):
        return shown
    context = {
        "institution": row,
        "parent": row.parent if row.parent and is_within(row.parent.path, actor.scope_path) else None,
        "below": row.children.filter(valid_to__isnull=True).order_by("path"),
        "staff": Staff.objects.filter(institution=row).order_by("to_on", "name_pinyin"),
        "changes": row.changes.select_related("other").order_by("-on", "-id"),
        "others": row.changes_of_others.select_related("institution").order_by("-on", "-id"),
        "acts": shown if row.valid_to is None else [],
        "may_see_regions": is_allowed(actor, "edit.places"),
    }
    return TemplateResponse(request, "places/institution.html", context)


def _acts(row: Institution) -> list[Act]:
    def form_of(kind: type[forms.Form]) -> Any:
        return lambda posted: kind(posted, prefix=kind.__name__)

    def details(posted: Mapping[str, Any] | None) -> forms.Form:
        known = {name: getattr(row, name) for name in ("code", "kind", "region_id", "address", "phone")}
        return InstitutionForm(posted, initial=known, prefix="InstitutionForm")

    return [
        Act(
            "employ",
            gettext_lazy("Add a member of staff"),
            gettext_lazy("Add"),
            form_of(EmployForm),
            lambda typed, by: actions.employ(**typed, institution=row.pk, by=by),
            "edit.staff",
        ),
        Act(
            "change",
            gettext_lazy("Correct the details"),
            gettext_lazy("Save"),
            details,
            lambda typed, by: actions.change_institution(institution=row.pk, details=typed, by=by),
            "edit.places",
        ),
        Act(
            "rename",
            gettext_lazy("Rename"),
            gettext_lazy("Rename"),
            form_of(RenameForm),
            lambda typed, by: actions.rename_institution(institution=row.pk, **typed, by=by),
            "edit.places",
            gettext_lazy("Reports about earlier days keep the old name."),
        ),
        Act(
            "move",
            gettext_lazy("Put under another institution"),
            gettext_lazy("Move"),
            form_of(MoveForm),
            lambda typed, by: actions.move_institution(
                institution=row.pk, **_keys(typed, "parent"), by=by, now=timezone.now()
            ),
            "edit.places",
            gettext_lazy("Those above see its residents from now on; those above it before no longer do."),
        ),
        Act(
            "split",
            gettext_lazy("Split off a new institution"),
            gettext_lazy("Split off"),
            form_of(SplitForm),
            lambda typed, by: actions.split_institution(institution=row.pk, **typed, by=by),
            "edit.places",
            gettext_lazy("Staff and residents stay here until they are moved."),
        ),
        Act(
            "merge",
            gettext_lazy("Merge into another institution"),
            gettext_lazy("Merge"),
            form_of(MergeForm),
            lambda typed, by: actions.merge_institutions(
                institution=row.pk, **_keys(typed, "into"), by=by, now=timezone.now()
            ),
            "edit.places",
            gettext_lazy(
                "Staff, institutions below and residents go over; this institution ends the day before."
            ),
            danger=True,
        ),
        Act(
            "close",
            pgettext_lazy("place", "Close"),
            gettext_lazy("Close the institution"),
            form_of(CloseForm),
            lambda typed, by: actions.close_institution(
                institution=row.pk, **typed, by=by, now=timezone.now()
            ),
            "edit.places",
            gettext_lazy("Only when nobody works there and nothing hangs under it."),
            danger=True,
        ),
    ]


def _keys(typed: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was typed, with the chosen rows given by their keys."""
    return {
        name: (value.pk if name in names and value is not None else value) for name, value in typed.items()
    }

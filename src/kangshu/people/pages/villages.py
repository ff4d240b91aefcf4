"""Choosing where somebody lives: the township first, then only its villages.

The list of villages is grouped by township, so it can be read without a script; the script narrows it at
once, and without one the button beside the township does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kangshu.places.models import Institution, Region

#: The name of the button that narrows without a script: the form is shown again and nothing is done.
NARROW = "narrow"
_TOWNSHIP_DIGITS = 9


def township_of(code: str) -> str:
    """The township's code of a village's or an institution's division code; "" above the township."""
    head = code[:_TOWNSHIP_DIGITS]
    return "" if head.endswith("000") else f"{head}000"


class InstitutionSelect(forms.Select):
    """Each option says in which township the institution stands, so that the villages can follow."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        instance = getattr(value, "instance", None)
        if instance is not None:
            option["attrs"]["data-township"] = township_of(instance.region_id)
        return option


class VillageFields(forms.Form):
    """The fields `institution`, `township` and `region` of a form; `township` only serves the choice."""

    institution = forms.ModelChoiceField(
        label=_("Responsible institution"), queryset=Institution.objects.none(), widget=InstitutionSelect
    )
    township = forms.ChoiceField(label=_("Township"), required=False)
    region = forms.ChoiceField(label=_("Village"))

    def __init__(
        self, *args: Any, institutions: Any, villages: Iterable[Region], only: str = "", **kwargs: Any
    ) -> None:
        """`villages` carry their parent and come in the order of their codes; `only`: a township's code."""
        super().__init__(*args, **kwargs)
        groups = [
            (town, list(members)) for town, members in groupby(villages, lambda village: village.parent)
        ]
        self.fields["institution"].queryset = institutions
        self.fields["township"].choices = [("", _("all")), *((town.code, town.name) for town, _v in groups)]
        self.fields["township"].widget.attrs["data-narrows"] = self["region"].auto_id
        self.fields["institution"].widget.attrs["data-leads"] = self["township"].auto_id
        if len(groups) == 1:
            self.fields["township"].widget = forms.HiddenInput()
        shown = [group for group in groups if group[0].code == only] or groups
        self.fields["region"].choices = [("", "—"), *_grouped(shown)]


def place_form(form_class: type[VillageFields], request: HttpRequest, **options: Any) -> Any:
    """The form of a page: bound when it was sent to be saved; when it was sent only to be narrowed, with
    what was typed, fewer villages, and no complaint yet."""
    if request.method == "POST" and NARROW in request.POST:
        typed = request.POST.dict()
        return form_class(**options | {"initial": typed, "only": typed.get("township", "")})
    return form_class(request.POST or None, **options)


def _grouped(groups: Sequence[tuple[Region, list[Region]]]) -> list[Any]:
    named = [(town.name, [(village.code, village.name) for village in villages]) for town, villages in groups]
    return named[0][1] if len(named) == 1 else named

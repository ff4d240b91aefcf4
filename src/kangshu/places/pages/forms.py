"""The forms of the places pages: what is typed, in which widget. Rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.kernel.dates import china_today
from kangshu.places.models import Institution, Region, Staff


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def open_institutions(path: str = "") -> QuerySet[Institution]:
    """Institutions in force, only those under a path if there is one, in the order of the tree."""
    found = Institution.objects.filter(valid_to__isnull=True).order_by("path")
    return found.filter(path__startswith=path) if path else found


class _FromDay(forms.Form):
    """Everything with a first day and a reason."""

    on = forms.DateField(label=_("In force from"), widget=DayInput(), initial=china_today)
    reason = forms.CharField(label=_("Reason or document"), max_length=200, required=False)


class RenameForm(_FromDay):
    name = forms.CharField(label=_("New name"), max_length=100)
    field_order = ("name", "on", "reason")


class NewInstitutionForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=100)
    code = forms.CharField(
        label=_("Institution code"), max_length=22, help_text=_("22 characters, or a local code")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Institution.Kind.choices)
    parent = forms.ModelChoiceField(Institution.objects.none(), label=_("Under"))
    region = forms.CharField(label=_("Region code"), max_length=12, help_text=_("twelve digits"))
    address = forms.CharField(label=pgettext_lazy("place", "Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    on = forms.DateField(label=_("Opened on"), widget=DayInput(), initial=china_today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = open_institutions()


class InstitutionForm(forms.Form):
    code = forms.CharField(label=_("Institution code"), max_length=22)
    kind = forms.ChoiceField(label=_("Kind"), choices=Institution.Kind.choices)
    region_id = forms.CharField(label=_("Region code"), max_length=12)
    address = forms.CharField(label=pgettext_lazy("place", "Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class MoveForm(_FromDay):
    parent = forms.ModelChoiceField(Institution.objects.none(), label=_("Under"))
    field_order = ("parent", "on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = open_institutions()


class MergeForm(_FromDay):
    into = forms.ModelChoiceField(Institution.objects.none(), label=_("Into"))
    field_order = ("into", "on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = open_institutions()


class SplitForm(_FromDay):
    name = forms.CharField(label=_("Name of the new institution"), max_length=100)
    code = forms.CharField(label=_("Institution code"), max_length=22)
    field_order = ("name", "code", "on", "reason")


class CloseForm(_FromDay):
    pass


class StaffForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=50)
    kind = forms.ChoiceField(label=_("Kind"), choices=Staff.Kind.choices)
    licence = forms.CharField(label=_("Licence number"), max_length=40, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class EmployForm(StaffForm):
    on = forms.DateField(label=_("First working day"), widget=DayInput(), initial=china_today)


class PostForm(forms.Form):
    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("To"))
    on = forms.DateField(label=_("First day there"), widget=DayInput(), initial=china_today)
    hand_over_to = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Hands over to"), required=False, empty_label=_("the institution")
    )

    def __init__(self, *args: Any, member: Staff, path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = open_institutions(path)
        self.fields["hand_over_to"].queryset = colleagues(member)


class LeaveForm(forms.Form):
    on = forms.DateField(label=_("Last working day"), widget=DayInput(), initial=china_today)
    to = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Hands over to"), required=False, empty_label=_("the institution")
    )
    reason = forms.CharField(label=_("Reason or document"), max_length=200, required=False)

    def __init__(self, *args: Any, member: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(member)


def colleagues(member: Staff) -> QuerySet[Staff]:
    """Who could take over: everybody at work in the same institution or directly above or below it."""
    place = member.institution
    near = Institution.objects.filter(pk__in=[place.pk, place.parent_id]) | Institution.objects.filter(
        parent_id__in=[pk for pk in (place.pk, place.parent_id) if pk]
    )
    at_work = Staff.objects.filter(to_on__isnull=True, institution__in=near.values("pk"))
    return at_work.exclude(pk=member.pk).order_by("name_pinyin")


class NewRegionForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=60)
    code = forms.CharField(label=_("Region code"), max_length=12, help_text=_("twelve digits"))
    on = forms.DateField(label=_("In force from"), widget=DayInput(), initial=china_today)


class RegionMergeForm(_FromDay):
    into = forms.ModelChoiceField(Region.objects.none(), label=_("Into"))
    field_order = ("into", "on", "reason")

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = Region.objects.filter(parent=region.parent_id, valid_to__isnull=True)
        self.fields["into"].queryset = beside.exclude(pk=region.pk)


class RegionSplitForm(_FromDay):
    first_code = forms.CharField(label=_("Region code"), max_length=12)
    first_name = forms.CharField(label=pgettext_lazy("place", "Name"), max_length=60)
    second_code = forms.CharField(label=_("Second region code"), max_length=12, required=False)
    second_name = forms.CharField(label=_("Second name"), max_length=60, required=False)
    keep = forms.BooleanField(label=_("The old region stays with the rest"), required=False)
    field_order = ("first_name", "first_code", "second_name", "second_code", "keep", "on", "reason")


class RecodeForm(_FromDay):
    new_code = forms.CharField(label=_("New region code"), max_length=12, help_text=_("twelve digits"))
    field_order = ("new_code", "on", "reason")


class WorkdayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DayInput())
    is_working = forms.TypedChoiceField(
        label=_("On that day the county"),
        choices=((True, _("works")), (False, _("does not work"))),
        coerce=lambda value: value == "True",
    )
    source = forms.CharField(label=_("Reason or document"), max_length=200)


class ClearWorkdayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DayInput())


class PopulationForm(forms.Form):
    """A count for each age band and sex; `bands` are (from, to or None)."""

    source = forms.CharField(label=_("Source"), max_length=200)

    def __init__(self, *args: Any, bands: tuple[tuple[int, int | None], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, _band in enumerate(bands):
            for sex in ("1", "2"):
                self.fields[f"count_{sex}_{number}"] = forms.IntegerField(
                    min_value=0,
                    max_value=9_999_999,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"}),
                )

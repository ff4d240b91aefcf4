"""The forms of the screens about people. They collect; `people.rules` and the actions decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kangshu.codes.lists import code_list
from kangshu.people.models import (
    AttachmentKind,
    BirthPrecision,
    DocumentKind,
    HouseholdRole,
    PersonStatus,
    RelationKind,
    ResidenceType,
    Sex,
    Undocumented,
)
from kangshu.people.pages.villages import VillageFields

_text = lazy(lambda text: text.in_language(get_language() or ""), str)


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, with the browser's own picker."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


def _ethnic_groups() -> list[tuple[str, Any]]:
    return [(code.code, _text(code.text)) for code in code_list("ethnic_group")]


class FactsForm(forms.Form):
    """What can be said of a person at registration and corrected later."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False, initial=Sex.UNKNOWN)
    birth_date = day_field(_("Birth date"), required=False)
    birth_precision = forms.ChoiceField(
        label=_("How exact is the birth date?"), choices=BirthPrecision.choices, required=False
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    ethnic_group = forms.ChoiceField(label=_("Ethnic group"), choices=_ethnic_groups, required=False)
    residence_type = forms.ChoiceField(
        label=_("Residence"), choices=ResidenceType.choices, required=False, initial=ResidenceType.HUKOU
    )
    contact_name = forms.CharField(label=_("Contact person"), max_length=50, required=False)
    contact_phone = forms.CharField(
        label=_("Contact's phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )


class RegisterForm(VillageFields, FactsForm):
    """A new resident: the identity number first, because it says half of the rest."""

    field_order = ("id_number", "document_kind", "undocumented", "name", "sex", "birth_date")
    person_id = forms.UUIDField(widget=forms.HiddenInput)
    mother = forms.UUIDField(widget=forms.HiddenInput, required=False)
    id_number = forms.CharField(
        label=_("Document number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "autofocus": True}
        ),
    )
    document_kind = forms.ChoiceField(
        label=_("Kind of document"), choices=DocumentKind.choices, initial=DocumentKind.RESIDENT_ID
    )
    undocumented = forms.ChoiceField(
        label=_("No document? Say why"), choices=Undocumented.choices, required=False
    )
    lives_here_since = day_field(_("Lives here since"), required=False)


class EditForm(FactsForm):
    reason = forms.CharField(label=_("Why is it changed?"), max_length=200, required=False)


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    id_number = forms.CharField(
        label=_("Document number"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class DeathForm(forms.Form):
    death_on = day_field(_("Day of death"))
    cause = forms.CharField(label=_("Cause of death"), max_length=200, required=False)


class MoveForm(VillageFields):
    address = forms.CharField(label=_("New address"), max_length=200, required=False)
    on = day_field(_("Day of the move"))
    reason = forms.CharField(label=_("Reason"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].label = _("New responsible institution")
        self.fields["region"].label = _("New village")


class AskTransferForm(VillageFields):
    """The receiving institution asks: who, by the card they show, and where they live now."""

    field_order = ("number", "name", "institution", "township", "region", "address", "moved_on", "reason")
    number = forms.CharField(
        label=_("ID number or record number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(label=_("New address"), max_length=200, required=False)
    moved_on = day_field(_("Lives here since"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=pgettext_lazy("request", "Answer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """What a resident says is wrong."""

    about = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
    record = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("What is wrong, and what is right?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )


class DayAndReasonForm(forms.Form):
    """A day and a few words: leaving, being lost, coming back."""

    on = day_field(_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(
        self, *args: Any, today: date | None = None, reason_label: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if today:
            self.fields["on"].initial = today
        if reason_label:
            self.fields["reason"].label = reason_label


class RelationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Relation"), choices=RelationKind.choices)
    other = forms.UUIDField(widget=forms.HiddenInput)


class HouseholdForm(forms.Form):
    role = forms.ChoiceField(label=_("Relation to the head"), choices=HouseholdRole.choices)
    other = forms.UUIDField(widget=forms.HiddenInput)


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of file"), choices=AttachmentKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"})
    )


class StatusFilter(forms.Form):
    status = forms.ChoiceField(choices=PersonStatus.choices)

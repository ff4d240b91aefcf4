"""The forms of the access pages: what is typed, in which widget. Rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kangshu.access.models import Account
from kangshu.access.roles import TITLES, Role
from kangshu.declare.registry import registry
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.places.models import Institution, Staff


def show(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal where it belongs on the form: at its field, or at the head."""
    language = get_language() or ""
    if isinstance(refusal, BadInput):
        for problem in refusal.problems:
            field = problem.field if problem.field in form.fields else None
            form.add_error(field, problem.message.in_language(language))
        return
    where = refusal.where if refusal.where in form.fields else None
    form.add_error(where, refusal.message.in_language(language))


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class RecoveryCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Six-digit code or recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class ResidentForm(forms.Form):
    number = forms.CharField(
        label=_("ID number or health record number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone on your health record"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_(
            "At least 8 characters, with three of: capital letters, small letters, digits, other characters."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("new") and typed.get("again") and typed["new"] != typed["again"]:
            self.add_error("again", _("The two new passwords differ."))
        return typed


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    acts_for = forms.ModelChoiceField(
        label=_("Act for"), queryset=Institution.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts_for"].queryset = institutions  # type: ignore[attr-defined]
        if len(institutions) < 2:
            del self.fields["acts_for"]


class AccountForm(forms.Form):
    """A new account, or with `existing` the part of it that may change."""

    username = forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    institution = forms.ModelChoiceField(label=_("Institution"), queryset=Institution.objects.none())
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    staff = forms.ModelChoiceField(
        label=_("Member of staff"),
        queryset=Staff.objects.none(),
        required=False,
        help_text=_("Records then name this person as the one who did the work."),
    )

    def __init__(self, *args: Any, institutions: Any, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Staff.objects.filter(institution__in=institutions, to_on__isnull=True).order_by("name_pinyin")
        self.fields["staff"].queryset = staff  # type: ignore[attr-defined]
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        if existing:
            for fixed in ("username", "institution", "language"):
                del self.fields[fixed]


class AssignmentForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    institution = forms.ModelChoiceField(label=_("Institution"), queryset=Institution.objects.none())
    # A browser's date field wants ISO, whatever the language of the page.
    from_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    to_on = forms.DateField(
        label=_("Until (included)"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, TITLES[role].in_language(language)) for role in Role if role is not Role.RESIDENT
        ]
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]


class CompartmentForm(forms.Form):
    compartment = forms.ChoiceField(label=_("Confidential programme"))
    reason = forms.CharField(label=_("Why the work needs it"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        titles: dict[str, list[str]] = {}
        for capability in registry.capabilities():
            if capability.confidentiality:
                title = capability.title.in_language(language)
                titles.setdefault(capability.confidentiality, []).append(title)
        self.fields["compartment"].choices = [  # type: ignore[attr-defined]
            (code, "、".join(names)) for code, names in sorted(titles.items())
        ]


class OutsideForm(forms.Form):
    number = forms.CharField(
        label=_("ID number or health record number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What is the emergency?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

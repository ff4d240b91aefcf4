"""The forms of the stock: what is typed, in which widget. Rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kangshu.declare.stock import Goods
from kangshu.declare.units import unit_in
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.places.models import Institution
from kangshu.stock import queries


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ActForm(forms.Form):
    """One act with some goods; the fields are those that the goods and the act have."""

    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"))
    receiver = forms.ModelChoiceField(Institution.objects.none(), label=_("Sent to"))
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1)
    numbers = forms.CharField(
        label=_("Numbers"), max_length=600, help_text=_("Such as P330001-P330050, P330060")
    )
    batch = forms.CharField(label=_("Batch"), max_length=40)
    expires_on = forms.DateField(label=_("Expires on"), widget=DayInput())
    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=china_today)
    source = forms.CharField(label=_("Came from"), max_length=120, required=False)
    to = forms.CharField(label=_("Given to"), max_length=120, required=False)
    document = forms.CharField(label=_("Delivery note"), max_length=60, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, goods: Goods, by: Actor, wanted: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unasked = {"numbers"} if not goods.is_numbered else {"quantity", "batch", "expires_on"}
        if not goods.is_batched:
            unasked |= {"batch", "expires_on"}
        for name in list(self.fields):
            if name in unasked or (name not in wanted and name not in _ALWAYS):
                del self.fields[name]
        self.fields["institution"].queryset = queries.keepers(by)
        if "receiver" in self.fields:
            self.fields["receiver"].queryset = Institution.objects.filter(valid_to=None).order_by("path")
        if "quantity" in self.fields:
            said = unit_in(goods.unit, get_language() or "")
            self.fields["quantity"].label = f"{self.fields['quantity'].label} ({said})"
        if "batch" in self.fields and "expires_on" not in wanted:
            self.fields["batch"].required = False
            self.fields["batch"].help_text = _("Left empty, what expires first is taken.")

    def show(self, refusal: Refusal) -> None:
        """Put a refusal at its field, or at the head."""
        language = get_language() or ""
        problems = refusal.problems if isinstance(refusal, BadInput) else ()
        for where, message in [(one.field, one.message) for one in problems] or [
            (refusal.where, refusal.message)
        ]:
            field = where if where in self.fields else None
            self.add_error(field, message.in_language(language))


_ALWAYS = ("institution", "on", "quantity", "numbers")

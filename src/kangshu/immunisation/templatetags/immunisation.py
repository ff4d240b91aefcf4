"""Doses in the page's language: `{{ dose|dose_name }}`, `{{ dose|dose_reason }}`, `{% dose_status %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.roles import is_allowed
from kangshu.declare.stock import goods_by_id
from kangshu.immunisation.forecast import DoseForecast, JudgedEntry, Status
from kangshu.immunisation.forecast.answer import STATUS_WORDS
from kangshu.immunisation.forecast.values import Reason
from kangshu.immunisation.forecast.wording import age_words, title
from kangshu.ui.templatetags.ui import status

register = template.Library()
TONES = {
    Status.DONE: "good",
    Status.DUE: "attention",
    Status.OVERDUE: "bad",
    Status.CONTRAINDICATED: "info",
}


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str) -> bool:
    """Whether the reader may do this; a tab that would only refuse is not drawn."""
    return is_allowed(context["request"].actor, permission)


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def say(reason: Reason) -> str:
    """A reason in the page's language."""
    return reason.en if _english() else reason.zh


@register.filter
def vaccine(code: str) -> str:
    return title(code).in_language(get_language() or "")


@register.filter
def dose_name(dose: DoseForecast) -> str:
    """A dose with its number, as people say it."""
    return _("%(vaccine)s, dose %(number)s") % {"vaccine": vaccine(dose.vaccine), "number": dose.dose}


@register.filter
def dose_reason(dose: DoseForecast) -> str:
    return _("; ").join(say(each) for each in (dose.why, *dose.notes))


@register.filter
def judged_reason(judged: JudgedEntry) -> str:
    return _("; ").join(say(each) for each in (judged.why, *judged.warnings))


@register.inclusion_tag("ui/status.html")
def dose_status(dose: DoseForecast) -> dict[str, Any]:
    """The status in words, with its colour."""
    return status(TONES.get(dose.status, "quiet"), STATUS_WORDS[dose.status])


@register.simple_tag
def age_in_months(months: int) -> str:
    years, rest = divmod(months, 12)
    if years >= 3 and rest:
        return _("%(years)s years") % {"years": years}
    return age_words(months).in_language(get_language() or "") if months else _("newborn")


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """The value of a key, or the key where there is none."""
    return mapping.get(key, key)


@register.filter
def vaccine_goods(id: str) -> str:
    """The name of vaccine or syringes in the stock; the id where nobody declares it any more."""
    known = goods_by_id().get(id)
    return id if known is None else known.title.in_language(get_language() or "")


@register.filter
def signed(number: int) -> str:
    """A difference with its sign."""
    return f"{number:+,}".replace("-", "−")

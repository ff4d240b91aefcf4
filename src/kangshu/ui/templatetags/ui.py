"""Page parts that every app's templates use: `{% load ui %}`. No domain words here."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kangshu.declare.units import unit_in

register = template.Library()

WEEKDAYS_ZH = "一二三四五六日"
STATUS_COLOURS = {"good": "green", "attention": "yellow", "bad": "red", "info": "azure", "quiet": "secondary"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A Tabler icon. Decoration unless it has a `label`, which a screen reader then says."""
    if label:
        return format_html('<i class="ti ti-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def url_or_none(name: str, *args: Any, **kwargs: Any) -> str | None:
    """The address of a named page, or None where this build has no such page."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return None


@register.filter
def words(value: Any) -> str:
    """A declared `Text(zh, en)` in the language of the page; anything else as it is."""
    if value is None:
        return ""
    if hasattr(value, "zh") and hasattr(value, "en"):
        english = (get_language() or "").startswith("en")
        return (value.en or value.zh) if english else (value.zh or value.en)
    return str(value)


@register.filter
def unit(value: str) -> str:
    """A declared unit in the language of the page: 人次 / services."""
    return unit_in(value or "", get_language() or "")


@register.filter
def unit_after(value: str) -> str:
    """A unit that stands right behind its number: 64.12%, 12人次, but 12 services."""
    said = unit(value)
    return f"\N{NO-BREAK SPACE}{said}" if said[:1].isascii() and said[:1].isalnum() else said


@register.filter
def day(value: date | None) -> str:
    """A date as people here write it: 2026-09-30 周三 / Wed 2026-09-30."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if (get_language() or "").startswith("en"):
        return f"{value:%a} {value:%Y-%m-%d}"
    return f"{value:%Y-%m-%d} 周{WEEKDAYS_ZH[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in the county's time, to the minute."""
    if value is None:
        return "—"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"


@register.filter
def percent(value: Decimal | float | None, places: int = 2) -> str:
    """A ratio (0.6412) as a percentage (64.12%); missing is a dash, never 0."""
    if value is None:
        return "—"
    return f"{Decimal(str(value)) * 100:.{int(places)}f}%"


@register.filter
def number(value: Any) -> str:
    """A count with thousands separated by a thin space-free comma; missing is a dash."""
    if value is None or value == "":
        return "—"
    return f"{value:,}"


@register.inclusion_tag("ui/status.html")
def status(colour: str, label: Any, icon_name: str = "") -> dict[str, Any]:
    """A coloured label; the words carry the meaning, the colour only repeats it.

    `colour`: good, attention, bad, info, quiet.
    """
    return {"colour": STATUS_COLOURS.get(colour, colour), "label": words(label), "icon_name": icon_name}


@register.inclusion_tag("ui/empty.html")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", icon_name: str = "inbox"
) -> dict:
    """What stands where a list would: why it is empty and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("ui/figure.html")
def big_figure(label: Any, value: Any, hint: Any = "", url: str = "", tone: str = "") -> dict[str, Any]:
    """One large number with its name and, in small, what it is out of."""
    return {"label": words(label), "value": value, "hint": words(hint), "url": url, "tone": tone}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One field of a Django form: label, control, help and its errors, tied together for screen readers."""
    kind = getattr(bound.field.widget, "input_type", "")
    control = "form-check-input" if kind == "checkbox" else "form-control"
    if kind in ("select", "selectmultiple") or bound.field.widget.__class__.__name__.startswith("Select"):
        control = "form-select"
    attributes = {"class": f"{control} is-invalid" if bound.errors else control}
    if bound.errors:
        attributes["aria-invalid"] = "true"
        attributes["aria-describedby"] = f"{bound.id_for_label}-errors"
    return {"bound": bound, "control": bound.as_widget(attrs=attributes), "kind": kind, "hint": hint}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """Everything wrong with a form, once at its head, each linked to its field."""
    return {"form": form, "problems": None}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    """Links to the pages of a `Page`; keeps the other parameters of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context.get("request")}

"""Page parts of the work: how late a window is, what a record came to, a tab of the due list."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kangshu.declare import registry
from kangshu.declare.registry import UnknownDeclaration
from kangshu.work.models import Due, Record
from kangshu.work.pages.drawing import shown
from kangshu.work.queries import Lateness
from kangshu.work.subject import META

register = template.Library()
# Four digits of days say nothing to anybody.
LATE_IN_YEARS = 730


@register.simple_tag
def lateness_label(row: Any) -> SafeString:
    """How late, in words; the colour only repeats it."""
    if row.lateness == Lateness.OVERDUE:
        if row.days >= LATE_IN_YEARS:
            years = row.days // 365
            words = ngettext("over %(years)d year late", "over %(years)d years late", years)
            return _badge("red", words % {"years": years})
        words = ngettext("%(days)d day late", "%(days)d days late", row.days) % {"days": row.days}
        return _badge("red", words)
    if row.lateness == Lateness.NOW:
        words = ngettext("%(days)d day left", "%(days)d days left", row.days) % {"days": row.days}
        return _badge("yellow", words if row.days else _("today is the last day"))
    return _badge("secondary", _("from %(day)s") % {"day": f"{row.due.opens_on:%m-%d}"})


def _badge(colour: str, words: str) -> SafeString:
    return format_html('<span class="badge bg-{}-lt status-label">{}</span>', colour, words)


@register.simple_tag
def step_title(due: Due) -> str:
    """What is to be done in a window, in the words of its schedule."""
    title = registry.capability(due.kind).schedule.step(due.step).title
    return title.in_language(get_language() or "")


@register.simple_tag
def record_outcome(record: Record) -> SafeString:
    """What an assessed record came to, in short: its first measured values (the pressure) and its class.

    A form that no rule assesses (a health check of two hundred answers) has no value that speaks for it.
    """
    try:
        form = registry.form(record.form_id, record.form_version)
    except UnknownDeclaration:
        return SafeString("")
    assessed = [f for f in form.fields if f.assessed and f.choices and f.name in record.answers][:1]
    measured = [f for f in form.fields if f.measured and f.name in record.answers][:2] if assessed else []
    values = [str(record.answers[f.name]) for f in measured]
    said = [shown(field, record.answers[field.name]).in_language(get_language() or "") for field in assessed]
    urgent = record.assessment.get(META, {}).get("urgent") if record.assessment else False
    refer = record.assessment.get(META, {}).get("refer") if record.assessment else False
    parts = SafeString("")
    if values:
        parts += format_html('<span class="tabular">{}</span> ', "/".join(values))
    if said:
        parts += _badge("red" if urgent else "orange" if refer else "secondary", said[0])
    return parts


@register.inclusion_tag("work/due_tab.html", takes_context=True)
def due_tab(context: template.Context, state: str, label: str, count: int, most: int) -> dict[str, Any]:
    """One of the tabs over the due list; it keeps the other filters."""
    query = context["request"].GET.copy()
    query["state"] = state
    query.pop("after", None)
    shown_count = f"{most}+" if count > most else str(count)
    chosen = context["wanted"].state == state
    return {
        "url": f"?{query.urlencode()}",
        "label": label,
        "count": shown_count,
        "chosen": chosen,
        "state": state,
    }

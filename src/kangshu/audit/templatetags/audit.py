"""Words of this app for templates: `{% load audit %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from kangshu.audit.words import act

register = template.Library()


@register.filter
def act_name(code: str) -> str:
    """An act's name in the language of the page."""
    return act(code).in_language(get_language() or "")

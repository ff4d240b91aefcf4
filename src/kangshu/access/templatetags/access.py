"""Words of this app for templates: `{% load access %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from kangshu.access.roles import TITLES, Role

register = template.Library()


@register.filter
def role_title(role: str) -> str:
    """A role's name in the language of the page; an unknown one as it is."""
    try:
        return TITLES[Role(role)].in_language(get_language() or "")
    except ValueError:
        return role

"""Filters of the audit's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from kangshu.summaries.audit.commenting import LEVELS
from kangshu.summaries.audit.values import Level
from kangshu.ui.templatetags.ui import words

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any], key: object) -> Any:
    """The value of a mapping at a key that is itself a value of the page."""
    return mapping.get(str(key), "")


@register.filter
def level_words(level: Level) -> str:
    """How sure a finding is, in the language of the page."""
    return str(words(LEVELS[level]))

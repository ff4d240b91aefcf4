"""Units as declared (in Chinese, or by their international sign) in the language of the reader."""

from __future__ import annotations

ENGLISH = {
    "次/分": "/min",
    "次/日": "times/day",
    "次/周": "times/week",
    "分钟/次": "min each time",
    "分钟": "min",
    "次": "times",
    "人": "people",
    "人次": "services",
    "支": "cigarettes",
    "两": "liang (50 mL)",
    "岁": "years of age",
    "年": "years",
    "分": "points",
}
"""What has no international sign."""


def unit_in(unit: str, language: str) -> str:
    """The unit for a language tag; one that is not in the table stays as it is."""
    return ENGLISH.get(unit, unit) if language.lower().startswith("en") else unit

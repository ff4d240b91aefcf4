"""Severe mental illness: about 4.6 in a thousand adults are registered; most are stable, a few are not."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, among, known_from

RECIPE = Recipe(
    capability="mental.severe",
    enrols=known_from(18, lambda age, sex: 0.0052, managed=0.9),
    answers={"mental.severe.follow_up": {"risk": among(_0=93, _1=4, _2=2, _3=1)}},
    kept=0.88,
    skipped=0.03,
)

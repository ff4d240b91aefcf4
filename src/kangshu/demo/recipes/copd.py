"""Chronic obstructive pulmonary disease: rare before 50, men more often; half of the known are enrolled."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, known_from

RECIPE = Recipe(
    capability="chronic.copd",
    enrols=known_from(
        40, lambda age, sex: min(0.004 * (age - 40), 0.09) * (0.45 if sex == "1" else 0.2), managed=0.5
    ),
    kept=0.8,
    skipped=0.06,
)

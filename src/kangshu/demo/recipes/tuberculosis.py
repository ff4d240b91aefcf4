"""Tuberculosis: some 45 new patients in 100,000 a year, each treated for six to eight months."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, of_this_year

RECIPE = Recipe(
    capability="tuberculosis.patients",
    enrols=of_this_year(12, 0.00055),
    kept=0.93,
    skipped=0.01,
)

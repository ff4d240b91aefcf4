"""TCM advice to the parents of small children at six ages; four in five come."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, newborn

RECIPE = Recipe(capability="tcm.children", enrols=newborn(36, 0.85), kept=0.78, skipped=0.14, at="centre")

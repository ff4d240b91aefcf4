"""Newborn hearing: nearly every birth is tested, one in twelve is called to the second test."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, among, newborn, several

EARS = {"left": among(_1=94, _2=6), "right": among(_1=94, _2=6)}

RECIPE = Recipe(
    capability="screening.newborn_hearing",
    enrols=newborn(3, 0.97),
    answers={
        "screening.newborn_hearing.first": {**EARS, "risks": several("9", _6=0.02, _8=0.01)},
        "screening.newborn_hearing.second": {"left": among(_1=85, _2=15), "right": among(_1=85, _2=15)},
        "screening.newborn_hearing.diagnosis": {"result": among(_1=70, _2=15, _3=10, _4=5)},
    },
    kept=0.85,
    skipped=0.08,
    at="centre",
)

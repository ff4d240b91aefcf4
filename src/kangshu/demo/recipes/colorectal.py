"""Colorectal screening: one in ten of 45 to 74, one in eight positive, three in five of them go on."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, among, known_from, several

RECIPE = Recipe(
    capability="screening.colorectal",
    enrols=known_from(45, lambda age, sex: 0.1, until=74, managed=1.0),
    answers={
        "screening.colorectal.screening": {
            "risks": several("9", _1=0.04, _5=0.03, _4=0.04),
            "smoking": among(_1=70, _2=30),
            "fit_1": among(_1=94, _2=6),
            "fit_2": among(_1=95, _2=5),
        },
        "screening.colorectal.colonoscopy": {
            "done": among(_1=80, _2=12, _3=8),
            "finding": among(_1=70, _2=15, _3=13, _4=2),
        },
    },
    first_form="screening.colorectal.screening",
    kept=0.5,
    skipped=0.38,
    at="centre",
)

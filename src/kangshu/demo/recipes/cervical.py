"""Cervical screening: one woman in eight of 35 to 64, one in ten with a high-risk type."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, among, known_from, several

RECIPE = Recipe(
    capability="screening.cervical",
    enrols=known_from(35, lambda age, sex: 0.12 if sex == "2" else 0.0, until=64, managed=1.0),
    answers={
        "screening.cervical.screening": {
            "eye": among(_1=80, _2=20),
            "hpv": several("0", _16=0.02, _52=0.04, _58=0.03),
        },
        "screening.cervical.triage": {"tbs": among(_1=78, _2=14, _4=6, _5=2)},
        "screening.cervical.colposcopy": {
            "done": among(_1=85, _2=15),
            "impression": among(_1=45, _2=35, _3=20),
        },
        "screening.cervical.pathology": {"result": among(_1=45, _2=35, _3=12, _4=6, _8=2)},
    },
    first_form="screening.cervical.screening",
    kept=0.6,
    skipped=0.28,
    at="centre",
)

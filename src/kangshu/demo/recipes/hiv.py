"""HIV: about three adults in ten thousand; nearly all treated, most of the treated suppressed."""

from __future__ import annotations

from collections.abc import Callable

from kangshu.demo.recipes import Recipe, Sitting, always, among, known_from, one_of, several


def by_turns(*codes: str) -> Callable[[Sitting], str]:
    """CD4 and viral load one after the other."""
    return lambda sitting: codes[sitting.number % len(codes)]


WELL = several("0", _1=0.01, _4=0.01)
RECIPE = Recipe(
    capability="hiv.care",
    enrols=known_from(18, lambda age, sex: 0.0016 if sex == "1" else 0.0008, managed=0.9),
    answers={
        "hiv.first_visit": {
            "result": among(_1=97, _2=3),
            "told": always(True),
            "tb_symptoms": several("0", _1=0.02),
        },
        "hiv.treatment": {"change": always("1")},
        "hiv.follow_up": {
            "result": among(_1=96, _2=4),
            "symptoms": WELL,
            "tb_symptoms": several("0", _1=0.02),
            "treated": among(_1=94, _2=4, _3=2),
            "missed_doses": one_of(0, 0, 0, 0, 0, 1, 1, 4),
        },
        "hiv.laboratory": {
            "test": by_turns("1", "2"),
            "viral_load": one_of(0, 0, 0, 0, 0, 0, 0, 35, 240, 5600),
        },
    },
    kept=0.9,
    skipped=0.02,
    at="centre",
)

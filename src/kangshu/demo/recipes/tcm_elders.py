"""The constitution of elders in 33 items: most of them balanced, with a leaning of their own."""

from __future__ import annotations

from kangshu.demo.recipes import How, Recipe, Sitting, around, everybody_from, several, steady

_BODY = (9, 28)  # decided by what is measured
_DEFICIENT = tuple(range(2, 14))


def _item(place: int) -> How:
    """Mostly "not at all" or "rarely"; the weak feel the items of weakness more often."""

    def answer(sitting: Sitting) -> str:
        if "weak" not in sitting.own:
            sitting.own["weak"] = sitting.random.random() < 0.35
        if place == 1:  # energetic: a good sign
            return sitting.random.choices("12345", (2, 5, 15, 38, 40))[0]
        if sitting.own["weak"] and place in _DEFICIENT:
            return sitting.random.choices("12345", (10, 25, 38, 20, 7))[0]
        return sitting.random.choices("12345", (52, 31, 12, 4, 1))[0]

    return answer


RECIPE = Recipe(
    capability="tcm.elders",
    enrols=everybody_from(65, 0.7),
    answers={
        "tcm.elders.constitution": {
            "height": steady("height", around(159, 7, least=138, greatest=184, places=1)),
            "weight": around(61, 9, least=38, greatest=100, places=1, own=0.97),
            "waist": around(84, 8, least=61, greatest=109, places=1, own=0.95),
            **{f"q{place}": _item(place) for place in range(1, 34) if place not in _BODY},
            "guidance": several("1", _1=0.5, _2=0.8, _3=0.6, _4=0.5, _5=0.2),
        }
    },
    kept=0.8,
    skipped=0.1,
    at="centre",
)

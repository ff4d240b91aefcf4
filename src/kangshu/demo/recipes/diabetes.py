"""Type 2 diabetes: one adult in nine, a third of them known; glucose over the target in two of five."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, Sitting, always, among, around, at_times, known_from, one_of, steady

FORM = "chronic.diabetes.follow_up"


def _glucose(sitting: Sitting) -> float:
    """A level of their own; one in three lies well above the target."""
    if "level" not in sitting.own:
        high = sitting.random.random() < 0.34
        sitting.own["level"] = sitting.random.gauss(8.6 if high else 6.3, 0.9 if high else 0.5)
    level: float = sitting.own["level"]
    return round(min(max(level + sitting.random.gauss(0, 0.6), 3.2), 21), 1)


RECIPE = Recipe(
    capability="chronic.diabetes",
    enrols=known_from(35, lambda age, sex: min(0.005 * (age - 30), 0.16) * 0.5),
    answers={
        FORM: {
            "mode": among(_1=55, _2=35, _3=10),
            "symptoms": one_of(["1"], ["1"], ["1"], ["2"], ["2", "4"], ["7"]),
            "sbp": around(134, 13, least=96, greatest=176, own=0.7),
            "dbp": around(79, 8, least=56, greatest=92, own=0.7),
            "height": steady("height", around(162, 7, least=142, greatest=186, places=1)),
            "weight": around(66, 10, least=41, greatest=105, places=1, own=0.97),
            "dorsalis_pedis": among(_1=94, _2=5, _3=1),
            "smoking": steady("smoking", one_of(0, 0, 0, 0, 10, 20)),
            "drinking": steady("drinking", one_of(0, 0, 0, 1, 2)),
            "exercise_times": steady("times", one_of(0, 2, 3, 5, 7)),
            "exercise_minutes": steady("minutes", one_of(20, 30, 30, 40)),
            "staple_food": steady("staple", one_of(250, 300, 350, 400, 450)),
            "psychological": steady("psychological", among(_1=72, _2=25, _3=3)),
            "compliance": steady("compliance", among(_1=68, _2=28, _3=4)),
            "fbg": _glucose,
            "medication_adherence": among(_1=82, _2=15, _3=3),
            "hypoglycaemia": among(_1=95, _2=4, _3=1),
            "adverse_reaction": among(_1=99, _2=1),
            "complication": at_times(0.9, always("1")),
        }
    },
)

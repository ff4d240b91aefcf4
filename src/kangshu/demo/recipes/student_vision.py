"""Pupils' eyes: two in three are screened, more than half of the older ones see less than they should."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, Sitting, among, known_from


def _vision(sitting: Sitting) -> float:
    poor = min(0.1 + 0.045 * max(sitting.age - 6, 0), 0.7)
    if "eyes" not in sitting.own:
        sitting.own["eyes"] = sitting.random.random() < poor
    return round(
        sitting.random.uniform(4.3, 4.9) if sitting.own["eyes"] else sitting.random.uniform(5.0, 5.2), 1
    )


def _sphere(sitting: Sitting) -> float:
    return round(
        sitting.random.uniform(-4, -0.75) if sitting.own.get("eyes") else sitting.random.uniform(-0.25, 1), 2
    )


def _grade(sitting: Sitting) -> str:
    return "k" if sitting.age < 6 else str(min(sitting.age - 5, 12))


RECIPE = Recipe(
    capability="screening.student_vision",
    enrols=known_from(5, lambda age, sex: 0.66, until=17, managed=1.0),
    answers={
        "screening.student_vision.screening": {
            "grade": _grade,
            "glasses": among(_0=80, _1=19, _3=1),
            "right_naked": _vision,
            "left_naked": _vision,
            "right_sphere": _sphere,
            "left_sphere": _sphere,
        },
        "screening.student_vision.feedback": {"gone": among(_1=80, _2=20), "diagnosis": among(_1=88, _2=12)},
    },
    first_form="screening.student_vision.screening",
    kept=0.7,
    skipped=0.2,
    at="centre",
)

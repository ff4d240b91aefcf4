"""Children: nine in ten are followed; weight and length stay near their own line of the WHO."""

from __future__ import annotations

from kangshu.codes.growth import Measure, band
from kangshu.demo.recipes import How, Recipe, Sitting, around, at_times, newborn

FORMS = ("children.infant_check", "children.toddler_check", "children.preschool_check")
BLOOD = around(122, 9, least=85, greatest=150)


def _near(measure: Measure, places: int) -> How:
    """A value near the child's own line, which it keeps."""

    def answer(sitting: Sitting) -> float:
        if "line" not in sitting.own:
            sitting.own["line"] = sitting.random.gauss(0, 0.9)
        months = max(0, round((sitting.on - sitting.resident.birth).days / 30.4375))
        sex = sitting.resident.sex
        low, middle, high = (float(band(measure, sex, months, at) or 1) for at in (-2, 0, 2))
        off = sitting.own["line"] + sitting.random.gauss(0, 0.2)
        return round(middle + off * ((high - middle) if off > 0 else (middle - low)) / 2, places)

    return answer


MEASURED: dict[str, How] = {
    "weight": _near(Measure.WEIGHT, 2),
    "length": _near(Measure.LENGTH, 1),
}
RECIPE = Recipe(
    capability="children.health",
    enrols=newborn(60, 0.93),
    kept=0.82,
    skipped=0.08,
    at="centre",
    answers={
        **{form: {**MEASURED, "hb": at_times(0.5, BLOOD)} for form in FORMS},
        "children.newborn_visit": {
            "birth_weight": _near(Measure.WEIGHT, 2),
            "birth_length": _near(Measure.LENGTH, 1),
            "weight": _near(Measure.WEIGHT, 2),
        },
    },
)

"""Folic acid: some of the women between 22 and 34 received bottles since records began and were asked
monthly."""

from __future__ import annotations

from datetime import date
from random import Random

from kangshu.demo.options import Options
from kangshu.demo.recipes import Recipe, always, among, of_this_year, one_of
from kangshu.demo.residents import Resident

SOME = of_this_year(22, 0.08)


def _enrolled_on(resident: Resident, options: Options, random: Random) -> date | None:
    on = SOME(resident, options, random)
    return on if resident.sex == "2" and resident.age_on(options.begins) <= 34 else None


RECIPE = Recipe(
    capability="maternal.folic_acid",
    enrols=_enrolled_on,
    first_form="maternal.folic_acid_issue",
    answers={
        "maternal.folic_acid_issue": {
            "stage": among(_1=0.7, _2=0.3),
            "high_risk": always(False),
            "bottles": one_of(1, 2, 3, 3, 6),
            "told": always(True),
        },
        "maternal.folic_acid_intake": {
            "took": one_of(True, True, True, False),
            "missed_days": one_of(0, 0, 1, 2, 5),
            "reactions": always(["1"]),
        },
    },
    kept=0.7,
    skipped=0.15,
)

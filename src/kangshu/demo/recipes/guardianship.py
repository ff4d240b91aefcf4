"""Teams of five for most of the registered patients; nearly every round finds nothing amiss."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, always, among, known_from

FIVE = ("村干部", "民警", "村医", "家属", "邻居")
RECIPE = Recipe(
    capability="mental.guardianship",
    enrols=known_from(18, lambda age, sex: 0.0052, managed=0.7),
    answers={
        "mental.guardianship.team": {
            "members": always([{"role": str(n), "name": name} for n, name in enumerate(FIVE, 1)]),
            "signed": always(True),
        },
        "mental.guardianship.round": {
            "present": always(["1", "3", "4"]),
            "met": always(True),
            "risk": among(_0=93, _1=4, _2=2, _3=1),
            "takes_drugs": always(True),
            "guardian_able": always(True),
        },
    },
    kept=0.85,
    skipped=0.05,
)

"""Long prescriptions for some of the old with stable blood pressure; half have the drugs delivered."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, always, among, known_from, one_of, steady

RECIPE = Recipe(
    capability="chronic.long_prescription",
    enrols=known_from(50, lambda age, sex: 0.03, managed=0.6),
    answers={
        "chronic.long_prescription.prescription": {
            "diseases": always(["1"]),
            "stable": always(True),
            "weeks": one_of(4, 4, 8, 12),
            "classes": always(["blood_pressure"]),
            "drugs": always(
                [{"name": "氨氯地平片", "use": "每次5 mg，每日1次", "quantity": "28", "unit": "片"}]
            ),
            "signed": always(True),
            "supply": steady("supply", among(_1=5, _2=5)),
        },
        "chronic.long_prescription.review": {"decision": among(_1=97, _2=3)},
        "chronic.long_prescription.delivery": {
            "step": lambda sitting: ("picked", "shipped", "received")[sitting.number % 3],
        },
    },
    kept=0.9,
    skipped=0.02,
)

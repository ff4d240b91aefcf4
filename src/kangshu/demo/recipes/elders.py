"""Elders of 65 and more: three in four have the yearly check, one in eight a finding to be told."""

from __future__ import annotations

from kangshu.demo.recipes import Recipe, among, everybody_from

RECIPE = Recipe(
    capability="elderly.health_management",
    enrols=everybody_from(65, 0.78),
    answers={
        "elderly.assessment": {
            "recall": among(_1=86, _2=14),
            "education": among(_1=38, _2=40, _3=22),
            "sad": among(_1=91, _2=9),
            "no_interest": among(_1=92, _2=8),
        },
        "elderly.results_told": {"told_by": among(_1=70, _2=20, _3=10), "result": among(_1=62, _2=38)},
    },
    kept=0.8,
    skipped=0.09,
    at="centre",
)

"""The cascade by age: second test by 42 days, diagnosis by 3 months, help by 6 months (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, outcome
from kangshu.catalogue.screening.newborn_hearing.forms import (
    AGAIN,
    DIAGNOSED,
    FOLLOWED,
    HELPED,
    ID,
    SCREEN,
    SOURCE,
)
from kangshu.declare import Interval, Text, Window

FAILED = Move(outcome("failed"), "diagnosis", Text("未通过", "not passed"))

SHAPE = Cascade(
    id=ID,
    prefix="newborn_hearing",
    title=Text("新生儿听力筛查", "Newborn hearing screening"),
    source=SOURCE,
    at_birth=Window(Interval(hours=48), Interval(days=7), closes=Interval(months=3)),
    steps=(
        CascadeStep(
            "first",
            Text("新生儿听力初筛", "Newborn hearing: first test"),
            SCREEN,
            (
                Move(outcome("passed"), CLEAR, Text("通过", "passed")),
                Move(outcome("at_risk"), "yearly", Text("通过，有高危因素", "passed, at risk")),
                Move(
                    outcome("failed", "not_done"), "second", Text("未通过或未做", "not passed, or not done")
                ),
            ),
        ),
        CascadeStep(
            "yearly",
            Text("听力高危儿每年随访", "Hearing of a child at risk"),
            FOLLOWED,
            (FAILED, Move(outcome("over"), CLEAR, Text("满3岁", "three years old"))),
            opens=Interval(months=11),
            within=Interval(months=12),
            again=Interval(months=12),
            again_when=outcome("passed"),
            recurs=True,
        ),
        CascadeStep(
            "second",
            Text("新生儿听力复筛", "Newborn hearing: second test"),
            AGAIN,
            (FAILED, Move(outcome("passed"), CLEAR, Text("通过", "passed"))),
            by_age=Interval(days=42),
            again=Interval(days=14),
            again_when=outcome("not_done"),
        ),
        CascadeStep(
            "diagnosis",
            Text("听力诊断", "Hearing: diagnosis"),
            DIAGNOSED,
            (
                Move(outcome("normal"), CLEAR, Text("正常", "normal")),
                Move(outcome("impaired"), "intervention", Text("听力障碍", "impaired")),
            ),
            by_age=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
        CascadeStep(
            "intervention",
            Text("听力障碍干预", "Hearing: intervention"),
            HELPED,
            (Move(outcome("treated"), TREATED, Text("已干预", "helped")),),
            by_age=Interval(months=6),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    findings=(
        Finding(
            "impaired",
            Text("听力障碍", "impaired hearing"),
            "diagnosis",
            outcome("impaired"),
            ("听力障碍确诊人数",),
            scale=1000,
            unit="‰",
        ),
    ),
)

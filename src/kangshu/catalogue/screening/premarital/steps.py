"""Examined, and followed when something was found."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, outcome
from kangshu.catalogue.screening.premarital.forms import EXAMINATION, FOLLOWED, ID, SETTLEMENT, SOURCE
from kangshu.declare import Interval, Text
from kangshu.declare.expression import answer, assessment

SHAPE = Cascade(
    id=ID,
    prefix="premarital",
    title=Text("免费婚前医学检查", "Premarital examination"),
    source=SOURCE,
    steps=(
        CascadeStep(
            "examination",
            Text("婚前医学检查", "Premarital examination"),
            EXAMINATION,
            (
                Move(outcome("clear"), CLEAR, Text("未检出疾病", "nothing found")),
                Move(
                    outcome("postpone", "no_children", "measures", "found"),
                    "follow_up",
                    Text("检出疾病", "disease found"),
                ),
            ),
        ),
        CascadeStep(
            "follow_up",
            Text("婚检异常随访", "Premarital finding: follow-up"),
            FOLLOWED,
            (Move(outcome("treated"), TREATED, Text("已处置", "settled")),),
            within=Interval(months=1),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    beside=(SETTLEMENT,),
    findings=(
        Finding(
            "disease",
            Text("疾病", "disease"),
            "examination",
            assessment("ill").equals(True),
            ("婚检疾病检出人数", "婚检检出疾病人数"),
            ("婚检疾病检出率",),
            scale=100,
            unit="%",
        ),
        Finding(
            "infectious",
            Text("指定传染病", "designated infectious disease"),
            "examination",
            answer("diseases").includes("1"),
            ("婚检指定传染病人数",),
            scale=100,
            unit="%",
        ),
        Finding(
            "std",
            Text("性传播疾病", "sexually transmitted disease"),
            "examination",
            answer("diseases").includes("2"),
            scale=100,
            unit="%",
        ),
        Finding(
            "hereditary",
            Text("严重遗传性疾病", "severe hereditary disease"),
            "examination",
            answer("diseases").includes("3"),
            scale=100,
            unit="%",
        ),
        Finding(
            "reproductive",
            Text("生殖系统疾病", "disease of the reproductive organs"),
            "examination",
            answer("diseases").includes("5"),
            scale=100,
            unit="%",
        ),
    ),
)

"""Examination of exposed workers 职业健康检查 (上岗前、在岗、离岗), batch by batch."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words
from kangshu.catalogue.occupational.employer import EMPLOYER, HAZARDS
from kangshu.declare import Check, Form, Interval, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, Stage, total

PHASES = coded(
    ("1", "上岗前", "before the post"),
    ("2", "在岗期间", "on the post"),
    ("3", "离岗时", "leaving the post"),
    ("4", "应急", "after an accident"),
)

PLAN = Form(
    id="occupational.exam_plan",
    version=1,
    title=Text("职业健康检查计划", "Plan of an examination"),
    sections=(
        Section(
            "plan",
            Text("计划", "Plan"),
            (
                one_of("phase", "检查类别", "Phase", PHASES, required=True, carried=False),
                several_of("hazards", "接触危害因素", "Hazards", HAZARDS, required=True),
                number("planned", "应检人数", "To be examined", "人", (1, 100_000), required=True),
                words("examiner", "体检机构", "Examined by", length=60, required=True),
            ),
        ),
    ),
    source="职业健康检查管理办法；GBZ 188 职业健康监护技术规范",
)
REPORT = Form(
    id="occupational.exam_report",
    version=1,
    title=Text("职业健康检查总结报告", "Report of an examination"),
    sections=(
        Section(
            "report",
            Text("结果", "Result"),
            (
                number("examined", "实检人数", "Examined", "人", (0, 100_000), required=True),
                number("normal", "目前未见异常", "Nothing found", "人", (0, 100_000), required=True),
                number("review", "复查", "To be checked again", "人", (0, 100_000), required=True),
                number(
                    "suspected",
                    "疑似职业病",
                    "Suspected occupational disease",
                    "人",
                    (0, 10_000),
                    required=True,
                ),
                number("contraindicated", "职业禁忌证", "Contraindicated", "人", (0, 10_000), required=True),
                number("other", "其他疾病或异常", "Other disease", "人", (0, 100_000), required=True),
                day("reported_on", "报告日期", "Report of", required=True, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "parts_are_all",
            answer("normal")
            + answer("review")
            + answer("suspected")
            + answer("contraindicated")
            + answer("other")
            >= answer("examined"),
            Text("各结论人数之和少于实检人数。", "The findings are fewer than those examined."),
            field="examined",
        ),
    ),
    source=PLAN.source,
)


def _sum(name: str, zh: str, en: str, field: str) -> LogbookFigure:
    return LogbookFigure(f"occupational.{name}", Text(zh, en), "人", total(answer(f"report__{field}")))


logbook = Logbook(
    id="occupational.health_exams",
    version=1,
    title=Text("职业健康检查台账", "Examination of exposed workers"),
    purpose=Text("每批职业健康检查的计划、实检和结论。", "Every examination: planned, examined and found."),
    keepers=frozenset({"cdc", "hospital", "supervision", "bureau"}),
    overseer="cdc",
    site=EMPLOYER,
    form=PLAN,
    stages=(Stage("report", Text("总结报告", "Report"), REPORT, within=Interval(days=30)),),
    figures=(
        LogbookFigure(
            "occupational.exams_planned",
            Text("职业健康检查应检人数", "To be examined"),
            "人",
            total(answer("planned")),
        ),
        _sum("exams_done", "职业健康检查实检人数", "Workers examined", "examined"),
        LogbookFigure(
            "occupational.exam_rate",
            Text("职业健康检查率", "Examined out of planned"),
            "%",
            total(answer("report__examined")),
            out_of=total(answer("planned")),
            scale=100,
            decimals=2,
            aliases=("职业健康监护体检率",),
        ),
        _sum("suspected", "疑似职业病人数", "Suspected occupational disease", "suspected"),
        _sum("contraindicated", "职业禁忌证人数", "Contraindicated", "contraindicated"),
    ),
    list_fields=("phase", "planned", "report__examined", "report__suspected"),
    source=PLAN.source,
    tests=("tests/catalogue/test_logbooks.py",),
)

"""The TB laboratory's month: suspects, people examined, specimens, positive smears."""

from __future__ import annotations

from kangshu.catalogue.asking import number
from kangshu.catalogue.judging import part
from kangshu.declare import Check, Field, Form
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, total
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

SOURCE = "中国结核病预防控制工作技术规范（2020年版）"


def _count(name: str, zh: str, en: str, unit: str = "人") -> Field:
    return number(name, zh, en, unit, (0, 100_000), measured=False, carried=False, required=True)


FORM = Form(
    id="tuberculosis.laboratory_month",
    version=1,
    title=Text("结核病痰检月报", "TB laboratory's month"),
    sections=(
        part(
            "month",
            "本月",
            "The month",
            _count("suspects", "接诊可疑症状者人数", "Suspects seen"),
            _count("examined", "痰检人数", "People examined"),
            _count("specimens", "痰标本数", "Specimens", "份"),
            _count("positive", "涂阳人数", "Smear-positive"),
        ),
    ),
    checks=(
        Check(
            "examined",
            answer("examined") <= answer("suspects"),
            Text("痰检人数不能多于接诊人数。", "No more are examined than were seen."),
            field="examined",
        ),
        Check(
            "positive",
            (answer("positive") <= answer("examined")) & (answer("specimens") >= answer("examined")),
            Text(
                "涂阳不能多于痰检人数；每人至少1份标本。",
                "No more positive than examined; one specimen each.",
            ),
            field="positive",
        ),
    ),
    source=SOURCE,
)

logbook = Logbook(
    id="tuberculosis.laboratory",
    version=1,
    title=Text("结核病实验室痰检台账", "TB laboratory"),
    purpose=Text(
        "定点医疗机构每月登记接诊可疑症状者、痰检人数、标本数和涂阳人数",
        "Each month the suspects seen, people examined, specimens and positive smears",
    ),
    rows=("D7-01",),
    keepers=frozenset({"cdc", "hospital"}),
    form=FORM,
    due=LogbookDue(Periodicity.MONTH, within_days=5),
    figures=(
        LogbookFigure(
            "tb_laboratory.suspects",
            Text("接诊肺结核可疑症状者人数", "TB suspects seen"),
            "人",
            total(answer("suspects")),
            aliases=("接诊可疑肺结核患者",),
        ),
        LogbookFigure(
            "tb_laboratory.specimens",
            Text("结核病痰检标本数", "TB: specimens"),
            "份",
            total(answer("specimens")),
        ),
        LogbookFigure(
            "tb_laboratory.positive_rate",
            Text("痰检涂阳检出率", "TB: smear-positive of those examined"),
            "%",
            total(answer("positive")),
            out_of=total(answer("examined")),
            scale=100,
            decimals=2,
        ),
    ),
    source=SOURCE,
    tests=("tests/catalogue/tuberculosis/test_clinic.py",),
    screens=("fieldwork:logbook", "fieldwork:enter"),
)

"""Marriages registered, month by month, as the civil affairs office tells the maternal and child hospital."""

from __future__ import annotations

from kangshu.catalogue.asking import number, words
from kangshu.declare import Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, total
from kangshu.declare.report import Periodicity

SOURCE = "婚前保健工作规范（修订）；norms H1"

logbook = Logbook(
    id="screening.marriages",
    version=1,
    title=Text("结婚登记数（民政部门）", "Marriages registered"),
    purpose=Text(
        "每月登记民政部门结婚登记对数，作为婚检率的分母",
        "The marriages that civil affairs registered in the month: what the premarital rate divides by",
    ),
    rows=("D3-10",),
    row_note=Text("婚检率的分母", "what the rate divides by"),
    keepers=frozenset({"mch"}),
    due=LogbookDue(Periodicity.MONTH, within_days=10),
    form=Form(
        id="screening.marriages.month",
        version=1,
        title=Text("结婚登记数", "Marriages registered"),
        sections=(
            Section(
                "month",
                Text("本月登记", "This month"),
                (
                    number(
                        "couples",
                        "结婚登记对数",
                        "Couples",
                        "对",
                        (0, 20000),
                        measured=False,
                        carried=False,
                        required=True,
                    ),
                    words("source", "数据来源", "Told by", length=60),
                ),
            ),
        ),
        source=SOURCE,
    ),
    figures=(
        LogbookFigure(
            id="premarital.marriages_registered",
            title=Text("结婚登记对数", "Marriages registered"),
            unit="对",
            of=total(answer("couples")),
            aliases=("结婚登记对数",),
        ),
        LogbookFigure(
            id="premarital.people_registered",
            title=Text("结婚登记人数", "People who registered a marriage"),
            unit="人",
            of=total(answer("couples") * 2),
            aliases=("结婚登记人数",),
        ),
    ),
    tests=("tests/catalogue/screening/test_cascades.py",),
    source=SOURCE,
)

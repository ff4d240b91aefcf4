"""Testing in closed settings 羁押场所检测: how many entered, how many were tested, how many were found."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words
from kangshu.catalogue.judging import part
from kangshu.declare import Check, Form
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, SiteKind, registered, total
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

SOURCE = "艾滋病防治条例；公安监管场所艾滋病防治工作规定"

SETTING = Form(
    id="hiv.closed_setting",
    version=1,
    title=Text("羁押监管场所登记", "Closed setting"),
    sections=(
        part(
            "setting",
            "场所",
            "Setting",
            one_of(
                "kind",
                "类型",
                "Kind",
                coded(
                    ("1", "看守所", "detention centre"),
                    ("2", "拘留所", "custody"),
                    ("3", "强制隔离戒毒所", "compulsory drug treatment"),
                    ("4", "监狱", "prison"),
                    ("9", "其他", "other"),
                ),
                required=True,
            ),
            words("contact", "联系科室", "Contact", length=60),
        ),
    ),
    source=SOURCE,
)
FORM = Form(
    id="hiv.closed_testing",
    version=1,
    title=Text("羁押人员检测月报", "Testing in closed settings"),
    sections=(
        part(
            "month",
            "本月",
            "This month",
            number("entered", "新入所人数", "Entered", "人", (0, 20_000), required=True, carried=False),
            number("tested", "检测人数", "Tested", "人", (0, 20_000), required=True, carried=False),
            number("reactive", "筛查有反应", "Reactive", "人", (0, 2000), required=True, carried=False),
            number("confirmed", "确证阳性", "Confirmed", "人", (0, 2000), required=True, carried=False),
            number("handed_over", "已转介随访", "Handed over to care", "人", (0, 2000), carried=False),
            number("taught", "宣传教育人次", "People taught", "人次", (0, 50_000), carried=False),
        ),
    ),
    checks=(
        Check(
            "reactive_were_tested",
            answer("reactive") <= answer("tested"),
            Text("有反应人数不能多于检测人数。", "More reactive than tested."),
            field="reactive",
        ),
        Check(
            "confirmed_were_reactive",
            answer("confirmed") <= answer("reactive"),
            Text("确证阳性不能多于筛查有反应。", "More confirmed than reactive."),
            field="confirmed",
        ),
    ),
    source=SOURCE,
)

logbook = Logbook(
    id="hiv.closed_settings",
    version=1,
    title=Text("羁押场所艾滋病检测台账", "HIV testing in closed settings"),
    purpose=Text(
        "每个羁押监管场所每月登记新入所、检测和阳性人数，不记姓名", "Each month, numbers without names"
    ),
    rows=("D7-02",),
    keepers=frozenset({"cdc"}),
    site=SiteKind("closed_setting", Text("羁押监管场所", "closed setting"), SETTING),
    form=FORM,
    due=LogbookDue(Periodicity.MONTH, within_days=10),
    figures=(
        LogbookFigure("hiv_closed.settings", Text("在册羁押场所数", "Closed settings"), "个", registered()),
        LogbookFigure(
            "hiv_closed.tested",
            Text("羁押人员艾滋病检测人数", "Tested in closed settings"),
            "人",
            total(answer("tested")),
            aliases=("羁押人员检测", "监管场所HIV检测人数"),
        ),
        LogbookFigure(
            "hiv_closed.testing_rate",
            Text("新入所人员检测率", "Entrants tested"),
            "%",
            total(answer("tested")),
            out_of=total(answer("entered")),
            scale=100,
            decimals=2,
            aliases=("羁押人员检测率",),
        ),
        LogbookFigure(
            "hiv_closed.positivity_rate",
            Text("羁押人员阳性率", "Positivity in closed settings"),
            "%",
            total(answer("confirmed")),
            out_of=total(answer("tested")),
            scale=100,
            decimals=2,
        ),
    ),
    list_fields=("entered", "tested", "confirmed"),
    confidentiality="hiv",
    source=SOURCE,
    tests=("tests/catalogue/hiv/test_logbooks.py",),
)

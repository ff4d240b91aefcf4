"""Outreach to venues 高危行为干预: visits, people reached, condoms, tests on the spot."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, words
from kangshu.catalogue.judging import part
from kangshu.declare import Check, Form
from kangshu.declare.expression import answer
from kangshu.declare.logbook import (
    Logbook,
    LogbookDue,
    LogbookFigure,
    SiteKind,
    count,
    registered,
    sites,
    total,
)
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

SOURCE = "艾滋病防治条例第二十七条、第二十九条；高危行为干预工作指导方案"

VENUE = Form(
    id="hiv.venue",
    version=1,
    title=Text("干预场所登记", "Venue"),
    sections=(
        part(
            "venue",
            "场所",
            "Venue",
            one_of(
                "kind",
                "场所类型",
                "Kind",
                coded(
                    ("1", "娱乐场所（歌舞厅、KTV）", "entertainment"),
                    ("2", "洗浴足浴按摩", "bath and massage"),
                    ("3", "宾馆旅店", "hotel"),
                    ("4", "美容美发", "hairdresser"),
                    ("5", "男男同性活动场所", "meeting place of men"),
                    ("6", "流动人口聚集地（工地、厂区）", "building site, factory"),
                    ("9", "其他", "other"),
                ),
                required=True,
            ),
            words("address", "地址", "Address", required=True),
            number("staff", "估计目标人群人数", "People there, about", "人", (0, 5000), measured=False),
        ),
    ),
    source=SOURCE,
)
FORM = Form(
    id="hiv.outreach",
    version=1,
    title=Text("高危行为干预记录", "Outreach visit"),
    sections=(
        part(
            "visit",
            "干预",
            "Visit",
            several_of(
                "what",
                "干预内容",
                "What was done",
                coded(
                    ("1", "宣传咨询", "talk and counselling"),
                    ("2", "发放宣传材料", "material"),
                    ("3", "推广安全套", "condoms"),
                    ("4", "动员检测", "urged to test"),
                    ("5", "现场快速检测", "tested on the spot"),
                    ("6", "性病转介", "referred"),
                ),
                required=True,
                carried=False,
            ),
            number("reached", "干预人次", "People reached", "人次", (0, 5000), required=True, carried=False),
            number(
                "first_time",
                "其中首次接受干预",
                "Of these, for the first time",
                "人",
                (0, 5000),
                carried=False,
            ),
            number("condoms", "发放安全套", "Condoms given", "只", (0, 100_000), carried=False),
            number("materials", "发放宣传材料", "Material given", "份", (0, 100_000), carried=False),
            number("tested", "现场检测人数", "Tested", "人", (0, 5000), carried=False),
            words("team", "干预人员", "Team", length=60),
        ),
    ),
    checks=(
        Check(
            "no_more_new_than_reached",
            answer("first_time").is_missing() | (answer("first_time") <= answer("reached")),
            Text("首次人数不能多于干预人次。", "More reached for the first time than reached."),
            field="first_time",
        ),
        Check(
            "no_more_tested_than_reached",
            answer("tested").is_missing() | (answer("tested") <= answer("reached")),
            Text("检测人数不能多于干预人次。", "More tested than reached."),
            field="tested",
        ),
    ),
    source=SOURCE,
)

logbook = Logbook(
    id="hiv.outreach",
    version=1,
    title=Text("高危行为干预台账", "HIV outreach to venues"),
    purpose=Text(
        "登记干预场所，每月到每个场所开展宣传、安全套推广和动员检测", "Each venue is visited every month"
    ),
    rows=("D7-02",),
    keepers=frozenset({"cdc", "township_centre", "community_centre"}),
    site=SiteKind("hiv_venue", Text("干预场所", "venue"), VENUE),
    form=FORM,
    due=LogbookDue(Periodicity.MONTH, within_days=5, once=False),
    figures=(
        LogbookFigure(
            "hiv_outreach.venues",
            Text("在册干预场所数", "Venues on the list"),
            "家",
            registered(),
            aliases=("高危场所数", "公共娱乐场所摸底数"),
        ),
        LogbookFigure(
            "hiv_outreach.venues_visited",
            Text("开展干预的场所数", "Venues visited"),
            "家",
            sites(),
            aliases=("干预场所数", "高危行为干预场所"),
        ),
        LogbookFigure("hiv_outreach.visits", Text("干预场次", "Outreach visits"), "次", count()),
        LogbookFigure(
            "hiv_outreach.reached",
            Text("高危行为干预人次", "People reached by outreach"),
            "人次",
            total(answer("reached")),
            aliases=("高危人群干预人次", "行为干预人次"),
        ),
        LogbookFigure(
            "hiv_outreach.condoms",
            Text("干预发放安全套数", "Condoms given at outreach"),
            "只",
            total(answer("condoms")),
            aliases=("发放安全套", "免费发放安全套"),
        ),
        LogbookFigure(
            "hiv_outreach.tested",
            Text("干预现场检测人数", "Tested at outreach"),
            "人",
            total(answer("tested")),
        ),
        LogbookFigure(
            "hiv_outreach.venue_coverage",
            Text("高危场所干预覆盖率", "Venues reached"),
            "%",
            sites(),
            out_of=registered(),
            scale=100,
            decimals=2,
            aliases=("干预覆盖率",),
        ),
    ),
    list_fields=("reached", "condoms", "tested"),
    source=SOURCE,
    tests=("tests/catalogue/hiv/test_logbooks.py",),
)

"""Visits of supervision to health centres for maternal care: what was found, and whether it was put right."""

from __future__ import annotations

from kangshu.catalogue.asking import day, one_of, words
from kangshu.declare import Form, Section, Text, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, SiteKind, count, registered, sites

SOURCE = "降低孕产妇死亡率和消除新生儿破伤风项目（县级实施方案）"
FOUND = answer("result").equals("2")

logbook = Logbook(
    id="maternal.centre_supervision",
    version=1,
    title=Text("妇幼保健业务督查台账", "Supervision of maternal care"),
    purpose=Text(
        "登记对乡镇卫生院等妇幼保健业务的督查、问题和整改",
        "Visits to health centres for maternal care, what was found and put right",
    ),
    keepers=frozenset({"mch", "bureau"}),
    site=SiteKind(
        id="supervised_centre",
        title=Text("受督查单位", "Centre supervised"),
        form=Form(
            id="maternal.supervised_centre",
            version=1,
            title=Text("受督查单位", "Centre supervised"),
            sections=(
                Section(
                    "centre",
                    Text("单位", "Centre"),
                    (words("contact", "联系人", "Contact", length=40, required=True),),
                ),
            ),
            source=SOURCE,
        ),
    ),
    form=Form(
        id="maternal.supervision_visit",
        version=1,
        title=Text("妇幼保健业务督查记录", "Visit of supervision"),
        sections=(
            Section(
                "visit",
                Text("督查", "Visit"),
                (
                    words("team", "督查人员", "Who visited", length=80, required=True, carried=False),
                    one_of(
                        "result",
                        "督查结果",
                        "Result",
                        numbered(("未发现问题", "nothing found"), ("发现问题", "something found")),
                        required=True,
                        carried=False,
                    ),
                    words(
                        "found",
                        "问题",
                        "What was found",
                        length=300,
                        visible=FOUND,
                        required=FOUND,
                        carried=False,
                    ),
                    day(
                        "rectify_by",
                        "整改期限",
                        "To be put right by",
                        visible=FOUND,
                        required=FOUND,
                        carried=False,
                    ),
                ),
            ),
        ),
        source=SOURCE,
    ),
    figures=(
        LogbookFigure(
            id="centre_supervision.visits",
            title=Text("妇幼保健业务督查次数", "Visits of supervision"),
            unit="次",
            of=count(),
        ),
        LogbookFigure(
            id="centre_supervision.coverage",
            title=Text("妇幼保健业务督查覆盖率", "Centres visited"),
            unit="%",
            of=sites(),
            out_of=registered(),
            scale=100,
            decimals=2,
        ),
    ),
    source=SOURCE,
    tests=("tests/catalogue/benefits/test_logbooks.py",),
    screens=("fieldwork:logbook", "fieldwork:enter"),
)

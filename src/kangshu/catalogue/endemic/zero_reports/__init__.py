"""Monthly zero reports of Keshan disease 克山病疫情零报告, January to May, and of endemic fluorosis."""

from __future__ import annotations

from kangshu.catalogue.asking import number, words, yes_no
from kangshu.declare import Check, Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, Stage, StageBy, count, total
from kangshu.declare.report import Periodicity

FORM = Form(
    id="endemic.zero_report",
    version=1,
    title=Text("克山病、地氟病疫情（零）报告单", "Keshan disease and fluorosis: monthly (zero) report"),
    sections=(
        Section(
            "found",
            Text("本月疫情", "This month"),
            (
                number(
                    "keshan_acute",
                    "克山病急型发病数",
                    "Keshan disease, acute",
                    "例",
                    (0, 999),
                    (0, 2),
                    required=True,
                ),
                number(
                    "keshan_subacute",
                    "克山病亚急型发病数",
                    "Keshan disease, subacute",
                    "例",
                    (0, 999),
                    (0, 2),
                    required=True,
                ),
                number(
                    "keshan_suspected",
                    "克山病疑似病例数",
                    "Keshan disease, suspected",
                    "例",
                    (0, 999),
                    (0, 5),
                    required=True,
                ),
                number(
                    "keshan_deaths", "克山病死亡数", "Deaths of Keshan disease", "例", (0, 99), required=True
                ),
                number(
                    "fluorosis",
                    "新发现氟骨症病例数",
                    "New skeletal fluorosis",
                    "例",
                    (0, 999),
                    (0, 20),
                    required=True,
                ),
            ),
        ),
        Section(
            "sender",
            Text("报告", "Report"),
            (
                words("sender", "报告人", "Sent by", length=40, required=True),
                yes_no(
                    "training",
                    "本月开展地方病防治知识培训",
                    "Training on endemic disease this month",
                    required=True,
                ),
                number(
                    "trained",
                    "培训人数",
                    "People trained",
                    "人",
                    (1, 5000),
                    visible=answer("training"),
                    required=answer("training"),
                ),
                words(
                    "remark",
                    "说明",
                    "Remark",
                    length=300,
                    carried=False,
                    required=(answer("keshan_acute") > 0) | (answer("keshan_deaths") > 0),
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "deaths_among_cases",
            answer("keshan_deaths")
            <= answer("keshan_acute") + answer("keshan_subacute") + answer("keshan_suspected"),
            Text(
                "死亡数不能多于病例数（慢型患者死亡请写在说明中）。",
                "There are more deaths than cases (a chronic patient's death belongs into the remark).",
            ),
            field="keshan_deaths",
        ),
    ),
    source="省疾控中心克山病监测方案：1—5月每月一次疫情零报告",
)

CASES = answer("keshan_acute") + answer("keshan_subacute")

logbook = Logbook(
    id="endemic.zero_reports",
    version=1,
    title=Text("克山病、地氟病疫情零报告", "Keshan disease and fluorosis: zero reports"),
    purpose=Text(
        "1—5月每月报告一次，无病例也要报；疾控中心签收，逾期单位列出。",
        "Monthly from January to May, also when there is nothing; the CDC receives it and sees who is late.",
    ),
    rows=("D7-05",),
    keepers=frozenset({"township_centre"}),
    overseer="cdc",
    form=FORM,
    due=LogbookDue(Periodicity.MONTH, within_days=5, months=frozenset({1, 2, 3, 4, 5})),
    stages=(Stage("received", Text("疾控中心签收", "Received by the CDC"), by=StageBy.BUREAU),),
    figures=(
        LogbookFigure(
            "endemic.zero_reports",
            Text("克山病疫情零报告次数", "Keshan disease reports"),
            "次",
            count(),
            aliases=("疫情零报告", "克山病零报告"),
        ),
        LogbookFigure(
            "endemic.zero_reports_received",
            Text("克山病疫情零报告签收率", "Keshan reports received"),
            "%",
            count(),
            where=answer("received__on").is_known(),
            out_of=count(),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "endemic.keshan_cases",
            Text("克山病急型、亚急型发病数", "Keshan disease cases"),
            "例",
            total(CASES),
            aliases=("克山病发病数",),
        ),
        LogbookFigure(
            "endemic.fluorosis_cases",
            Text("新发现氟骨症病例数", "New skeletal fluorosis"),
            "例",
            total(answer("fluorosis")),
        ),
        LogbookFigure(
            "endemic.trained",
            Text("地方病防治知识培训人次", "People trained on endemic disease"),
            "人次",
            total(answer("trained")),
        ),
    ),
    list_fields=("keshan_acute", "keshan_subacute", "keshan_suspected", "fluorosis"),
    source=FORM.source,
    tests=("tests/fieldwork/test_due.py", "tests/fieldwork/test_pages.py"),
)

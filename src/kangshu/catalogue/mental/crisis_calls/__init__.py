"""Calls to the crisis hotline 心理援助热线, without names: risk, what was done, referral, closure."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, several_of, words
from kangshu.catalogue.judging import part
from kangshu.catalogue.mental.crisis.forms import CHANNELS, RISKS, SOURCE, TROUBLES
from kangshu.declare import Form, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, Stage, count, total
from kangshu.declare.schedule import Interval
from kangshu.kernel.text import Text

FORM = Form(
    id="mental.crisis_call",
    version=1,
    title=Text("心理援助热线来电登记", "Crisis call"),
    sections=(
        part(
            "call",
            "来电",
            "Call",
            words("code", "来电编号", "Number of the call", length=20, required=True, carried=False),
            one_of("channel", "来源", "Came by", CHANNELS, required=True),
            one_of(
                "sex",
                "性别",
                "Sex",
                numbered(("男", "man"), ("女", "woman"), ("不详", "unknown")),
                carried=False,
            ),
            one_of(
                "age",
                "年龄段",
                "Age",
                numbered(
                    ("18岁以下", "under 18"),
                    ("18～44岁", "18–44"),
                    ("45～64岁", "45–64"),
                    ("65岁及以上", "65+"),
                    ("不详", "unknown"),
                ),
                carried=False,
            ),
            several_of("trouble", "主要问题", "Trouble", TROUBLES, required=True, carried=False),
            one_of("risk", "风险等级", "Risk", RISKS, required=True, carried=False),
            number("minutes", "通话时长", "Minutes", "分钟", (0, 600), carried=False),
            words(
                "account", "情况与处理", "What was said and done", length=500, required=True, carried=False
            ),
        ),
    ),
    source=SOURCE,
)
REFERRAL = Form(
    id="mental.crisis_call_referral",
    version=1,
    title=Text("转介记录", "Referral"),
    sections=(
        part(
            "referral",
            "转介",
            "Referral",
            one_of(
                "to",
                "转介至",
                "To",
                numbered(
                    ("精神专科", "psychiatrist"),
                    ("急诊", "emergency"),
                    ("公安", "police"),
                    ("社会工作", "social work"),
                    ("拒绝转介", "refused"),
                ),
                required=True,
                carried=False,
            ),
        ),
    ),
    source=SOURCE,
)
CLOSED = Form(
    id="mental.crisis_call_closed",
    version=1,
    title=Text("回访与结案", "Called back, closed"),
    sections=(
        part(
            "closing",
            "结案",
            "Closure",
            one_of(
                "result",
                "结果",
                "Result",
                numbered(
                    ("危机解除", "resolved"),
                    ("已接受治疗", "in treatment"),
                    ("无法联系", "cannot be reached"),
                    ("其他", "other"),
                ),
                required=True,
                carried=False,
            ),
        ),
    ),
    source=SOURCE,
)
_GRAVE = answer("risk").is_in("3", "4")

logbook = Logbook(
    id="mental.crisis_calls",
    version=1,
    title=Text("心理援助热线台账", "Crisis hotline"),
    purpose=Text("匿名来电的风险评估、干预、转介和结案", "Calls without a name, from risk to closure"),
    rows=("D6-04",),
    keepers=frozenset({"hospital", "cdc", "community_centre", "township_centre"}),
    form=FORM,
    stages=(
        Stage("referral", Text("转介", "referral"), REFERRAL, within=Interval(days=1), when=_GRAVE),
        Stage(
            "closing",
            Text("回访结案", "called back, closed"),
            CLOSED,
            within=Interval(days=7),
            when=answer("risk").is_in("2", "3", "4"),
        ),
    ),
    figures=(
        LogbookFigure(
            "crisis_calls.calls",
            Text("心理热线接听量", "Crisis calls"),
            "次",
            count(),
            aliases=("心理援助热线接听", "心理热线来电"),
        ),
        LogbookFigure(
            "crisis_calls.grave", Text("高风险来电数", "Calls of high risk"), "次", count(), where=_GRAVE
        ),
        LogbookFigure(
            "crisis_calls.minutes", Text("热线通话时长", "Minutes of calls"), "分钟", total(answer("minutes"))
        ),
        LogbookFigure(
            "crisis_calls.closed_rate",
            Text("中高风险来电结案率", "Calls of risk that were closed"),
            "%",
            count(where=answer("stage").equals("closing")),
            where=answer("risk").is_in("2", "3", "4"),
            out_of=count(),
            scale=100,
            decimals=2,
        ),
    ),
    list_fields=("code", "risk", "channel"),
    confidentiality="mental_health",
    source=SOURCE,
    tests=("tests/catalogue/mental/test_crisis.py",),
)

"""Free clinics and outreach 义诊、送医送药下乡."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, words, yes_no
from kangshu.declare import Check, Form, Interval, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, Stage, count, total

KINDS = coded(
    ("1", "义诊", "free clinic"),
    ("2", "巡回医疗", "touring clinic"),
    ("3", "送医送药下乡", "medicine taken to villages"),
    ("4", "送技术（教学查房、手术带教）", "techniques taught on site"),
    ("5", "卫生下乡宣传", "health brought to villages"),
)
ORGANISERS = coded(
    ("1", "医疗机构", "health institution"),
    ("2", "党组织、志愿服务队", "party organisation, volunteers"),
    ("3", "上级对口支援", "supporting hospital"),
    ("9", "其他", "other"),
)

PLAN = Form(
    id="public_health.outreach_plan",
    version=1,
    title=Text("义诊（下乡）活动计划", "Outreach plan"),
    sections=(
        Section(
            "plan",
            Text("计划", "Plan"),
            (
                one_of("kind", "活动类别", "Kind", KINDS, required=True, carried=False),
                one_of("organiser", "组织方", "Organised by", ORGANISERS, required=True),
                words("place", "地点", "Place", length=80, required=True, carried=False),
                words("team", "队伍（科室、人员）", "Team", length=200, required=True),
                number("staff", "参加医务人员数", "Health workers", "人", (1, 1000), required=True),
                words("theme", "主题", "Theme", length=80, carried=False),
            ),
        ),
    ),
)

RESULT = Form(
    id="public_health.outreach_result",
    version=1,
    title=Text("义诊（下乡）活动结果", "Outreach result"),
    sections=(
        Section(
            "result",
            Text("结果", "Result"),
            (
                yes_no("held", "是否举行", "Held", required=True),
                number(
                    "served",
                    "服务群众",
                    "People served",
                    "人次",
                    (0, 100_000),
                    (0, 3_000),
                    visible=answer("held"),
                    required=answer("held"),
                ),
                number("referred", "转诊人数", "Referred", "人", (0, 10_000), visible=answer("held")),
                number(
                    "operations",
                    "手术（检查）例数",
                    "Operations or examinations",
                    "例",
                    (0, 10_000),
                    visible=answer("held"),
                ),
                number(
                    "drugs",
                    "免费药品金额",
                    "Value of drugs given",
                    "元",
                    (0, 10_000_000),
                    (0, 100_000),
                    places=2,
                    visible=answer("held"),
                ),
                number("leaflets", "发放宣传资料", "Leaflets", "份", (0, 1_000_000), visible=answer("held")),
                several_of(
                    "services",
                    "提供的服务",
                    "Services",
                    coded(
                        ("1", "健康咨询", "advice"),
                        ("2", "血压血糖测量", "pressure and sugar"),
                        ("3", "专科诊疗", "specialists"),
                        ("4", "中医适宜技术", "Chinese medicine"),
                        ("5", "检查检验", "examinations"),
                    ),
                    visible=answer("held"),
                    carried=False,
                ),
                words(
                    "why_not",
                    "未举行的原因",
                    "Why not",
                    length=200,
                    visible=answer("held").equals(False),
                    required=answer("held").equals(False),
                    carried=False,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "referred_among_served",
            answer("referred").is_missing()
            | answer("served").is_missing()
            | (answer("referred") <= answer("served")),
            Text("转诊人数不能多于服务人次。", "More were referred than served."),
            field="referred",
        ),
    ),
)

HELD = answer("result__held")

logbook = Logbook(
    id="public_health.outreach",
    version=1,
    title=Text("义诊下乡台账", "Free clinics and outreach"),
    purpose=Text(
        "先登记计划，活动后填写服务人次、药品和转诊。",
        "The plan first; after the day the people served, drugs given and referrals.",
    ),
    rows=("D9-10",),
    keepers=frozenset({"hospital", "township_centre", "community_centre", "mch", "cdc", "bureau"}),
    form=PLAN,
    stages=(Stage("result", Text("活动结果", "Result"), RESULT, within=Interval(days=7)),),
    figures=(
        LogbookFigure(
            "public_health.outreach_days",
            Text("义诊下乡活动场次", "Outreach days"),
            "场",
            count(),
            where=HELD,
            aliases=("开展义诊活动", "义诊场次", "送医下乡次数"),
        ),
        LogbookFigure(
            "public_health.outreach_served",
            Text("义诊下乡服务群众人次", "People served by outreach"),
            "人次",
            total(answer("result__served")),
            aliases=("义诊惠及群众", "义诊人次"),
        ),
        LogbookFigure(
            "public_health.outreach_referred",
            Text("义诊转诊人数", "Referred at outreach"),
            "人",
            total(answer("result__referred")),
        ),
        LogbookFigure(
            "public_health.outreach_operations",
            Text("下乡手术（检查）例数", "Operations at outreach"),
            "例",
            total(answer("result__operations")),
        ),
        LogbookFigure(
            "public_health.outreach_drugs",
            Text("义诊免费药品金额", "Value of drugs given"),
            "元",
            total(answer("result__drugs")),
            decimals=2,
        ),
        LogbookFigure(
            "public_health.outreach_done",
            Text("义诊计划完成率", "Planned days that were held"),
            "%",
            count(),
            where=HELD,
            out_of=count(),
            scale=100,
            decimals=2,
        ),
    ),
    list_fields=("kind", "place", "staff", "result__served"),
    source="各级卫生下乡、义诊活动要求",
    tests=("tests/catalogue/test_logbooks.py", "tests/fieldwork/test_stages.py"),
)

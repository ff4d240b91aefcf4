"""Patrols of health co-supervision 卫生监督协管巡查: note, clue, acceptance, feedback (norms A13)."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words, yes_no
from kangshu.declare import Form, Interval, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import (
    Logbook,
    LogbookFigure,
    SiteKind,
    Stage,
    StageBy,
    count,
    registered,
    sites,
)

FOOD, WATER, SCHOOL, ILLEGAL, FAMILY_PLANNING, OCCUPATION, PUBLIC = "1", "2", "3", "4", "5", "6", "7"
SUBJECTS = coded(
    (FOOD, "食源性疾病相关信息", "food-borne disease"),
    (WATER, "饮用水卫生安全", "drinking water"),
    (SCHOOL, "学校卫生", "school health"),
    (ILLEGAL, "非法行医和非法采供血", "illegal practice and blood collection"),
    (FAMILY_PLANNING, "计划生育相关", "family planning"),
    (OCCUPATION, "职业卫生", "occupational health"),
    (PUBLIC, "公共场所卫生", "public places"),
)
JUDGEMENTS = coded(
    ("1", "受理立案", "accepted, case opened"),
    ("2", "受理，现场处理", "accepted, settled on site"),
    ("3", "不属实", "not true"),
    ("4", "不属本部门，已转交", "passed on to another office"),
)

PREMISES = SiteKind(
    "supervised_premises",
    Text("协管巡查对象", "Supervised premises"),
    Form(
        id="supervision_assist.premises",
        version=1,
        title=Text("协管巡查对象登记表", "Supervised premises"),
        sections=(
            Section(
                "premises",
                Text("基本情况", "Particulars"),
                (
                    one_of("subject", "类别", "Subject", SUBJECTS, required=True),
                    words("address", "地址", "Address", length=100, required=True),
                    words("manager", "负责人", "Manager", length=40),
                    words("permit", "卫生许可（备案）证号", "Permit number", length=40),
                ),
            ),
        ),
    ),
)

NOTE = Form(
    id="supervision_assist.patrol",
    version=1,
    title=Text("卫生监督协管巡查登记表", "Patrol note"),
    sections=(
        Section(
            "patrol",
            Text("巡查", "Patrol"),
            (
                one_of("subject", "巡查内容", "Subject", SUBJECTS, required=True, carried=True),
                words("place", "巡查地点与内容", "Where and what", length=200, required=True, carried=False),
                yes_no("found", "是否发现问题或线索", "Something found", required=True),
                number(
                    "clues",
                    "发现问题（线索）数",
                    "Problems or clues",
                    "件",
                    (1, 100),
                    visible=answer("found"),
                    required=answer("found"),
                ),
                words(
                    "problems",
                    "发现的主要问题",
                    "What was found",
                    length=400,
                    visible=answer("found"),
                    required=answer("found"),
                    carried=False,
                ),
                yes_no(
                    "corrected_on_site", "是否当场指导改正", "Put right on the spot", visible=answer("found")
                ),
                yes_no(
                    "reported",
                    "是否上报卫生监督机构",
                    "Reported to the supervision office",
                    visible=answer("found"),
                    required=answer("found"),
                ),
                words("remark", "备注", "Remark", length=200, carried=False),
            ),
        ),
    ),
    source="国家基本公共卫生服务规范（第三版）2017 卫生计生监督协管巡查登记表；norms A13",
)

ACCEPTANCE = Form(
    id="supervision_assist.acceptance",
    version=1,
    title=Text("协管线索受理单", "Acceptance of a clue"),
    sections=(
        Section(
            "acceptance",
            Text("受理", "Acceptance"),
            (
                one_of("judgement", "受理意见", "Judgement", JUDGEMENTS, required=True, carried=False),
                words("handler", "承办人", "Handled by", length=40, required=True),
            ),
        ),
    ),
)
FEEDBACK = Form(
    id="supervision_assist.feedback",
    version=1,
    title=Text("协管线索处理反馈单", "Feedback on a clue"),
    sections=(
        Section(
            "feedback",
            Text("反馈", "Feedback"),
            (
                words("outcome", "处理结果", "Outcome", length=400, required=True, carried=False),
                yes_no("penalty", "是否给予行政处罚", "Penalty", required=True),
            ),
        ),
    ),
    checks=(),
)

_REPORTED = answer("reported")


def _patrols(name: str, zh: str, en: str, code: str) -> LogbookFigure:
    return LogbookFigure(
        f"supervision_assist.{name}_patrol_notes",
        Text(f"{zh}巡查次数（按巡查记录）", f"Patrols, by notes: {en}"),
        "次",
        count(),
        where=answer("subject").equals(code),
    )


logbook = Logbook(
    id="supervision_assist.patrol_notes",
    version=1,
    title=Text("卫生监督协管巡查台账", "Co-supervision patrols"),
    purpose=Text(
        "每次巡查一条，线索转卫生监督机构，受理和处理结果反馈回来。",
        "One entry a patrol; clues go to the supervision office, whose acceptance and feedback come back.",
    ),
    rows=("D2-08",),
    keepers=frozenset({"township_centre", "community_centre", "village_clinic"}),
    overseer="supervision",
    site=PREMISES,
    form=NOTE,
    stages=(
        Stage(
            "accepted",
            Text("监督机构受理", "Accepted by the supervision office"),
            ACCEPTANCE,
            within=Interval(days=5),
            by=StageBy.BUREAU,
            when=_REPORTED,
        ),
        Stage(
            "feedback",
            Text("处理结果反馈", "Feedback"),
            FEEDBACK,
            within=Interval(days=30),
            by=StageBy.BUREAU,
            when=_REPORTED & ~answer("accepted__judgement").is_in("3", "4"),
        ),
    ),
    figures=(
        LogbookFigure(
            "supervision_assist.patrol_notes",
            Text("卫生监督协管巡查次数（按巡查记录）", "Patrols, by notes"),
            "次",
            count(),
            aliases=("协助开展卫生监督监测次数", "协管巡查次数"),
        ),
        _patrols("food", "食源性疾病", "food-borne disease", FOOD),
        _patrols("water", "饮用水", "drinking water", WATER),
        _patrols("school", "学校卫生", "school health", SCHOOL),
        _patrols("illegal", "非法行医和非法采供血", "illegal practice", ILLEGAL),
        _patrols("occupation", "职业卫生", "occupational health", OCCUPATION),
        LogbookFigure(
            "supervision_assist.clues_found",
            Text("发现问题或线索的巡查次数", "Patrols that found something"),
            "次",
            count(),
            where=answer("found"),
        ),
        LogbookFigure(
            "supervision_assist.clues_reported_rate",
            Text("协管信息报告率（按巡查记录）", "Reported out of found, by notes"),
            "%",
            count(),
            where=answer("found") & _REPORTED,
            out_of=count(where=answer("found")),
            scale=100,
            decimals=2,
            source="norms A13：报告率",
        ),
        LogbookFigure(
            "supervision_assist.clues_answered",
            Text("协管线索反馈率", "Clues with feedback"),
            "%",
            count(),
            where=_REPORTED & answer("feedback__on").is_known(),
            out_of=count(where=_REPORTED),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "supervision_assist.premises_visited",
            Text("协管对象巡查覆盖率", "Premises visited"),
            "%",
            sites(),
            out_of=registered(),
            scale=100,
            decimals=2,
        ),
    ),
    list_fields=("subject", "found", "clues"),
    source=NOTE.source,
    tests=("tests/catalogue/test_logbooks.py", "tests/fieldwork/test_stages.py"),
)

"""Inspection of employers with hazards 职业病危害监督检查: notice, rectification, checked again."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.occupational.employer import EMPLOYER
from kangshu.declare import Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import (
    Logbook,
    LogbookFigure,
    Stage,
    count,
    registered,
    sites,
    total,
)

PROBLEMS = coded(
    ("1", "未申报职业病危害项目", "hazards not declared"),
    ("2", "未定期检测危害因素", "hazards not measured"),
    ("3", "未组织职业健康检查", "workers not examined"),
    ("4", "防护设施不合格", "protection not up to standard"),
    ("5", "个人防护用品不合格", "personal protection not up to standard"),
    ("6", "无警示标识、告知", "no warning or information"),
    ("7", "未培训", "no training"),
    ("9", "其他", "other"),
)
NONE, NOTICE, PENALTY = "1", "2", "3"
MEASURES = coded(
    (NONE, "未发现问题", "nothing found"),
    (NOTICE, "下达整改意见书", "notice to put right"),
    (PENALTY, "整改并立案处罚", "notice and penalty"),
)

INSPECTION = Form(
    id="occupational.inspection",
    version=1,
    title=Text("职业卫生监督检查表", "Inspection"),
    sections=(
        Section(
            "inspection",
            Text("检查", "Inspection"),
            (
                words("inspectors", "检查人员", "Inspectors", length=80, required=True),
                number("points", "现场检测点数", "Points measured", "个", (0, 1000)),
                number("points_over", "超标点数", "Points over the limit", "个", (0, 1000)),
                one_of("measure", "处理意见", "Result", MEASURES, required=True, carried=False),
                several_of(
                    "problems",
                    "存在问题",
                    "Problems",
                    PROBLEMS,
                    visible=answer("measure").differs_from(NONE),
                    required=answer("measure").differs_from(NONE),
                    carried=False,
                ),
                words(
                    "notice",
                    "整改意见书编号",
                    "Number of the notice",
                    length=40,
                    visible=answer("measure").differs_from(NONE),
                    required=answer("measure").differs_from(NONE),
                    carried=False,
                ),
                day(
                    "rectify_by",
                    "整改期限",
                    "To be put right by",
                    visible=answer("measure").differs_from(NONE),
                    required=answer("measure").differs_from(NONE),
                    carried=False,
                ),
                words("remark", "检查情况", "Account", length=400, carried=False),
            ),
        ),
    ),
    source="职业病防治法；职业卫生监督执法",
)
REPORT = Form(
    id="occupational.rectification",
    version=1,
    title=Text("整改报告", "Report of putting right"),
    sections=(
        Section(
            "report",
            Text("整改", "Put right"),
            (words("measures", "整改措施", "Measures", length=600, required=True, carried=False),),
        ),
    ),
)
RECHECK = Form(
    id="occupational.recheck",
    version=1,
    title=Text("整改复查记录", "Check after putting right"),
    sections=(
        Section(
            "recheck",
            Text("复查", "Check"),
            (
                yes_no("passed", "是否整改到位", "Put right", required=True),
                words("remark", "复查意见", "Remark", length=300, carried=False),
            ),
        ),
    ),
)

FOUND = answer("measure").differs_from(NONE)

logbook = Logbook(
    id="occupational.inspections",
    version=1,
    title=Text("职业病危害监督检查台账", "Inspection of employers with hazards"),
    purpose=Text(
        "用人单位登记、检查、整改意见书和复查。",
        "Employers, inspections, notices and whether they were put right.",
    ),
    keepers=frozenset({"cdc", "supervision", "bureau"}),
    site=EMPLOYER,
    form=INSPECTION,
    stages=(
        Stage("rectified", Text("单位整改", "Put right"), REPORT, due_field="rectify_by", when=FOUND),
        Stage("rechecked", Text("复查", "Checked again"), RECHECK, due_field="rectify_by", when=FOUND),
    ),
    figures=(
        LogbookFigure(
            "occupational.employers",
            Text("在册职业病危害用人单位数", "Employers with hazards"),
            "家",
            registered(),
        ),
        LogbookFigure(
            "occupational.exposed_workers",
            Text("接触职业病危害人数", "Exposed workers"),
            "人",
            registered(of=answer("site__exposed")),
        ),
        LogbookFigure("occupational.inspections", Text("职业卫生监督检查次数", "Inspections"), "次", count()),
        LogbookFigure(
            "occupational.employers_inspected",
            Text("检查用人单位数", "Employers inspected"),
            "家",
            sites(),
            aliases=("检查职业病危害企业",),
        ),
        LogbookFigure(
            "occupational.coverage",
            Text("职业卫生检查覆盖率", "Employers inspected, share"),
            "%",
            sites(),
            out_of=registered(),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "occupational.notices",
            Text("下达整改意见书份数", "Notices to put right"),
            "份",
            count(),
            where=FOUND,
            aliases=("下达整改意见书",),
        ),
        LogbookFigure(
            "occupational.rectified",
            Text("整改到位率", "Put right"),
            "%",
            count(),
            where=FOUND & answer("rechecked__passed"),
            out_of=count(where=FOUND),
            scale=100,
            decimals=2,
        ),
        LogbookFigure(
            "occupational.points_over",
            Text("危害因素检测超标率", "Points over the limit"),
            "%",
            total(answer("points_over")),
            out_of=total(answer("points")),
            scale=100,
            decimals=2,
        ),
    ),
    list_fields=("measure", "problems", "rectify_by"),
    source=INSPECTION.source,
    tests=("tests/catalogue/test_logbooks.py", "tests/fieldwork/test_sites.py"),
)

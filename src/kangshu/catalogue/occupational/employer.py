"""The employer 用人单位 as a site: what it makes, which hazards, how many workers are exposed."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, words
from kangshu.declare import Check, Form, Section, Text
from kangshu.declare.expression import answer
from kangshu.declare.logbook import SiteKind

HAZARDS = coded(
    ("1", "粉尘", "dust"),
    ("2", "噪声", "noise"),
    ("3", "高温", "heat"),
    ("4", "化学毒物", "chemicals"),
    ("5", "放射性因素", "radiation"),
    ("6", "生物因素", "biological agents"),
    ("9", "其他", "other"),
)
SIZES = coded(
    ("1", "大型", "large"), ("2", "中型", "medium"), ("3", "小型", "small"), ("4", "微型", "very small")
)
RISKS = coded(("1", "一般", "ordinary"), ("2", "严重", "serious"))

EMPLOYER = SiteKind(
    "employer",
    Text("职业病危害用人单位", "Employers with hazards"),
    Form(
        id="occupational.employer",
        version=1,
        title=Text("用人单位职业病危害登记表", "Employer with hazards"),
        sections=(
            Section(
                "employer",
                Text("单位", "Employer"),
                (
                    words("industry", "行业", "Industry", length=40, required=True),
                    one_of("size", "规模", "Size", SIZES, required=True),
                    one_of("risk", "职业病危害风险分类", "Risk", RISKS, required=True),
                    words("address", "地址", "Address", length=100, required=True),
                    words("contact", "职业卫生管理人员", "Occupational health manager", length=40),
                ),
            ),
            Section(
                "hazards",
                Text("危害因素", "Hazards"),
                (
                    several_of("hazards", "职业病危害因素", "Hazards", HAZARDS, required=True),
                    number(
                        "workers", "职工人数", "Workers", "人", (1, 100_000), measured=False, required=True
                    ),
                    number(
                        "exposed",
                        "接触危害人数",
                        "Exposed workers",
                        "人",
                        (0, 100_000),
                        measured=False,
                        required=True,
                    ),
                ),
            ),
        ),
        checks=(
            Check(
                "exposed_among_workers",
                answer("exposed") <= answer("workers"),
                Text("接触危害人数不能多于职工人数。", "More exposed than workers."),
                field="exposed",
            ),
        ),
        source="职业病防治法；职业病危害项目申报办法；用人单位职业病危害风险分类管理办法",
    ),
)

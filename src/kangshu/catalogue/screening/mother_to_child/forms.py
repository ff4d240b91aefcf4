"""The three tests of every pregnancy, and the plan when HBsAg is positive (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Text, numbered

SOURCE = "预防艾滋病、梅毒和乙肝母婴传播工作规范（2020年版）；norms H1"
ID = "screening.mother_to_child"

TESTED = {
    "tested": said("三项均已检测", "All three tested", "结束检测。", "Nothing more to do."),
    "hbv": said(
        "HBsAg阳性：评估抗病毒治疗并通知接产机构",
        "HBsAg positive: plan",
        "检测病毒载量，通知接产机构备免疫球蛋白。",
        "Viral load; tell the hospital of delivery to have HBIG ready.",
        refer=True,
    ),
    "partial": said(
        "检测不全：补检", "Not all tested", "2周内补做未检项目。", "Do the others within two weeks."
    ),
}
DONE = numbered(("已检测，结果已保密告知", "tested, told in confidence"), ("未检测", "not tested"))

TESTS = sheet(
    f"{ID}.tests",
    Text("孕产妇艾滋病、梅毒、乙肝检测登记", "HIV, syphilis and hepatitis B tests of pregnancy"),
    "assess_tests",
    TESTED,
    SOURCE,
    part(
        "tests",
        "检测",
        "Tests",
        number(
            "weeks",
            "检测孕周（产时填40）",
            "Week of pregnancy",
            "周",
            (4, 45),
            (4, 42),
            measured=False,
            carried=False,
            required=True,
        ),
        one_of("hiv", "艾滋病检测", "HIV", DONE, required=True, carried=False),
        one_of("syphilis", "梅毒检测", "Syphilis", DONE, required=True, carried=False),
        one_of(
            "hbsag",
            "乙肝表面抗原",
            "HBsAg",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("未检测", "not tested")),
            required=True,
            measured=True,
        ),
    ),
)
PLAN = treatment_sheet(
    f"{ID}.plan",
    Text("HBsAg阳性孕妇处置", "HBsAg-positive pregnancy: plan"),
    SOURCE,
    ("已评估，开始抗病毒治疗", "antiviral treatment begun"),
    ("已评估，无需抗病毒治疗", "no antiviral needed"),
    ("已通知接产机构备免疫球蛋白", "the hospital of delivery knows"),
)

"""The newborn of an HBsAg-positive mother: immunoglobulin and first dose, and the test at 7 to 12 months."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, number, one_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "预防艾滋病、梅毒和乙肝母婴传播工作规范（2020年版）；norms H1"
ID = "screening.hepatitis_b_exposed"

NEWBORN = {
    "in_time": said(
        "免疫球蛋白注射及时",
        "Immunoglobulin in time",
        "按程序完成乙肝疫苗，7～12月龄检测。",
        "Finish the vaccine; test at 7 to 12 months.",
    ),
    "late": said(
        "免疫球蛋白注射超时",
        "Immunoglobulin late",
        "记录原因，按程序完成乙肝疫苗，7～12月龄检测。",
        "Note why; finish the vaccine, test at 7 to 12 months.",
    ),
    "not_given": said(
        "未注射免疫球蛋白",
        "No immunoglobulin",
        "尽快补注，按程序完成乙肝疫苗。",
        "Give it as soon as possible.",
        urgent=True,
    ),
}
TEST = {
    "protected": said("阻断成功，有保护性抗体", "Protected", "结束随访。", "Nothing more to do."),
    "unprotected": said(
        "未感染，抗体不足",
        "Not infected, no antibody",
        "按程序再接种乙肝疫苗后复查。",
        "Vaccinate again, then test.",
        refer=True,
    ),
    "infected": said("感染乙肝病毒", "Infected", "转诊，专科随访。", "Refer to a specialist.", refer=True),
    "not_done": said("未检测", "Not tested", "督促检测。", "Have it tested."),
}
GIVEN = answer("given").equals("2")
TESTED = answer("hbsag").is_in("1", "2")

BIRTH = sheet(
    f"{ID}.newborn",
    Text("HBsAg阳性母亲所生新生儿登记", "Newborn of an HBsAg-positive mother"),
    "newborn",
    NEWBORN,
    SOURCE,
    part(
        "immunoglobulin",
        "乙肝免疫球蛋白",
        "Immunoglobulin",
        one_of("given", "已注射乙肝免疫球蛋白", "Immunoglobulin given", NO_YES, required=True, carried=False),
        number(
            "hours",
            "出生后注射时间",
            "Hours after birth",
            "h",
            (0, 720),
            (0, 48),
            visible=GIVEN,
            required=GIVEN,
        ),
        number("amount", "剂量", "Amount", "IU", (50, 400), (100, 200), visible=GIVEN),
        words("batch", "批号", "Batch", length=40, visible=GIVEN, carried=False),
        words("reason", "未注射或超时原因", "Why late, or not given", length=200, carried=False),
        one_of(
            "vaccine",
            "24小时内接种首剂乙肝疫苗",
            "First vaccine dose within 24 hours",
            NO_YES,
            required=True,
            carried=False,
        ),
    ),
)
TESTING = sheet(
    f"{ID}.test",
    Text("乙肝暴露儿童检测", "Exposed child: hepatitis B test"),
    "child_tested",
    TEST,
    SOURCE,
    part(
        "test",
        "检测",
        "Test",
        one_of(
            "hbsag",
            "HBsAg",
            "HBsAg",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("未检测", "not tested")),
            required=True,
            measured=True,
        ),
        number(
            "anti_hbs",
            "抗-HBs",
            "Anti-HBs",
            "mIU/mL",
            (0, 100000),
            (0, 10000),
            places=1,
            visible=TESTED,
            required=answer("hbsag").equals("1"),
        ),
    ),
)

"""Prenatal screening: the order with the week and the risk, the recall, the diagnosis (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, number, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "产前诊断技术管理办法；norms H1"
ID = "screening.prenatal"

SCREENED = {
    "low": said("低风险", "Low risk", "常规产检。", "Antenatal care as usual."),
    "critical": said(
        "临界风险：建议NIPT",
        "In between: NIPT",
        "建议无创产前检测，2周内追踪。",
        "Advise NIPT; ask within two weeks.",
        refer=True,
    ),
    "high": said(
        "高风险：产前诊断",
        "High risk: diagnosis",
        "转产前诊断机构，2周内追踪。",
        "To the prenatal-diagnosis centre; ask within two weeks.",
        refer=True,
        urgent=True,
    ),
    "refused": said("不同意筛查", "Declined", "签署知情书。", "Have it signed."),
    "unfit": said("孕周不适宜", "Wrong week", "按孕周选择适宜的筛查方法。", "Choose the test by the week."),
}
DIAGNOSED = {
    "normal": said("产前诊断未见异常", "Nothing found", "常规产检。", "Antenatal care as usual."),
    "abnormal": said(
        "诊断胎儿异常",
        "Foetal anomaly",
        "医学咨询，填报出生缺陷登记。",
        "Counselling; enter the birth-defect card.",
        refer=True,
    ),
    "waiting": said(
        "未做或结果未出", "Not done, or no result", "2周内再次追踪。", "Ask again within two weeks."
    ),
    "refused": said(
        "拒绝产前诊断", "Declined", "签署知情书，常规产检并加强超声。", "Have it signed; ultrasound as well."
    ),
}
TESTS = numbered(
    ("早期血清学（11～13周+6）", "first trimester (11 to 13 weeks)"),
    ("中期血清学（15～20周+6）", "second trimester (15 to 20 weeks)"),
    ("NT超声（11～13周+6）", "nuchal ultrasound (11 to 13 weeks)"),
    ("无创产前检测NIPT（12～22周+6）", "NIPT (12 to 22 weeks)"),
)
AGREED = answer("consent").equals("2")

ORDER = sheet(
    f"{ID}.screening",
    Text("产前筛查登记", "Prenatal screening"),
    "screened",
    SCREENED,
    SOURCE,
    part(
        "order",
        "筛查",
        "Screening",
        one_of("consent", "知情同意", "Agrees", NO_YES, required=True, carried=False),
        one_of("test", "筛查方法", "Test", TESTS, visible=AGREED, required=AGREED, carried=False),
        number(
            "weeks",
            "孕周",
            "Weeks",
            "周",
            (6, 42),
            (9, 24),
            measured=False,
            carried=False,
            visible=AGREED,
            required=AGREED,
        ),
        number(
            "risk_21",
            "21三体风险值 1/",
            "Risk of trisomy 21: 1 in",
            "",
            (1, 1000000),
            visible=answer("test").is_in("1", "2", "3"),
            required=answer("test").is_in("1", "2"),
        ),
        number(
            "risk_18",
            "18三体风险值 1/",
            "Risk of trisomy 18: 1 in",
            "",
            (1, 1000000),
            visible=answer("test").is_in("1", "2"),
        ),
        one_of(
            "neural_tube",
            "开放性神经管缺陷",
            "Neural tube defect",
            numbered(("低风险", "low risk"), ("高风险", "high risk")),
            visible=answer("test").equals("2"),
            measured=True,
        ),
        number(
            "nt",
            "NT厚度",
            "Nuchal translucency",
            "mm",
            (0, 20),
            (0, 5),
            places=1,
            visible=answer("test").equals("3"),
            required=answer("test").equals("3"),
        ),
        one_of(
            "nipt",
            "NIPT结果",
            "NIPT",
            numbered(("低风险", "low risk"), ("高风险", "high risk")),
            visible=answer("test").equals("4"),
            required=answer("test").equals("4"),
            measured=True,
        ),
    ),
)
DIAGNOSIS = sheet(
    f"{ID}.diagnosis",
    Text("产前诊断结果追踪", "Prenatal diagnosis: result"),
    "diagnosed",
    DIAGNOSED,
    SOURCE,
    part(
        "diagnosis",
        "产前诊断",
        "Diagnosis",
        one_of(
            "done",
            "产前诊断",
            "Diagnosis",
            numbered(("已完成", "done"), ("未做或结果未出", "not done, or no result"), ("拒绝", "declined")),
            required=True,
            carried=False,
        ),
        several_of(
            "methods",
            "方法",
            "Method",
            numbered(
                ("羊水穿刺", "amniocentesis"),
                ("绒毛活检", "CVS"),
                ("脐血", "cord blood"),
                ("系统超声", "ultrasound"),
                ("NIPT", "NIPT"),
            ),
            visible=answer("done").equals("1"),
            carried=False,
        ),
        one_of(
            "result",
            "结果",
            "Result",
            numbered(
                ("未见异常", "nothing found"),
                ("21三体", "trisomy 21"),
                ("18三体", "trisomy 18"),
                ("神经管缺陷", "neural tube defect"),
                ("其他异常", "other"),
            ),
            visible=answer("done").equals("1"),
            required=answer("done").equals("1"),
            measured=True,
        ),
        words("centre", "产前诊断机构", "Centre", length=60, visible=answer("done").equals("1")),
        one_of(
            "outcome_of_pregnancy",
            "妊娠处理",
            "Pregnancy",
            numbered(("继续妊娠", "goes on"), ("终止妊娠", "ended"), ("未定", "open")),
            visible=answer("result").is_in("2", "3", "4", "5"),
            carried=False,
        ),
    ),
)

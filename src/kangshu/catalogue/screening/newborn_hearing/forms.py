"""Forms of newborn hearing screening: first and second test, diagnosis, intervention, and the yearly test of
those at risk (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Check, Field, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "新生儿听力筛查技术规范；norms K5"
ID = "screening.newborn_hearing"

FIRST = {
    "passed": said("初筛通过", "Passed", "结束筛查。", "Nothing more to do."),
    "at_risk": said(
        "通过但有高危因素：每年随访至3岁",
        "Passed, at risk: yearly to age 3",
        "每年复查听力，至3岁。",
        "Test the hearing every year to age 3.",
    ),
    "failed": said(
        "初筛未通过：42天内复筛",
        "Failed: second test by 42 days",
        "出生42天内复筛。",
        "Second test by 42 days of age.",
        refer=True,
    ),
    "not_done": said("未做初筛", "Not done", "出院后42天内补做。", "To be done by 42 days of age."),
}
SECOND = {
    "passed": said("复筛通过", "Passed", "结束筛查。", "Nothing more to do."),
    "failed": said(
        "复筛未通过：3月龄内诊断",
        "Failed: diagnosis by 3 months",
        "3月龄内到听力诊断机构。",
        "To the diagnostic centre by 3 months of age.",
        refer=True,
    ),
    "not_done": said("未做复筛", "Not done", "督促尽快复筛。", "Have it done soon."),
}
DIAGNOSIS = {
    "normal": said("听力正常", "Normal hearing", "结束筛查。", "Nothing more to do."),
    "impaired": said(
        "听力障碍：6月龄内干预",
        "Impaired: help by 6 months",
        "6月龄内助听器、人工耳蜗等干预。",
        "Hearing aid or implant by 6 months of age.",
        refer=True,
        urgent=True,
    ),
    "waiting": said("未诊断", "Not diagnosed", "督促尽快诊断。", "Have it diagnosed soon."),
}
YEARLY = {
    "passed": said("听力正常", "Normal", "下一年再查，至3岁。", "Again next year, to age 3."),
    "over": said("满3岁，结束随访", "Three years old: over", "结束随访。", "Nothing more to do."),
    "failed": said(
        "异常：转诊断", "Not passed: diagnosis", "转听力诊断机构。", "To the diagnostic centre.", refer=True
    ),
}
PASS_FAIL = numbered(("通过", "pass"), ("未通过", "refer"), ("未测", "not tested"))
METHOD = one_of(
    "method",
    "方法",
    "Method",
    numbered(("耳声发射OAE", "OAE"), ("自动听性脑干反应AABR", "AABR"), ("OAE+AABR", "both")),
    carried=False,
)


def _ears() -> tuple[Field, Field]:
    return (
        one_of("left", "左耳", "Left ear", PASS_FAIL, required=True, measured=True),
        one_of("right", "右耳", "Right ear", PASS_FAIL, required=True, measured=True),
    )


SCREEN = sheet(
    f"{ID}.first",
    Text("新生儿听力初筛", "Newborn hearing: first test"),
    "first",
    FIRST,
    SOURCE,
    part(
        "test",
        "初筛",
        "First test",
        METHOD,
        *_ears(),
        several_of(
            "risks",
            "高危因素",
            "Risk factors",
            numbered(
                ("NICU住院超过5天", "NICU over 5 days"),
                ("耳聋家族史", "family history"),
                ("宫内感染", "infection in the womb"),
                ("颅面畸形", "malformed head or face"),
                ("出生体重低于1500 g", "under 1500 g"),
                ("高胆红素血症换血", "bilirubin, exchanged"),
                ("细菌性脑膜炎", "meningitis"),
                ("窒息", "asphyxia"),
                ("无", "none"),
            ),
            alone="9",
            required=True,
            carried=False,
        ),
        one_of("consent", "家长知情同意", "Parents agree", NO_YES, carried=False),
        words("tested_at", "筛查机构", "Tested at", length=60),
    ),
    checks=(
        Check(
            "nicu_aabr",
            ~(answer("risks").includes("1") & answer("method").equals("1")),
            Text("NICU新生儿应使用AABR。", "A newborn of the NICU is to be tested with AABR."),
            hard=False,
            field="method",
        ),
    ),
)
AGAIN = sheet(
    f"{ID}.second",
    Text("新生儿听力复筛", "Newborn hearing: second test"),
    "second",
    SECOND,
    SOURCE,
    part(
        "test",
        "复筛",
        "Second test",
        METHOD,
        *_ears(),
        words("tested_at", "筛查机构", "Tested at", length=60),
    ),
)
DIAGNOSED = sheet(
    f"{ID}.diagnosis",
    Text("听力诊断", "Hearing: diagnosis"),
    "diagnosis",
    DIAGNOSIS,
    SOURCE,
    part(
        "diagnosis",
        "诊断",
        "Diagnosis",
        one_of(
            "result",
            "诊断结果",
            "Result",
            numbered(
                ("正常", "normal"),
                ("轻度", "mild"),
                ("中度", "moderate"),
                ("重度", "severe"),
                ("极重度", "profound"),
                ("尚未诊断", "not yet"),
            ),
            required=True,
            measured=True,
        ),
        one_of(
            "sides",
            "患侧",
            "Side",
            numbered(("左耳", "left"), ("右耳", "right"), ("双耳", "both")),
            visible=answer("result").is_in("2", "3", "4", "5"),
            measured=True,
        ),
        words("hospital", "诊断机构", "Hospital", length=60),
    ),
)
HELPED = treatment_sheet(
    f"{ID}.intervention",
    Text("听力障碍干预", "Hearing: intervention"),
    SOURCE,
    ("助听器", "hearing aid"),
    ("人工耳蜗", "implant"),
    ("语言康复", "speech training"),
    ("定期随访观察", "watched"),
)
FOLLOWED = sheet(
    f"{ID}.yearly",
    Text("听力高危儿随访", "Hearing: child at risk"),
    "yearly",
    YEARLY,
    SOURCE,
    part("test", "随访", "Test", METHOD, *_ears()),
)

"""The woman found, her treatment, the end of the pregnancy."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, day, number, one_of, several_of
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "预防艾滋病、梅毒和乙肝母婴传播工作规范（2020年版）；norms H1"
ID = "screening.mother_to_child_cases"

FOUND = {
    "confirmed": said(
        "确证感染",
        "Confirmed",
        "2周内开始规范用药。",
        "Begin treatment within two weeks.",
        refer=True,
        urgent=True,
    ),
    "excluded": said("排除感染", "Excluded", "结束管理。", "Nothing more to do."),
    "waiting": said("待确证", "To be confirmed", "尽快送检确证。", "Send it for confirmation."),
}
ENDINGS = {
    "born": said(
        "活产：登记暴露儿童",
        "Born alive: register the child",
        "为儿童建立暴露儿童随访。",
        "Enrol the child among the exposed.",
    ),
    "lost_child": said(
        "妊娠终止或死产",
        "No live birth",
        "结束管理，转抗病毒治疗机构。",
        "Hand over to the treatment centre.",
    ),
    "pregnant": said("仍在孕期", "Still pregnant", "每月随访。", "Follow up monthly."),
}

POSITIVE = sheet(
    f"{ID}.positive",
    Text("感染孕产妇登记卡", "Infected pregnant woman"),
    "found",
    FOUND,
    SOURCE,
    part(
        "positive",
        "感染情况",
        "Infection",
        several_of(
            "diseases",
            "感染",
            "Infection",
            numbered(("艾滋病病毒", "HIV"), ("梅毒", "syphilis")),
            required=True,
            carried=False,
        ),
        one_of(
            "confirmation",
            "确证结果",
            "Confirmation",
            numbered(("确证阳性", "confirmed"), ("排除", "excluded"), ("待确证", "waiting")),
            required=True,
            measured=True,
        ),
        number("weeks", "确证孕周", "Week of pregnancy", "周", (4, 45), measured=False, carried=False),
        one_of("partner_tested", "配偶或性伴检测", "Partner tested", NO_YES, carried=False),
    ),
)
TREATMENT = treatment_sheet(
    f"{ID}.treatment",
    Text("感染孕产妇用药记录", "Treatment in pregnancy"),
    SOURCE,
    ("抗病毒治疗", "antiretrovirals"),
    ("规范梅毒治疗（苄星青霉素）", "benzathine penicillin"),
    ("梅毒替代治疗", "other treatment of syphilis"),
)
ENDED = sheet(
    f"{ID}.ended",
    Text("感染孕产妇妊娠结局", "End of the pregnancy"),
    "ended",
    ENDINGS,
    SOURCE,
    part(
        "end",
        "妊娠结局",
        "End",
        one_of(
            "end",
            "结局",
            "End",
            numbered(
                ("活产", "live birth"),
                ("死胎死产", "stillbirth"),
                ("终止妊娠", "ended"),
                ("仍在孕期", "still pregnant"),
            ),
            required=True,
            carried=False,
        ),
        day("ended_on", "日期", "On", visible=answer("end").is_in("1", "2", "3"), carried=False),
        one_of(
            "mode",
            "分娩方式",
            "Delivery",
            numbered(("阴道分娩", "vaginal"), ("剖宫产", "caesarean")),
            visible=answer("end").equals("1"),
            carried=False,
        ),
        one_of(
            "feeding",
            "喂养指导",
            "Feeding advice",
            numbered(("人工喂养", "formula"), ("母乳喂养", "breast"), ("混合喂养", "mixed")),
            visible=answer("end").equals("1"),
            carried=False,
        ),
    ),
)

"""The child of a mother with HIV or syphilis: prophylaxis, follow-up by age, the result by 18 months."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, number, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "预防艾滋病、梅毒和乙肝母婴传播工作规范（2020年版）；norms H1"
ID = "screening.exposed_children"

BORN = {
    "given": said(
        "已预防用药", "Prophylaxis given", "按月龄随访至18月龄。", "Follow up by age to 18 months."
    ),
    "not_given": said(
        "未预防用药",
        "No prophylaxis",
        "尽快用药，按月龄随访。",
        "Give it at once; follow up by age.",
        urgent=True,
    ),
}
SEEN = {
    "well": said("未见异常", "Nothing found", "按月龄继续随访。", "Next visit by age."),
    "suspected": said("可疑感染：转诊", "Suspected: refer", "转诊检测。", "Refer for tests.", refer=True),
}
RESULT = {
    "excluded": said("排除感染", "Not infected", "结束随访。", "Nothing more to do."),
    "infected": said(
        "感染：转治疗", "Infected: treat", "转抗病毒治疗或驱梅治疗。", "Refer for treatment.", refer=True
    ),
    "waiting": said("未定", "Not clear yet", "1个月内再检。", "Test again within a month."),
}

BIRTH = sheet(
    f"{ID}.birth",
    Text("暴露儿童登记", "Exposed child"),
    "born",
    BORN,
    SOURCE,
    part(
        "birth",
        "出生情况",
        "Birth",
        several_of(
            "mother",
            "母亲感染",
            "Mother has",
            numbered(("艾滋病病毒", "HIV"), ("梅毒", "syphilis")),
            required=True,
            carried=False,
        ),
        one_of("prophylaxis", "出生后预防用药", "Prophylaxis", NO_YES, required=True, carried=False),
        number(
            "hours",
            "用药时间（出生后）",
            "Hours after birth",
            "h",
            (0, 720),
            (0, 72),
            visible=answer("prophylaxis").equals("2"),
        ),
        one_of(
            "feeding",
            "喂养方式",
            "Feeding",
            numbered(("人工喂养", "formula"), ("母乳喂养", "breast"), ("混合喂养", "mixed")),
            carried=False,
        ),
    ),
)
VISIT = sheet(
    f"{ID}.visit",
    Text("暴露儿童随访", "Exposed child: visit"),
    "seen",
    SEEN,
    SOURCE,
    part(
        "visit",
        "随访",
        "Visit",
        number("weight", "体重", "Weight", "kg", (1, 30), (2, 15), places=2),
        one_of(
            "tested",
            "本次检测",
            "Test this time",
            numbered(("未检测", "none"), ("阴性", "negative"), ("阳性或可疑", "positive or suspicious")),
            required=True,
            measured=True,
        ),
        one_of("signs", "可疑症状体征", "Signs", NO_YES, required=True, measured=True),
        words("remark", "说明", "Remark", length=200, carried=False),
    ),
)
ENDING = sheet(
    f"{ID}.result",
    Text("暴露儿童18月龄感染状态", "Exposed child: result at 18 months"),
    "result",
    RESULT,
    SOURCE,
    part(
        "result",
        "感染状态",
        "Result",
        one_of(
            "result",
            "结果",
            "Result",
            numbered(("排除感染", "not infected"), ("感染", "infected"), ("未定", "not clear")),
            required=True,
            measured=True,
        ),
    ),
)

"""The enumeration of the catch-up: doses before, tests, and who is to be vaccinated (norms K8)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "乙肝疫苗补种实施方案；norms K8, B4"
ID = "screening.hepatitis_b_catch_up"
DOSE = "immunisation.dose"
HEPATITIS_B = "HepB"

LISTED = {
    "due": said(
        "应种：补种乙肝疫苗",
        "Due: vaccinate",
        "按0、1、6月程序补齐剂次。",
        "Complete the doses, 0-1-6 months.",
    ),
    "complete": said("已全程接种", "Complete", "不需补种。", "Nothing more to do."),
    "immune": said("抗-HBs阳性：无需接种", "Immune", "不需补种。", "Nothing more to do."),
    "infected": said(
        "HBsAg阳性：建档转诊",
        "HBsAg positive: refer",
        "建立乙肝档案并转诊，不接种。",
        "Open a hepatitis record, refer; no vaccine.",
        refer=True,
    ),
    "contraindicated": said(
        "有禁忌：不接种", "Contraindicated", "禁忌消除后再评估。", "Look again when the reason is over."
    ),
    "deferred": said("暂缓接种", "Deferred", "28天内再次约种。", "Ask again within 28 days."),
    "refused": said("拒绝接种", "Refused", "签署知情书，继续动员。", "Have it signed; go on asking."),
    "away": said("外出未找到", "Away", "联系现住地接种单位。", "Ask the clinic where the person lives now."),
}

ENUMERATION = sheet(
    f"{ID}.enumeration",
    Text("乙肝疫苗补种摸底登记", "Hepatitis B catch-up: enumeration"),
    "listed",
    LISTED,
    SOURCE,
    part(
        "doses",
        "核查接种史",
        "Doses before",
        one_of(
            "checked_by",
            "核查依据",
            "Checked by",
            numbered(
                ("接种证", "certificate"),
                ("接种卡或信息系统", "card or system"),
                ("家长回忆", "told"),
                ("无记录", "no record"),
            ),
            required=True,
            carried=False,
        ),
        number(
            "doses",
            "既往乙肝疫苗剂次",
            "Doses before",
            "剂",
            (0, 6),
            (0, 3),
            measured=False,
            carried=False,
            required=True,
        ),
    ),
    part(
        "tests",
        "血清学检测（地方开展时）",
        "Tests (where done)",
        one_of(
            "hbsag",
            "HBsAg",
            "HBsAg",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("未检", "not tested")),
            measured=True,
        ),
        one_of(
            "anti_hbs",
            "抗-HBs",
            "Anti-HBs",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("未检", "not tested")),
            measured=True,
        ),
    ),
    part(
        "answer",
        "登记结果",
        "Result",
        one_of(
            "fit",
            "能否接种",
            "Can be vaccinated",
            numbered(
                ("可以接种", "yes"),
                ("禁忌", "contraindicated"),
                ("暂缓", "deferred"),
                ("拒绝", "refuses"),
                ("外出未找到", "away"),
            ),
            required=True,
            carried=False,
        ),
        words(
            "reason",
            "原因",
            "Reason",
            length=200,
            visible=answer("fit").is_in("2", "3", "4"),
            required=answer("fit").is_in("2", "4"),
            carried=False,
        ),
        day("again_on", "下次约种日期", "Next appointment", visible=answer("fit").equals("3"), carried=False),
    ),
)

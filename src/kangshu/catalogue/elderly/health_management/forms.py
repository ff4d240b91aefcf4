"""The elders' own forms: the assessment (self-care scale, cognition, emotion) and the telling of the results
(norms A6.1, A6.2). The check itself is the shared form `records.health_check` (A16)."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.elderly.health_management.wording import OUTCOMES
from kangshu.declare import Check, Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on, score

SOURCE = "国家基本公共卫生服务规范（第三版）2017，老年人健康管理服务规范；norms A6"
EARLIEST_AGE = 65

POINTS = {
    "eating": (0, 0, 3, 5),
    "grooming": (0, 1, 3, 7),
    "dressing": (0, 0, 3, 5),
    "toileting": (0, 1, 5, 10),
    "activity": (0, 1, 5, 10),
}
"""What able, mild, moderate and unable are worth for each item (norms A6.2)."""

GRADES = (
    ("可自理", "able"),
    ("轻度依赖", "mild dependence"),
    ("中度依赖", "moderate dependence"),
    ("不能自理", "unable"),
)


def points_of(item: str) -> dict[str, int]:
    return {str(code): points for code, points in enumerate(POINTS[item], start=1)}


def _item(name: str, zh: str, en: str) -> Field:
    worth = POINTS[name]
    return one_of(
        name,
        zh,
        en,
        numbered(*((f"{zh}（{n}分）", f"{en} ({n})") for (zh, en), n in zip(GRADES, worth, strict=True))),
        required=True,
    )


SELF_CARE = Section(
    "self_care",
    Text("生活自理能力评估", "Self-care"),
    (
        _item("eating", "进餐", "Eating"),
        _item("grooming", "梳洗", "Grooming and washing"),
        _item("dressing", "穿衣", "Dressing"),
        _item("toileting", "如厕", "Toileting"),
        _item("activity", "活动", "Moving about"),
        Field(
            "self_care_total",
            Text("总分", "Total"),
            FieldType.COMPUTED,
            unit="分",
            expression=score("eating", points=points_of("eating"))
            + score("grooming", points=points_of("grooming"))
            + score("dressing", points=points_of("dressing"))
            + score("toileting", points=points_of("toileting"))
            + score("activity", points=points_of("activity")),
        ),
    ),
)

RECALL_FAILED = answer("recall").equals("2")
IS_SAD = answer("sad").equals("2") | answer("no_interest").equals("2")

SCREENS = Section(
    "screens",
    Text("认知与情感", "Cognition and emotion"),
    (
        one_of(
            "recall",
            "1分钟后能否完整复述三件物品",
            "Recalls all three objects after a minute",
            numbered(("能（阴性）", "yes (negative)"), ("不能（阳性）", "no (positive)")),
            measured=True,
        ),
        one_of(
            "education",
            "文化程度",
            "Education",
            numbered(
                ("文盲", "illiterate"), ("小学", "primary school"), ("中学及以上", "middle school and more")
            ),
            visible=RECALL_FAILED,
            required=RECALL_FAILED,
        ),
        number(
            "mmse",
            "简易智力状态检查总分",
            "MMSE score",
            "分",
            (0, 30),
            visible=RECALL_FAILED,
        ),
        one_of(
            "sad",
            "是否经常感到伤心或抑郁",
            "Often sad or depressed",
            coded(("1", "否", "no"), ("2", "是", "yes")),
            measured=True,
        ),
        one_of(
            "no_interest",
            "是否对往常的事失去兴趣",
            "Has lost interest in usual things",
            coded(("1", "否", "no"), ("2", "是", "yes")),
            measured=True,
        ),
        number("gds", "老年抑郁量表（GDS-30）总分", "GDS-30 score", "分", (0, 30), visible=IS_SAD),
        words("doctor", "评估医生签名", "Doctor", length=40, carried=False),
    ),
)

ASSESSMENT = Form(
    id="elderly.assessment",
    version=1,
    title=Text("老年人生活自理能力与心理评估表", "Elder assessment: self-care, cognition, emotion"),
    sections=(SELF_CARE, SCREENS),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in OUTCOMES.items()),
    earliest_age=EARLIEST_AGE,
    source=SOURCE,
)

REFERRED = answer("advice").includes("3")

RESULTS_TOLD = Form(
    id="elderly.results_told",
    version=1,
    title=Text("老年人体检结果告知与指导", "Elder check: results told and advice"),
    sections=(
        Section(
            "told",
            Text("结果告知", "Results told"),
            (
                one_of(
                    "told_by",
                    "告知方式",
                    "Told",
                    numbered(
                        ("当面", "face to face"),
                        ("电话", "by telephone"),
                        ("书面报告", "in writing"),
                        ("网上查询", "on line"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "result",
                    "体检结果",
                    "Result",
                    numbered(("无异常", "nothing abnormal"), ("有异常", "abnormal")),
                    required=True,
                    carried=False,
                ),
                words(
                    "abnormal",
                    "主要异常",
                    "What was abnormal",
                    length=300,
                    visible=answer("result").equals("2"),
                    required=answer("result").equals("2"),
                    carried=False,
                ),
                several_of(
                    "advice",
                    "处理",
                    "What follows",
                    numbered(
                        ("纳入慢性病患者健康管理", "enrol in chronic-disease management"),
                        ("定期复查", "check again"),
                        ("转诊", "refer"),
                        ("无需特殊处理", "nothing special"),
                    ),
                    alone="4",
                    required=True,
                    carried=False,
                ),
                words(
                    "referral_to",
                    "转诊机构及科别",
                    "Referred to",
                    visible=REFERRED,
                    required=REFERRED,
                    carried=False,
                ),
                words("referral_reason", "转诊原因", "Reason of referral", visible=REFERRED, carried=False),
            ),
        ),
        Section(
            "guidance",
            Text("健康指导", "Advice"),
            (
                several_of(
                    "guidance",
                    "指导内容",
                    "Advice on",
                    numbered(
                        ("生活方式", "life style"),
                        ("疫苗接种（流感、肺炎）", "vaccination (influenza, pneumococcal)"),
                        ("防跌倒", "fall prevention"),
                        ("骨质疏松预防", "osteoporosis"),
                        ("意外伤害与自救", "accidents and self-rescue"),
                        ("认知与情感", "cognition and emotion"),
                    ),
                    required=True,
                    carried=False,
                ),
                yes_no("told_to_family", "是否同时告知家属", "The family was told too"),
                day("next_check_on", "下次体检日期", "Next check", carried=False),
                words("doctor", "责任医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "next_after_this",
            answer("next_check_on") > performed_on,
            Text("下次体检日期须晚于本次日期。", "The next check must be after this day."),
            field="next_check_on",
        ),
        Check(
            "abnormal_needs_action",
            ~(answer("result").equals("2") & answer("advice").includes("4")),
            Text("结果异常时应有处理意见，请核对。", "An abnormal result calls for something: please check."),
            hard=False,
            field="advice",
        ),
    ),
    earliest_age=EARLIEST_AGE,
    source=SOURCE,
)

"""Intake, intervention and closing of a crisis."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, one_of, several_of, words, yes_no
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Form, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "精神卫生法；全国社会心理服务体系建设试点工作方案；心理危机干预工作要求"

GRADES = {
    "low": said(
        "低风险", "Low risk", "1周内干预，告知求助热线。", "Intervene within a week; give the hotline."
    ),
    "medium": said(
        "中风险", "Medium risk", "1周内干预，告知家属陪伴。", "Within a week; somebody stays with them."
    ),
    "high": said(
        "高风险",
        "High risk",
        "当日干预，家属24小时陪护，转精神专科评估。",
        "Intervene today; watched day and night; a psychiatrist assesses.",
        refer=True,
        urgent=True,
    ),
    "imminent": said(
        "紧急",
        "Imminent",
        "立即联系110、120和家属，不得中断联系，送医。",
        "Call 110, 120 and the family now; do not end the contact; to hospital.",
        refer=True,
        urgent=True,
    ),
}
GRADE_CODES = {"1": "low", "2": "medium", "3": "high", "4": "imminent"}
RISKS = numbered(("低风险", "low"), ("中风险", "medium"), ("高风险", "high"), ("紧急", "imminent"))
CHANNELS = numbered(
    ("热线电话", "hotline"),
    ("门诊", "clinic"),
    ("学校", "school"),
    ("公安或社区转介", "police or community"),
    ("家属求助", "family"),
    ("其他", "other"),
)
TROUBLES = numbered(
    ("情感婚姻", "love, marriage"),
    ("家庭关系", "family"),
    ("学业压力", "school"),
    ("工作或经济", "work, money"),
    ("躯体疾病", "illness"),
    ("精神障碍", "mental disorder"),
    ("丧亲或灾害", "bereavement, disaster"),
    ("其他", "other"),
)
INTAKE = sheet(
    "mental.crisis.intake",
    Text("心理危机受理与评估", "Crisis: intake"),
    "intake",
    GRADES,
    SOURCE,
    part(
        "call",
        "受理",
        "Intake",
        one_of("channel", "来源", "Came by", CHANNELS, required=True, carried=False),
        several_of("trouble", "主要问题", "Trouble", TROUBLES, required=True, carried=False),
        words("account", "情况摘要", "What was said", length=500, carried=False),
    ),
    part(
        "risk",
        "自杀自伤风险",
        "Risk",
        yes_no("ideation", "有自杀意念", "Thinks of suicide", required=True),
        yes_no("plan", "有具体计划", "Has a plan", required=True),
        yes_no("means", "已具备手段（药物、农药、高处等）", "Has the means", required=True),
        yes_no("attempted", "既往自杀未遂", "Attempted before", required=True),
        yes_no("acting", "正在实施", "Is doing it", required=True),
        yes_no("alone", "独自一人", "Is alone"),
    ),
)
INTERVENTION = sheet(
    "mental.crisis.intervention",
    Text("心理危机干预记录", "Crisis: intervention"),
    "intervention",
    GRADES,
    SOURCE,
    part(
        "work",
        "干预",
        "Intervention",
        one_of(
            "mode",
            "方式",
            "Mode",
            numbered(
                ("电话", "telephone"), ("面谈", "in person"), ("网络", "online"), ("现场处置", "on the spot")
            ),
            required=True,
            carried=False,
        ),
        words("measures", "干预内容", "What was done", length=500, required=True, carried=False),
        one_of("risk", "干预后风险", "Risk afterwards", RISKS, required=True, measured=True),
        one_of(
            "referral",
            "转介",
            "Referred to",
            coded(
                ("1", "无需转介", "nobody"),
                ("2", "精神专科门诊", "psychiatric outpatients"),
                ("3", "精神专科住院", "psychiatric ward"),
                ("4", "综合医院急诊", "emergency department"),
                ("5", "公安", "police"),
                ("6", "社会工作或民政", "social work"),
            ),
            required=True,
            carried=False,
        ),
        words(
            "referral_to",
            "转介机构",
            "Where",
            length=60,
            visible=answer("referral").differs_from("1"),
            carried=False,
        ),
        words("worker", "干预人员", "By", length=40),
    ),
)
CLOSING = Form(
    id="mental.crisis.closing",
    version=1,
    title=Text("心理危机结案", "Crisis: closure"),
    sections=(
        part(
            "closing",
            "结案",
            "Closure",
            one_of(
                "result",
                "结果",
                "Result",
                numbered(
                    ("危机解除", "resolved"),
                    ("已由专科接续治疗", "in treatment"),
                    ("移交其他部门", "handed over"),
                    ("无法联系", "cannot be reached"),
                    ("自杀死亡", "died by suicide"),
                ),
                required=True,
                carried=False,
            ),
            words("summary", "结案小结", "Summary", length=500, carried=False),
        ),
    ),
    source=SOURCE,
)

"""Issue of bottles, monthly question about taking them, and the survey of knowledge."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, several_of, words, yes_no
from kangshu.declare import Check, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "增补叶酸预防神经管缺陷项目管理方案；国家基本公共卫生服务项目（2019年起纳入）"
GOODS_ID = "maternal.folic_acid"
STAGES = numbered(("备孕", "preparing a pregnancy"), ("孕早期（孕12周以内）", "in the first 12 weeks"))

ISSUE = Form(
    id="maternal.folic_acid_issue",
    version=1,
    title=Text("叶酸发放登记", "Folic acid: issue"),
    sections=(
        Section(
            "issue",
            Text("发放", "Issue"),
            (
                one_of("stage", "服用阶段", "Stage", STAGES, required=True, carried=False),
                yes_no(
                    "high_risk",
                    "神经管缺陷高危",
                    "High risk of a neural tube defect",
                    required=True,
                    hint=Text(
                        "曾生育神经管缺陷儿等，需遵医嘱加量",
                        "an earlier affected child and the like: the dose is the doctor's",
                    ),
                ),
                number(
                    "bottles",
                    "发放瓶数",
                    "Bottles",
                    "瓶",
                    (1, 12),
                    (1, 6),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                words(
                    "batch",
                    "批号",
                    "Batch",
                    length=40,
                    carried=False,
                    hint=Text("不填则发最早到期的批号", "left empty: what expires first"),
                ),
                yes_no("told", "已告知服用方法", "How to take it was explained", required=True),
                words("receiver", "领取人", "Received by", length=40, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "explained",
            answer("told"),
            Text("发放时应告知服用方法。", "How to take it is explained at the issue."),
            hard=False,
            field="told",
        ),
    ),
    earliest_age=15,
    source=SOURCE,
)

INTAKE = Form(
    id="maternal.folic_acid_intake",
    version=1,
    title=Text("叶酸服用随访", "Folic acid: follow-up"),
    sections=(
        Section(
            "intake",
            Text("近一个月服用情况", "The last month"),
            (
                yes_no("took", "是否服用", "Took it", required=True),
                number(
                    "missed_days",
                    "漏服天数",
                    "Days missed",
                    "天",
                    (0, 31),
                    measured=False,
                    carried=False,
                    visible=answer("took"),
                    required=answer("took"),
                ),
                one_of(
                    "why_not",
                    "未服或停服原因",
                    "Why not",
                    numbered(
                        ("忘记", "forgot"),
                        ("担心副作用", "fear of side effects"),
                        ("不准备怀孕", "no pregnancy planned"),
                        ("已孕满12周", "past 12 weeks"),
                        ("其他", "other"),
                    ),
                    visible=~answer("took"),
                    required=~answer("took"),
                    carried=False,
                ),
                several_of(
                    "reactions",
                    "不适反应",
                    "Reactions",
                    numbered(("无", "none"), ("恶心", "nausea"), ("皮疹", "rash"), ("其他", "other")),
                    alone="1",
                    carried=False,
                ),
                one_of(
                    "pregnancy",
                    "目前情况",
                    "Now",
                    numbered(("备孕", "preparing"), ("已怀孕", "pregnant"), ("暂不怀孕", "not now")),
                    required=True,
                    carried=False,
                ),
            ),
        ),
    ),
    source=SOURCE,
)

SURVEY = Form(
    id="maternal.folic_acid_survey",
    version=1,
    title=Text("叶酸知晓与服用调查", "Folic acid: knowledge and use"),
    sections=(
        Section(
            "knowledge",
            Text("知识", "Knowledge"),
            (
                one_of(
                    "purpose",
                    "增补叶酸可以预防",
                    "Folic acid prevents",
                    numbered(
                        ("缺铁性贫血", "iron-deficiency anaemia"),
                        ("神经管缺陷", "neural tube defects"),
                        ("感冒", "colds"),
                        ("不知道", "does not know"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "time",
                    "最佳服用时间",
                    "When it is taken",
                    numbered(
                        ("孕前3个月至孕早期3个月", "three months before to three months into pregnancy"),
                        ("怀孕6个月以后", "from the sixth month"),
                        ("生产以后", "after the birth"),
                        ("不知道", "does not know"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "dose",
                    "一般妇女每天服用量",
                    "Daily dose for most women",
                    numbered(
                        ("0.4毫克（1片）", "0.4 mg, one tablet"),
                        ("4毫克（10片）", "4 mg, ten tablets"),
                        ("不知道", "does not know"),
                    ),
                    required=True,
                    carried=False,
                ),
            ),
        ),
        Section(
            "use",
            Text("服用", "Use"),
            (
                yes_no(
                    "ever_took",
                    "孕前或孕早期是否服用过叶酸",
                    "Took folic acid before or early in pregnancy",
                    required=True,
                ),
                yes_no(
                    "regular",
                    "是否按要求每天服用满3个月",
                    "Took it daily for three months",
                    visible=answer("ever_took"),
                    required=answer("ever_took"),
                ),
            ),
        ),
    ),
    earliest_age=15,
    source=SOURCE,
)

"""A prescription of 4 to 12 weeks, the pharmacist's review of it, and the delivery of its drugs."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Check, Field, FieldType, Range, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "长期处方管理规范（试行）（国卫办医发〔2021〕17号）"

DRUGS = coded(
    ("blood_pressure", "降压药", "blood pressure"),
    ("glucose", "口服降糖药", "oral glucose-lowering"),
    ("insulin", "胰岛素（冷藏）", "insulin (kept cold)"),
    ("lipid", "调脂药", "lipid-lowering"),
    ("platelet", "抗血小板药", "antiplatelet"),
    ("lung", "慢阻肺吸入剂", "inhaler"),
    ("other", "其他慢性病用药", "other for a chronic disease"),
    ("antimicrobial", "抗微生物药物", "antimicrobial"),
    ("controlled", "麻醉、第一类和第二类精神药品", "narcotic or psychotropic"),
    ("toxic", "医疗用毒性、放射性、易制毒药品", "toxic, radioactive, precursor"),
)
PRESCRIPTIONS = {
    "ordinary": said("可开具长期处方", "Within the rules", "药师审核后调剂。", "The pharmacist reviews it."),
    "over_month": said(
        "超过4周：须严格评估",
        "Over 4 weeks: assess strictly",
        "在病历中记录理由，由患者签字确认。",
        "Write the reason into the record; the patient signs.",
    ),
    "refused": said(
        "不得开具长期处方",
        "Not as a long prescription",
        "药品不适用或超过该类药品最长周数，请改开普通处方。",
        "The drug may not be prescribed so long: write an ordinary prescription.",
    ),
    "unstable": said(
        "病情不稳定：不宜长期处方",
        "Not stable: no long prescription",
        "先调整治疗并按期随访。",
        "Adjust the treatment first and follow up.",
    ),
}
REVIEWS = {
    "passed": said("审核通过", "Passed", "调剂或发起配送。", "Dispense, or order the delivery."),
    "returned": said(
        "审核退回", "Returned", "联系医师修改后重新开具。", "The doctor changes it and writes it anew."
    ),
}
STEPS = {
    "picked": said("已拣货", "Picked", "1日内发出。", "Ship within a day."),
    "shipped": said("已发出", "Shipped", "3日内送达并签收。", "Delivered and signed for within 3 days."),
    "received": said("已签收", "Received", "电话指导用药。", "Tell by telephone how to take them."),
    "failed": said(
        "未送达", "Not delivered", "次日再次联系配送。", "Contact and deliver again the next day."
    ),
}

PRESCRIPTION = sheet(
    "chronic.long_prescription.prescription",
    Text("慢性病长期处方", "Long prescription"),
    "prescription",
    PRESCRIPTIONS,
    SOURCE,
    part(
        "patient",
        "评估",
        "Assessment",
        several_of(
            "diseases",
            "慢性病诊断",
            "Disease",
            numbered(
                ("高血压", "hypertension"),
                ("2型糖尿病", "type 2 diabetes"),
                ("冠心病", "coronary disease"),
                ("脑卒中后", "after a stroke"),
                ("慢阻肺", "COPD"),
                ("其他", "other"),
            ),
            required=True,
        ),
        yes_no("stable", "诊断明确、用药稳定、病情控制平稳", "Stable in disease and drugs", required=True),
    ),
    part(
        "drugs",
        "处方",
        "Prescription",
        number(
            "weeks",
            "处方周数",
            "Weeks",
            "周",
            (4, 12),
            measured=False,
            required=True,
        ),
        several_of("classes", "药品类别", "Kinds of drugs", DRUGS, required=True),
        Field(
            "drugs",
            Text("药品明细", "Drugs"),
            FieldType.ROWS,
            fields=(
                words("name", "药品名称", "Drug", length=60, required=True, carried=False),
                words("use", "用法用量", "How taken", length=60, required=True, carried=False),
                Field(
                    "quantity",
                    Text("总量", "Quantity"),
                    FieldType.DECIMAL,
                    hard=Range.of(0, 10_000),
                    required=True,
                ),
                words("unit", "单位", "Unit", length=10, carried=False),
            ),
            most=10,
            required=True,
            carried=True,
        ),
        words(
            "reason",
            "超过4周的理由",
            "Why over 4 weeks",
            length=120,
            visible=answer("weeks") > 4,
            required=answer("weeks") > 4,
            carried=False,
        ),
        yes_no("signed", "患者已签字确认", "The patient signed", visible=answer("weeks") > 4),
        one_of(
            "supply",
            "取药方式",
            "How supplied",
            numbered(
                ("院内取药", "at the institution"), ("第三方配送", "delivered"), ("药店取药", "at a pharmacy")
            ),
            required=True,
        ),
        day("refill_on", "建议续方日期", "Refill on", assessed="refill_on"),
        words("doctor", "处方医师", "Doctor", length=40, carried=False),
    ),
    checks=(
        Check(
            "signed_over_four_weeks",
            (answer("weeks") <= 4) | answer("signed").equals(True),
            Text("超过4周的长期处方须由患者签字确认。", "Over four weeks the patient signs."),
            field="signed",
        ),
    ),
)
REVIEW = sheet(
    "chronic.long_prescription.review",
    Text("长期处方药师审核", "Pharmacist's review"),
    "review",
    REVIEWS,
    SOURCE,
    part(
        "review",
        "审核",
        "Review",
        one_of(
            "decision",
            "审核结论",
            "Decision",
            numbered(("通过", "passed"), ("退回", "returned")),
            required=True,
            carried=False,
        ),
        several_of(
            "faults",
            "不适宜情况",
            "Faults",
            numbered(
                ("适应证不符", "indication"),
                ("用法用量不当", "dose"),
                ("相互作用", "interaction"),
                ("重复用药", "duplicate"),
                ("禁忌证", "contraindication"),
                ("数量超出", "quantity"),
            ),
            visible=answer("decision").equals("2"),
            required=answer("decision").equals("2"),
            carried=False,
        ),
        words("pharmacist", "审核药师", "Pharmacist", length=40, required=True),
    ),
)
DELIVERY = sheet(
    "chronic.long_prescription.delivery",
    Text("药品配送单", "Delivery order"),
    "delivery",
    STEPS,
    SOURCE,
    part(
        "order",
        "配送",
        "Delivery",
        words("order", "配送单号", "Order", length=30, required=True),
        words("company", "配送单位", "Company", length=60, required=True),
        one_of(
            "step",
            "环节",
            "Step",
            coded(
                ("picked", "已拣货", "picked"),
                ("shipped", "已发出", "shipped"),
                ("received", "已签收", "received"),
                ("failed", "未送达", "not delivered"),
            ),
            required=True,
            carried=False,
        ),
        yes_no("kept_cold", "冷链正常（需冷藏药品）", "Kept cold (where needed)"),
        words(
            "receiver",
            "签收人",
            "Signed for by",
            length=40,
            visible=answer("step").equals("received"),
            required=answer("step").equals("received"),
            carried=False,
        ),
    ),
)

"""The decisions of norms A7.1 in words."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "chronic.hypertension.screening"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), "norms A7.1")
    for zh_when, en_when, zh_then, en_then in (
        (
            "收缩压≥180或舒张压≥110",
            "systolic ≥ 180 or diastolic ≥ 110",
            "紧急转诊，2周内随访转诊结果",
            "urgent referral, follow the result within 2 weeks",
        ),
        ("已由医院确诊", "diagnosed by a hospital already", "征得同意后纳入管理", "enrol, with consent"),
        ("怀疑继发性高血压", "secondary hypertension suspected", "转诊，2周内随访转诊结果", "refer"),
        (
            "非同日三次测量均≥140/90（同日以最后一次为准，中间有正常则重新计数）",
            "≥ 140/90 on three different days (the last reading of a day counts; a normal day starts anew)",
            "转诊确诊，2周内随访转诊结果",
            "refer to confirm, follow the result within 2 weeks",
        ),
        (
            "≥140/90，未满三日",
            "≥ 140/90 on fewer than three days",
            "去除诱因，非同日复测",
            "remove the cause, measure again on another day",
        ),
        (
            "血压130～139/85～89；BMI≥24或腰围男≥90、女≥85 cm；家族史；高盐；"
            "白酒≥100 mL/日；年龄≥55岁：有任何一项",
            "130–139/85–89; BMI ≥ 24 or waist ≥ 90 cm (men), 85 cm (women); family history; salt; "
            "spirit ≥ 100 mL a day; age ≥ 55: any of them",
            "高危：至少每半年测量一次，生活方式指导",
            "at high risk: measure every half year, advise on life style",
        ),
        ("其他", "otherwise", "每年至少测量一次", "measure once a year"),
    )
)

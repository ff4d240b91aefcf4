"""What the rules of severe mental disorder say."""

from __future__ import annotations

from kangshu.declare import Text

RISK_MISSING = Text(
    "请评定危险性（0～5级），否则不能分类。", "Grade the risk (0 to 5): without it there is no class."
)
ITEM_MISSING = Text(
    "请填写症状、自知力和社会功能，否则不能分类。",
    "Symptoms, insight and social function are needed for the class.",
)

OUTCOMES = {
    "stable": Text("病情稳定", "Stable"),
    "basically": Text("病情基本稳定", "Basically stable"),
    "unstable": Text("病情不稳定", "Unstable"),
    "lost": Text("失访", "Not found"),
    "died": Text("已死亡", "Has died"),
}

ADVICE = {
    "routine": Text(
        "继续执行治疗方案，3个月内随访。", "Go on with the treatment; see again within 3 months."
    ),
    "adjust": Text(
        "查找原因，必要时在现用药物规定剂量内调整，2周内随访。",
        "Find the cause, adjust the drug within its dose if needed; see again within 2 weeks.",
    ),
    "specialist": Text(
        "调整后仍未稳定：请精神专科医师指导治疗，1个月内随访。",
        "Still not stable: let a psychiatrist guide the treatment; see again within a month.",
    ),
    "emergency": Text(
        "对症处理后立即转诊，必要时报告公安机关；2周内随访转诊情况。"
        "未住院者在精神专科医师、居委会和民警协助下2周内随访。",
        "Give first treatment and refer at once, report to the police if needed; ask within 2 weeks what "
        "came of it. If not admitted, see within 2 weeks with psychiatrist, committee and police.",
    ),
    "lost": Text(
        "未见到患者：2周内再次查找，告知村（居）委会和民警。",
        "The patient was not seen: look again within 2 weeks, tell the committee and the police.",
    ),
    "died": Text("请在居民页面登记死亡。", "Register the death on the resident's page."),
    "risk_high": Text("危险性3级及以上。", "Risk grade 3 or more."),
    "symptoms_obvious": Text("精神症状明显。", "Symptoms are obvious."),
    "no_insight": Text("自知力缺失。", "Insight is lost."),
    "serious_reaction": Text("有严重药物不良反应。", "A serious adverse reaction."),
    "serious_illness": Text("有严重躯体疾病。", "A serious physical illness."),
    "risk_low": Text("危险性1～2级。", "Risk grade 1 or 2."),
    "symptoms_partly": Text("仍有部分精神症状。", "Some symptoms remain."),
    "partial_insight": Text("自知力部分恢复。", "Insight is partial."),
    "poor_function": Text("社会功能较差。", "Social function is poor."),
}

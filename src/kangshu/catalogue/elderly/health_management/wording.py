"""What the rules of elder health management say."""

from __future__ import annotations

from kangshu.declare import Text

ITEM_MISSING = Text(
    "五项生活自理能力须全部评分，才能得出结果。",
    "All five items of self-care must be graded before there is a result.",
)

OUTCOMES = {
    "able": Text("可自理（0～3分）", "Able (0–3)"),
    "mild": Text("轻度依赖（4～8分）", "Mild dependence (4–8)"),
    "moderate": Text("中度依赖（9～18分）", "Moderate dependence (9–18)"),
    "unable": Text("不能自理（≥19分）", "Unable (19 and more)"),
}

ADVICE = {
    "dependent": Text(
        "需要照护：告知家属，登记失能情况，优先安排上门服务。",
        "Needs care: tell the family, note the dependence, visit at home first.",
    ),
    "mmse_due": Text(
        "认知粗筛阳性：请做简易智力状态检查（MMSE）。", "Cognition screen positive: do the MMSE."
    ),
    "cognition_abnormal": Text(
        "MMSE异常：建议转诊，进一步检查认知功能。", "MMSE abnormal: refer for further tests of cognition."
    ),
    "gds_due": Text("情感粗筛阳性：请做老年抑郁量表（GDS-30）。", "Emotion screen positive: do the GDS-30."),
    "depression_mild": Text(
        "轻度抑郁：给予心理疏导，定期复评。", "Mild depression: support, and assess again from time to time."
    ),
    "depression_severe": Text(
        "中重度抑郁：建议转诊精神（心理）科。", "Moderate or severe depression: refer to psychiatry."
    ),
    "told": Text("将评估结果告知本人及家属。", "Tell the person and the family what was found."),
}

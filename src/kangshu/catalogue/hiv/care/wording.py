"""What the rules of HIV care say."""

from __future__ import annotations

from kangshu.catalogue.judging import said

FIRST = {
    "told": said(
        "已告知并完成首次随访",
        "Told, first visit made",
        "完成CD4检测，动员尽早启动抗病毒治疗，动员配偶（性伴）检测。",
        "Test CD4, urge treatment at once, urge the partner's test.",
    ),
    "not_told": said(
        "尚未告知本人",
        "Not told yet",
        "10日内完成阳性结果告知和首次随访。",
        "Tell the result and make the first visit within ten days.",
    ),
    "lost": said(
        "未找到本人",
        "Not found",
        "10日内再次查找；查找时不得向他人透露感染情况。",
        "Look again within ten days; nobody else may learn why.",
    ),
}
FOLLOW_UPS = {
    "routine": said(
        "治疗中，情况平稳", "Under treatment, well", "继续服药，3个月内随访。", "Go on; see within 3 months."
    ),
    "adherence": said(
        "服药依从性差",
        "Doses missed",
        "查找漏服原因，加强依从性教育，1个月内随访。",
        "Find out why doses were missed; see again within a month.",
    ),
    "refer": said(
        "需转诊",
        "To be referred",
        "转抗病毒治疗定点医院（结核可疑者转结核病定点医院），2周内随访结果。",
        "Refer to the treatment hospital (TB suspects to the TB hospital); ask within 2 weeks.",
        refer=True,
    ),
    "untreated": said(
        "未接受抗病毒治疗",
        "Not treated",
        "再次动员启动治疗，1个月内随访。",
        "Urge treatment again; see within a month.",
    ),
    "lost": said(
        "失访", "Not found", "2周内再次查找，注意保密。", "Look again within 2 weeks, and discreetly."
    ),
    "died": said(
        "已死亡", "Has died", "请在居民页面登记死亡。", "Register the death on the resident's page."
    ),
}
LABORATORY = {
    "suppressed": said("病毒抑制", "Suppressed", "继续原方案，每年复查。", "Go on; test again in a year."),
    "low_level": said(
        "低病毒载量",
        "Low-level viraemia",
        "加强依从性教育，3个月内复查病毒载量。",
        "Work on adherence; viral load again within 3 months.",
    ),
    "failure": said(
        "疑似治疗失败",
        "Failure suspected",
        "转定点医院评估，开展耐药检测。",
        "Refer: resistance testing, another regimen.",
        refer=True,
    ),
    "immune_low": said(
        "CD4低：机会性感染风险高",
        "Low CD4: opportunistic infections",
        "立即转定点医院，预防机会性感染，尽快治疗。",
        "Refer at once: prophylaxis and treatment.",
        refer=True,
        urgent=True,
    ),
    "immune_fair": said("CD4未达严重缺陷", "CD4 not low", "按期复查。", "Test again when due."),
}

"""The scales of norms A6.2 in words."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "elderly.assessment"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), "norms A6.2")
    for zh_when, en_when, zh_then, en_then in (
        ("五项总分≥19", "the five items sum to 19 or more", "不能自理", "unable"),
        ("总分9～18", "9 to 18", "中度依赖", "moderate dependence"),
        ("总分4～8", "4 to 8", "轻度依赖", "mild dependence"),
        ("总分0～3", "0 to 3", "可自理", "able"),
        (
            "不能复述三件物品，且MMSE：文盲≤17、小学≤20、中学及以上≤24",
            "does not recall the three objects, and MMSE ≤ 17 (illiterate), ≤ 20 (primary), ≤ 24 (middle)",
            "认知功能异常，建议转诊",
            "cognition abnormal, refer",
        ),
        (
            "经常伤心或失去兴趣，且GDS-30≥21",
            "often sad or without interest, and GDS-30 ≥ 21",
            "中重度抑郁，建议转诊",
            "moderate or severe depression, refer",
        ),
        (
            "同上，GDS-30为11～20",
            "the same, GDS-30 11 to 20",
            "轻度抑郁，定期复评",
            "mild depression, assess again",
        ),
        ("缺少任一项自理评分", "an item of self-care is missing", "不能得出结果", "no result"),
    )
)

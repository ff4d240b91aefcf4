"""What is taught when (norms A11.2), in words."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "tcm.children.guidance"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), "norms A11.2")
    for zh_when, en_when, zh_then, en_then in (
        (
            "满6个月至不满18个月",
            "6 to under 18 months",
            "应传授摩腹、捏脊",
            "abdomen rubbing and spine pinching",
        ),
        (
            "满18个月至不满30个月",
            "18 to under 30 months",
            "应传授按揉迎香、足三里",
            "Yingxiang and Zusanli massage",
        ),
        ("满30个月至不满42个月", "30 to under 42 months", "应传授按揉四神聪", "Sishencong massage"),
        ("不满6个月，或满42个月", "under 6 months, or 42 and more", "不属于本服务", "not of this service"),
    )
)

"""The table of norms A11.1 in words."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "tcm.elders.constitution"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), "norms A11.1")
    for zh_when, en_when, zh_then, en_then in (
        ("偏颇体质四项之和≥11", "the four items of a biased constitution sum to 11 or more", "是", "yes"),
        ("四项之和9～10", "9 to 10", "倾向是", "tends"),
        ("四项之和≤8", "8 or less", "否", "no"),
        (
            "第1项加第2、4、5、13项（反向计分）≥17，且其他8种均≤8",
            "item 1 and items 2, 4, 5, 13 reversed sum to 17 or more, and all other eight are 8 or less",
            "平和质：是",
            "balanced: yes",
        ),
        (
            "同上≥17，且其他8种均≤10",
            "17 or more, and all other eight are 10 or less",
            "平和质：基本是",
            "balanced: basically",
        ),
        ("其他情况", "otherwise", "平和质：否", "balanced: no"),
    )
)

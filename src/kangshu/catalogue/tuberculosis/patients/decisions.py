"""Norms A10 in words."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FIRST, FOLLOW, END = "tuberculosis.first_visit", "tuberculosis.follow_up", "tuberculosis.ending"

DECISIONS = tuple(
    Decision(form, Text(zh_when, en_when), Text(zh_then, en_then), "norms A10")
    for form, zh_when, en_when, zh_then, en_then in (
        (FIRST, "见到患者", "the patient was met", "落实督导，按期随访", "supervise, follow up"),
        (FIRST, "第1次未见到", "not met for the first time", "72小时内再次访视", "try again within 72 hours"),
        (FIRST, "第2次未见到", "not met twice", "向上级报告", "report to the superior"),
        (
            FOLLOW,
            "药物不良反应、并发症或治疗后无改善",
            "a reaction, a complication, or no improvement",
            "转诊，2周内随访",
            "refer, follow within 2 weeks",
        ),
        (FOLLOW, "漏服药累计≥7次", "7 doses missed or more in all", "向上级报告", "report to the superior"),
        (
            FOLLOW,
            "家属督导或自服药，强化期",
            "watched by the family or self, intensive phase",
            "10天内随访",
            "next within 10 days",
        ),
        (
            FOLLOW,
            "医生督导，或继续期",
            "watched by a doctor, or continuation phase",
            "1个月内随访",
            "next within a month",
        ),
        (END, "实际服药÷应服药≥90%", "doses taken ÷ due ≥ 90 %", "规则服药", "regular"),
        (END, "<90%", "below 90 %", "不规则服药", "not regular"),
    )
)

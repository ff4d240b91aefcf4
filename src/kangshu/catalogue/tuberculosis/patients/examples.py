"""Every branch of norms A10."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Example, Text

FIRST, FOLLOW, END = "tuberculosis.first_visit", "tuberculosis.follow_up", "tuberculosis.ending"
DAY = date(2026, 5, 12)
NOTICE = "2026-05-09T10:00+08:00"
STEADY: dict[str, Any] = {
    "month": 1,
    "phase": "1",
    "supervisor": "2",
    "mode": "2",
    "symptoms": ("0",),
    "regimen": "2HRZE/4HR",
    "missed_doses": 0,
    "adverse_reaction": "1",
    "complication": "1",
}


def _example(
    form: str,
    name: str,
    zh: str,
    en: str,
    answers: dict[str, Any],
    expected: dict[str, Any],
    earlier: tuple[dict[str, Any], ...] = (),
    refused: str = "",
) -> Example:
    return Example(
        name, Text(zh, en), form, DAY, answers, expected, earlier=earlier, refused=refused, clause="norms A10"
    )


def _first(
    name: str, zh: str, en: str, visited_at: str, met: str, expected: dict[str, Any], **more: Any
) -> Example:
    answers = {"notified_at": NOTICE, "visited_at": visited_at, "met": met}
    return _example(FIRST, name, zh, en, answers, expected, **more)


def _follow(
    name: str,
    zh: str,
    en: str,
    expected: dict[str, Any],
    earlier: tuple[dict[str, Any], ...] = (),
    **changes: Any,
) -> Example:
    return _example(FOLLOW, name, zh, en, {**STEADY, **changes}, expected, earlier)


def _before(on: str, **answers: Any) -> dict[str, Any]:
    return {"performed_on": on, "answers": answers}


EXAMPLES = (
    _first(
        "in_72_hours",
        "第72小时整入户：及时",
        "after exactly 72 hours: in time",
        "2026-05-12T10:00+08:00",
        "1",
        {"outcome": "met", "in_time": "yes"},
    ),
    _first(
        "after_72_hours",
        "72小时零1分：超时",
        "a minute later: late",
        "2026-05-12T10:01+08:00",
        "1",
        {"outcome": "met", "in_time": "no"},
    ),
    _first(
        "not_met",
        "第1次未见到：再次访视",
        "not met: try again",
        "2026-05-10T09:00+08:00",
        "2",
        {"outcome": "try_again", "in_time": "no"},
    ),
    _first(
        "not_met_twice",
        "第2次未见到：向上级报告",
        "not met twice: report",
        "2026-05-12T09:00+08:00",
        "2",
        {"outcome": "report"},
        earlier=(_before("2026-05-10", met="2"),),
    ),
    _first(
        "met_the_second_time",
        "第2次见到",
        "met the second time",
        "2026-05-12T09:00+08:00",
        "1",
        {"outcome": "met", "in_time": "yes"},
        earlier=(_before("2026-05-10", met="2"),),
    ),
    _example(FIRST, "no_times", "没有访视时间", "no times", {"met": "1"}, {}, refused="tb.met_missing"),
    _follow(
        "family_intensive",
        "家属督导、强化期：10天",
        "family, intensive: 10 days",
        {"outcome": "routine", "next_visit_on": "2026-05-22"},
    ),
    _follow(
        "family_continuation",
        "家属督导、继续期：1个月",
        "family, continuation: a month",
        {"outcome": "routine", "next_visit_on": "2026-06-12"},
        phase="2",
    ),
    _follow(
        "doctor",
        "医生督导、强化期：1个月",
        "doctor, intensive: a month",
        {"outcome": "routine", "next_visit_on": "2026-06-12"},
        supervisor="1",
    ),
    _follow(
        "self",
        "自服药、强化期：10天",
        "self, intensive: 10 days",
        {"outcome": "routine", "next_visit_on": "2026-05-22"},
        supervisor="3",
    ),
    _follow(
        "missed_six",
        "累计漏服6次：继续",
        "6 missed in all: go on",
        {"outcome": "routine", "missed_total": 6},
        (_before("2026-05-02", missed_doses=2),),
        missed_doses=4,
    ),
    _follow(
        "missed_seven",
        "累计漏服7次：报告",
        "7 missed in all: report",
        {"outcome": "report", "missed_total": 7},
        (_before("2026-05-02", missed_doses=3),),
        missed_doses=4,
    ),
    _follow(
        "missed_later",
        "补录：此后的漏服不计",
        "entered late: later ones do not count",
        {"outcome": "routine", "missed_total": 4},
        (_before("2026-05-20", missed_doses=9),),
        missed_doses=4,
    ),
    _follow(
        "reaction",
        "不良反应：转诊",
        "a reaction: refer",
        {"outcome": "refer", "next_visit_on": "2026-05-26"},
        adverse_reaction="2",
    ),
    _follow("complication", "并发症：转诊", "a complication: refer", {"outcome": "refer"}, complication="2"),
    _follow(
        "no_improvement", "无改善：转诊", "no improvement: refer", {"outcome": "refer"}, no_improvement=True
    ),
    _follow(
        "reaction_and_missed",
        "不良反应且漏服1周：转诊并报告",
        "a reaction and a week missed: refer and report",
        {"outcome": "refer", "reasons": ["adverse", "missed_week"]},
        adverse_reaction="2",
        missed_doses=7,
    ),
    _example(
        FOLLOW,
        "no_doses",
        "没有漏服次数",
        "doses missed not given",
        {"month": 1},
        {},
        refused="tb.missed_missing",
    ),
    _example(
        END,
        "ninety",
        "180次服162次：90%，规则",
        "162 of 180: 90 %, regular",
        {"doses_due": 180, "doses_done": 162},
        {"outcome": "regular", "percent": "90.0"},
    ),
    _example(
        END,
        "below",
        "180次服161次：不规则",
        "161 of 180: not regular",
        {"doses_due": 180, "doses_done": 161},
        {"outcome": "irregular"},
    ),
    _example(
        END, "no_numbers", "没有服药次数", "no numbers", {"doses_due": 180}, {}, refused="tb.doses_missing"
    ),
)

"""Every branch (norms A10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Example, Text

DAY = date(2026, 5, 12)


def _case(form: str, name: str, zh: str, en: str, outcome: str, **answers: Any) -> Example:
    expected = {} if outcome.startswith("tuberculosis.") else {"outcome": outcome}
    refused = "" if expected else outcome
    return Example(name, Text(zh, en), form, DAY, answers, expected, refused=refused, clause="norms A10")


REFERRAL, ARRIVAL = "tuberculosis.referral", "tuberculosis.arrival"

EXAMPLES = (
    *(
        _case(REFERRAL, f"symptom_{code}", f"{zh}：转诊", f"{en}: refer", "refer", symptoms=(code,))
        for code, zh, en in (
            ("1", "咳嗽2周", "cough for two weeks"),
            ("2", "咯血", "haemoptysis"),
            ("3", "发热", "fever"),
            ("4", "盗汗", "night sweats"),
            ("5", "胸痛", "chest pain"),
            ("6", "体重下降", "weight loss"),
        )
    ),
    _case(REFERRAL, "several", "多项症状：转诊", "several: refer", "refer", symptoms=("1", "3")),
    _case(REFERRAL, "none", "无可疑症状：不转诊", "none: not referred", "none", symptoms=("7",)),
    _case(REFERRAL, "unanswered", "未填症状", "no answer", "tuberculosis.symptoms_missing"),
    _case(ARRIVAL, "confirmed", "已就诊并确诊", "went, confirmed", "confirmed", arrived="1", result="1"),
    _case(ARRIVAL, "excluded", "已就诊并排除", "went, excluded", "excluded", arrived="1", result="2"),
    _case(ARRIVAL, "waiting", "已就诊，待结果", "went, no result yet", "waiting", arrived="1", result="3"),
    _case(ARRIVAL, "not_arrived", "未就诊", "did not go", "not_arrived", arrived="2"),
    _case(ARRIVAL, "not_said", "未填是否就诊", "no answer", "tuberculosis.arrived_missing"),
)

"""Every branch and edge (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.newborn_hearing.forms import AGAIN, DIAGNOSED, FOLLOWED, HELPED, SCREEN

NORM = "norms K5"
first, second = Cases(SCREEN.id, NORM), Cases(AGAIN.id, NORM)
found, yearly = Cases(DIAGNOSED.id, NORM), Cases(FOLLOWED.id, NORM)
BOTH = {"left": "1", "right": "1"}

EXAMPLES = (
    first("passed", "双耳通过", "both pass", "passed", values={"risk": False}, risks=("9",), **BOTH),
    first("risk", "通过但有家族史", "passed, family history", "at_risk", risks=("2",), **BOTH),
    first("one_ear", "单耳未通过", "one ear fails", "failed", left="1", right="2", risks=("9",)),
    first(
        "risk_failed",
        "高危且未通过：复筛",
        "at risk and failed",
        "failed",
        values={"risk": True},
        left="2",
        right="2",
        risks=("1",),
    ),
    first("untested", "一耳未测", "one ear not tested", "not_done", left="1", right="3", risks=("9",)),
    first("no_ear", "未填右耳", "right ear missing", "missing", left="1", risks=("9",)),
    second("passed", "复筛通过", "passed", "passed", **BOTH),
    second("failed", "复筛未通过", "failed", "failed", left="2", right="1"),
    second("not_done", "复筛未做", "not done", "not_done", left="3", right="3"),
    found("normal", "诊断正常", "normal", "normal", result="1"),
    found("mild", "轻度听力障碍", "mild", "impaired", result="2"),
    found("profound", "极重度", "profound", "impaired", result="5"),
    found("waiting", "尚未诊断", "not yet", "waiting", result="6"),
    found("unsaid", "未填诊断", "no answer", "missing"),
    yearly(
        "two",
        "2岁通过：下一年再查",
        "two years old: again",
        "passed",
        person={"birth_date": "2023-05-13"},
        **BOTH,
    ),
    yearly(
        "three",
        "满3岁通过：结束",
        "three years old: over",
        "over",
        person={"birth_date": "2023-05-12"},
        **BOTH,
    ),
    yearly(
        "failed",
        "随访未通过：诊断",
        "failed: diagnosis",
        "failed",
        person={"birth_date": "2025-05-12"},
        left="2",
        right="1",
    ),
    *treatment_examples(HELPED.id, NORM),
)

"""Every opinion and edge."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.premarital.forms import EXAMINATION, FOLLOWED

examined = Cases(EXAMINATION.id, "婚前保健工作规范")

EXAMPLES = (
    examined(
        "clear", "未检出疾病", "nothing found", "clear", values={"ill": False}, diseases=("7",), related="1"
    ),
    examined(
        "infectious",
        "传染病传染期：暂缓",
        "infectious now: wait",
        "postpone",
        diseases=("1",),
        infectious_now="2",
    ),
    examined(
        "std_past",
        "性病非传染期：尊重意愿",
        "not infectious now",
        "measures",
        diseases=("1", "2"),
        infectious_now="1",
    ),
    examined(
        "mental_acute",
        "精神病发病期：暂缓",
        "acutely ill: wait",
        "postpone",
        diseases=("4",),
        infectious_now="2",
    ),
    examined(
        "mental_calm", "精神病非发病期：随访", "not acutely ill", "found", diseases=("4",), infectious_now="1"
    ),
    examined("hereditary", "严重遗传病：不宜生育", "hereditary", "no_children", diseases=("3",)),
    examined(
        "related",
        "近亲：医学措施",
        "related by blood",
        "measures",
        values={"ill": False},
        diseases=("7",),
        related="2",
    ),
    examined(
        "internal", "内科疾病：随访", "internal disease", "found", values={"ill": True}, diseases=("6",)
    ),
    examined("unsaid", "未填检出疾病", "no answer", "missing"),
    *treatment_examples(FOLLOWED.id, "婚前保健工作规范"),
)

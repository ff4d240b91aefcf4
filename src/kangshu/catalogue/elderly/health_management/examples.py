"""Worked assessments: the four rows of L4, every cut-off, and the two screens (norms A6.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.catalogue.elderly.health_management.forms import POINTS
from kangshu.declare import Example, Text

FORM = "elderly.assessment"
DAY = date(2026, 5, 12)


def _graded(*points: int) -> dict[str, str]:
    """Grades worth these points, in the order of the items; the mildest grade of equal worth."""
    return {
        item: str(worth.index(wanted) + 1)
        for (item, worth), wanted in zip(POINTS.items(), points, strict=True)
    }


def _scale(
    name: str, zh: str, en: str, points: tuple[int, ...], outcome: str, clause: str = "norms A6.2"
) -> Example:
    return Example(
        name,
        Text(zh, en),
        FORM,
        DAY,
        _graded(*points),
        {"outcome": outcome, "self_care_total": sum(points)},
        clause=clause,
    )


def _screen(name: str, zh: str, en: str, expected: dict[str, Any], **answers: Any) -> Example:
    return Example(
        name, Text(zh, en), FORM, DAY, {**_graded(0, 0, 0, 0, 0), **answers}, expected, clause="norms A6.2"
    )


EXAMPLES = (
    _scale("l4_unable", "3+3+3+5+5=19：不能自理", "3+3+3+5+5 = 19: unable", (3, 3, 3, 5, 5), "unable", "L4"),
    _scale(
        "l4_moderate", "0+1+3+5+5=14：中度依赖", "0+1+3+5+5 = 14: moderate", (0, 1, 3, 5, 5), "moderate", "L4"
    ),
    _scale("l4_able", "0+0+0+1+1=2：可自理", "0+0+0+1+1 = 2: able", (0, 0, 0, 1, 1), "able", "L4"),
    _scale("l4_mild", "0+1+0+1+5=7：轻度依赖", "0+1+0+1+5 = 7: mild", (0, 1, 0, 1, 5), "mild", "L4"),
    _scale("three", "总分3：可自理", "3: able", (3, 0, 0, 0, 0), "able"),
    _scale("four", "总分4：轻度依赖", "4: mild", (3, 1, 0, 0, 0), "mild"),
    _scale("eight", "总分8：轻度依赖", "8: mild", (3, 0, 0, 0, 5), "mild"),
    _scale("nine", "总分9：中度依赖", "9: moderate", (3, 1, 0, 0, 5), "moderate"),
    _scale("eighteen", "总分18：中度依赖", "18: moderate", (3, 0, 0, 5, 10), "moderate"),
    _scale("all_unable", "全部不能：37分", "all unable: 37", (5, 7, 5, 10, 10), "unable"),
    _screen(
        "recalled",
        "能复述：认知粗筛阴性",
        "recalls: cognition negative",
        {"cognition": "negative"},
        recall="1",
    ),
    _screen(
        "not_recalled",
        "不能复述而未做MMSE：粗筛阳性",
        "does not recall, no MMSE",
        {"cognition": "positive"},
        recall="2",
    ),
    _screen(
        "mmse_primary_20",
        "小学文化，MMSE 20：异常",
        "primary school, MMSE 20: abnormal",
        {"cognition": "abnormal"},
        recall="2",
        education="2",
        mmse=20,
    ),
    _screen(
        "mmse_primary_21",
        "小学文化，MMSE 21：正常",
        "primary school, MMSE 21: normal",
        {"cognition": "normal"},
        recall="2",
        education="2",
        mmse=21,
    ),
    _screen(
        "mmse_illiterate_18",
        "文盲，MMSE 18：正常",
        "illiterate, MMSE 18: normal",
        {"cognition": "normal"},
        recall="2",
        education="1",
        mmse=18,
    ),
    _screen(
        "mmse_middle_24",
        "中学文化，MMSE 24：异常",
        "middle school, MMSE 24: abnormal",
        {"cognition": "abnormal"},
        recall="2",
        education="3",
        mmse=24,
    ),
    _screen(
        "not_sad",
        "两问均否：情感粗筛阴性",
        "neither: emotion negative",
        {"emotion": "negative"},
        sad="1",
        no_interest="1",
    ),
    _screen(
        "sad",
        "一问为是而未做量表：粗筛阳性",
        "one yes, no scale",
        {"emotion": "positive"},
        sad="2",
        no_interest="1",
    ),
    _screen("gds_10", "GDS 10：正常", "GDS 10: normal", {"emotion": "normal"}, sad="2", gds=10),
    _screen("gds_11", "GDS 11：轻度抑郁", "GDS 11: mild", {"emotion": "mild"}, sad="2", gds=11),
    _screen("gds_20", "GDS 20：轻度抑郁", "GDS 20: mild", {"emotion": "mild"}, no_interest="2", gds=20),
    _screen("gds_21", "GDS 21：中重度抑郁", "GDS 21: severe", {"emotion": "severe"}, no_interest="2", gds=21),
    _screen("not_asked", "未做筛查", "not screened", {"cognition": "", "emotion": ""}),
    Example(
        "item_missing",
        Text("缺一项评分", "an item is missing"),
        FORM,
        DAY,
        {"eating": "1", "grooming": "1", "dressing": "1", "toileting": "1"},
        {},
        refused="elderly.item_missing",
        clause="norms A6.2",
    ),
)

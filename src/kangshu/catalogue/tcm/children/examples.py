"""Every age and its edges (norms A11.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Example, Text

FORM = "tcm.children.guidance"
BORN = "2024-01-31"


def _service(
    name: str, zh: str, en: str, on: date, techniques: tuple[str, ...], expected: dict[str, Any]
) -> Example:
    return Example(
        name,
        Text(zh, en),
        FORM,
        on,
        {"advice": ("1", "2"), "techniques": techniques},
        expected,
        person={"sex": "2", "birth_date": BORN},
        clause="norms A11.2",
    )


def _refused(name: str, zh: str, en: str, on: date, refused: str, person: dict[str, Any]) -> Example:
    return Example(
        name,
        Text(zh, en),
        FORM,
        on,
        {"advice": ("1",), "techniques": ("1",)},
        {},
        person=person,
        refused=refused,
        clause="norms A11.2",
    )


CHILD = {"sex": "2", "birth_date": BORN}
DONE, NOT_DONE = "complete", "incomplete"

EXAMPLES = (
    *(
        _service(
            f"at_{age}",
            f"满{age}个月，传授该月龄方法",
            f"{age} months, taught",
            on,
            (technique,),
            {"contact": str(age), "outcome": DONE},
        )
        for age, on, technique in (
            (6, date(2024, 7, 31), "1"),
            (12, date(2025, 1, 31), "1"),
            (18, date(2025, 7, 31), "2"),
            (24, date(2026, 1, 31), "2"),
            (30, date(2026, 7, 31), "3"),
            (36, date(2027, 1, 31), "3"),
        )
    ),
    _service(
        "day_before_18",
        "差一天满18个月：仍属12月龄",
        "a day short of 18 months: still the service of 12",
        date(2025, 7, 30),
        ("1",),
        {"contact": "12", "outcome": DONE},
    ),
    _service(
        "wrong_technique",
        "18月龄只传授捏脊：未完成",
        "18 months, but only spine pinching: not as its age asks",
        date(2025, 8, 5),
        ("1",),
        {"contact": "18", "outcome": NOT_DONE},
    ),
    _service(
        "none_taught",
        "未传授：未完成",
        "nothing taught",
        date(2025, 8, 5),
        ("4",),
        {"contact": "18", "outcome": NOT_DONE},
    ),
    Example(
        "month_end",
        Text("8月31日出生，2月28日满6个月", "born on 31 August, 6 months on 28 February"),
        FORM,
        date(2025, 2, 28),
        {"advice": ("1",), "techniques": ("1",)},
        {"contact": "6", "outcome": DONE},
        person={"sex": "1", "birth_date": "2024-08-31"},
        clause="L10, month arithmetic",
    ),
    _refused("too_young", "不满6个月", "under 6 months", date(2024, 7, 30), "tcm_children.too_young", CHILD),
    _refused("too_old", "满42个月", "42 months", date(2027, 7, 31), "tcm_children.too_old", CHILD),
    _refused(
        "no_birth", "没有出生日期", "no birth date", date(2025, 8, 5), "tcm_children.no_birth", {"sex": "2"}
    ),
)

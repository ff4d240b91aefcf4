"""An opened figure as a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.indicators.opening import Listed, Opened
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text

_HEAD = (
    Text("姓名", "Name"),
    Text("性别", "Sex"),
    Text("出生日期", "Born on"),
    Text("村（社区）", "Village"),
    Text("责任机构", "Institution"),
    Text("服务日期", "Date of service"),
    Text("尚缺", "What is missing"),
)
_SEX = {"1": Text("男", "male"), "2": Text("女", "female")}
_PARTS = {
    "numerator": Text("分子", "numerator"),
    "denominator": Text("分母", "denominator"),
    "gap": Text("差额", "gap"),
}
UNKNOWN = Text("未知", "unknown")


def write_sheet(
    target: BinaryIO,
    opened: Opened,
    listed: Listed,
    period: Period,
    place: str,
    snapshot: str,
    *,
    taken_by: str,
    taken_at: datetime,
    language: str,
) -> None:
    """Write the list with a head that says what it is and who took it."""

    def said(text: Text) -> str:
        return text.in_language(language)

    rows = [
        (
            line.person.name,
            said(_SEX.get(line.person.sex, UNKNOWN)),
            line.person.birth_date,
            line.person.region.name,
            line.person.institution.name,
            line.record.performed_on if line.record else None,
            "；".join(said(words) for words in line.missing),
        )
        for line in listed.lines
    ]
    title = f"{said(opened.indicator.title)} {said(period.title())} {place} {said(_PARTS[opened.part])}"
    taken = Text(
        f"导出人：{taken_by}  时间：{taken_at:%Y-%m-%d %H:%M}  快照：{snapshot}",
        f"Taken by {taken_by} on {taken_at:%Y-%m-%d %H:%M} from snapshot {snapshot}",
    )
    write_workbook(target, Sheet(title, said(taken), tuple(said(text) for text in _HEAD), rows))


__all__ = ["SHEET_TYPE", "write_sheet"]

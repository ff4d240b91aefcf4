"""Reading a school's list of new entrants from a spreadsheet: names, identity numbers or birth dates,
classes.

Schools make these lists themselves: the heading may stand in any of the first ten rows, columns come in any
order and are known by their words. A row that cannot be read is named with its reason; the others go in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kangshu.kernel.errors import Problem, Refusal
from kangshu.kernel.identifiers import BadIdentifier, check_resident_id
from kangshu.kernel.text import Text

MOST_ROWS, MOST_BYTES = 2_000, 3_000_000
HEADINGS = {
    "name": ("姓名", "学生姓名", "幼儿姓名", "儿童姓名", "name"),
    "number": ("身份证号", "身份证号码", "证件号码", "证件号", "公民身份号码", "id number", "id"),
    "birth": ("出生日期", "出生年月日", "生日", "birth date", "born on"),
    "class": ("班级", "班", "所在班级", "class"),
}
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D*\Z")


class UnreadableList(Refusal):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__("immunisation.list_unreadable", Text(zh, en), where="file")


@dataclass(frozen=True)
class PupilRow:
    """One line of the list. The number has been checked, and says the birth date where none was given."""

    row: int
    name: str
    number: str
    birth: date | None
    class_name: str


@dataclass(frozen=True)
class PupilList:
    rows: tuple[PupilRow, ...]
    problems: tuple[Problem, ...]


def read_pupils(content: bytes, today: date) -> PupilList:
    """The pupils of an .xlsx file. Raises UnreadableList when it is no such file, has no heading with names,
    or too many rows."""
    if len(content) > MOST_BYTES:
        raise UnreadableList("文件超过3 MB，请只保留名单。", "The file is over 3 MB. Keep the list only.")
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        lines = [tuple(row) for row in _first(book.worksheets[0].iter_rows(values_only=True))]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, IndexError):
        raise UnreadableList(
            "不是Excel文件（.xlsx），请另存为.xlsx后再上传。",
            "This is no Excel file (.xlsx). Save it as .xlsx.",
        ) from None
    heading, columns = _heading(lines)
    rows: list[PupilRow] = []
    problems: list[Problem] = []
    for index, line in enumerate(lines[heading + 1 :], start=heading + 2):
        cells = {name: _text(line[at]) if at < len(line) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        read = _pupil(index, cells, line[columns["birth"]] if "birth" in columns else None, today)
        if isinstance(read, PupilRow):
            rows.append(read)
        else:
            problems.append(read)
    return PupilList(tuple(rows), tuple(problems))


def _first(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS + 10:
            raise UnreadableList(
                f"超过{MOST_ROWS}行，请按学校分开上传。", f"More than {MOST_ROWS} rows. Upload each school."
            )
        yield row


def _heading(lines: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    for number, line in enumerate(lines[:10]):
        said = [_text(cell).lower() for cell in line]
        columns = {
            name: next(at for at, cell in enumerate(said) if cell in words)
            for name, words in HEADINGS.items()
            if any(cell in words for cell in said)
        }
        if "name" in columns and columns.keys() & {"number", "birth"}:
            return number, columns
    raise UnreadableList(
        "没有找到表头。表头须有“姓名”，并有“身份证号”或“出生日期”。",
        "No heading was found. It needs a column for the name and one for the ID number or the birth date.",
    )


def _pupil(row: int, cells: dict[str, str], birth: Any, today: date) -> PupilRow | Problem:
    if not cells["name"]:
        return _problem(row, "缺姓名", "has no name")
    number, born = cells.get("number", "").upper(), _day(birth)
    if number:
        try:
            said = check_resident_id(number)
        except BadIdentifier:
            return _problem(row, f"{cells['name']}：身份证号有误", f"{cells['name']}: the ID number is wrong")
        if born is not None and said.birth_date != born:
            return _problem(
                row,
                f"{cells['name']}：身份证号与出生日期不一致",
                f"{cells['name']}: the ID number and the birth date differ",
            )
        born = said.birth_date
    if born is None:
        return _problem(
            row, f"{cells['name']}：缺出生日期或身份证号", f"{cells['name']}: no birth date and no ID number"
        )
    if not 0 <= (today - born).days < 20 * 366:
        return _problem(row, f"{cells['name']}：出生日期不可能", f"{cells['name']}: an impossible birth date")
    return PupilRow(row, cells["name"][:50], number, born, cells.get("class", "")[:40])


def _problem(row: int, zh: str, en: str) -> Problem:
    return Problem(str(row), "pupil.unreadable", Text(f"第{row}行{zh}", f"Row {row} {en}"))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"\s+", "", str(cell)) if not isinstance(cell, datetime | date) else str(cell)[:10]


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.match(_text(cell))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

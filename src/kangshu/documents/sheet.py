"""Spreadsheets: a title, a line that says where it came from, a head, and rows. No domain words here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 16


@dataclass(frozen=True)
class Sheet:
    """One table. Values are strings, numbers, dates or None."""

    title: str
    note: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_workbook(target: BinaryIO, *sheets: Sheet) -> None:
    """Write an .xlsx with a sheet for each table. Rows are streamed, so a long list needs little memory."""
    book = Workbook(write_only=True)
    for number, sheet in enumerate(sheets, start=1):
        page = book.create_sheet(str(number))
        for index in range(1, len(sheet.head) + 1):
            page.column_dimensions[get_column_letter(index)].width = _WIDTH
        page.freeze_panes = "A4"
        page.append([_cell(page, sheet.title, Font(bold=True, size=14))])
        page.append([_cell(page, sheet.note, Font(color="666666"))])
        fill = PatternFill("solid", fgColor="E3EFEF")
        page.append([_cell(page, name, Font(bold=True), fill) for name in sheet.head])
        for row in sheet.rows:
            page.append([safe(value) for value in row])
    book.save(target)


def _cell(page: Any, value: str, font: Font, fill: PatternFill | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, safe(value))
    cell.font = font
    cell.alignment = Alignment(vertical="center")
    if fill is not None:
        cell.fill = fill
    return cell


def safe(value: Any) -> Any:
    """A text that a spreadsheet program would run as a formula is kept as text."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value

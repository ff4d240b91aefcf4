"""The empty sheet to fill in, and filled sheets to take away: both drawn with openpyxl, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kangshu.exchange.excel.columns import CellKind, Column
from kangshu.exchange.excel.reading import DATA_SHEET, MOST_ROWS
from kangshu.kernel.text import Text

CODES_SHEET = "代码 Codes"
HELP_SHEET = "说明 Help"
SOURCE_SHEET = "来源 Source"
NOTHING_HERE = Text("没有符合条件的记录。", "Nothing fits what was asked for.")
_HEAD = PatternFill("solid", fgColor="0B5F63")
_HEAD_FONT = Font(color="FFFFFF", bold=True)
_QUIET = Font(color="7A8790", size=9)
_KIND_NAMES = {
    CellKind.TEXT: Text("文字", "text"),
    CellKind.INTEGER: Text("整数", "whole number"),
    CellKind.DECIMAL: Text("数字", "number"),
    CellKind.DATE: Text("日期，如 2026-09-30", "date, as 2026-09-30"),
    CellKind.CHOICE: Text("选一项", "one of the list"),
    CellKind.CHOICES: Text("可选多项，用分号隔开，如 1;3", "several, separated by semicolons, as 1;3"),
    CellKind.YES_NO: Text("是/否", "yes/no"),
}


def write_template(target: BinaryIO, title: Text, columns: Sequence[Column], language: str) -> None:
    """Headings (title, unit, *; below it the field name), lists to choose from, codes, explanations."""
    book = Workbook()
    sheet = book.active
    sheet.title = DATA_SHEET
    codes = book.create_sheet(CODES_SHEET)
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        head = sheet.cell(1, at, heading(column, language))
        head.fill, head.font, head.alignment = _HEAD, _HEAD_FONT, Alignment(wrap_text=True, vertical="center")
        sheet.cell(2, at, column.name).font = _QUIET
        sheet.column_dimensions[letter].width = max(
            12, min(30, len(column.title.in_language(language)) * 2 + 4)
        )
        if column.kind in (CellKind.TEXT, CellKind.CHOICES):
            # Text format before anybody types: 18 digits stay 18 digits.
            sheet.column_dimensions[letter].number_format = "@"
        elif column.kind is CellKind.DATE:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
        _offer_choices(sheet, codes, column, at, language)
    sheet.freeze_panes = "A3"
    sheet.row_dimensions[1].height = 32
    _write_help(book.create_sheet(HELP_SHEET), title, columns, language)
    book.save(target)


def heading(column: Column, language: str) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.title.in_language(language)}{unit}{' *' if column.required else ''}"


def _offer_choices(sheet: Any, codes: Any, column: Column, at: int, language: str) -> None:
    choices = column.choices
    if column.kind is CellKind.YES_NO:
        choices = (("1", Text("是", "yes")), ("0", Text("否", "no")))
    if not choices:
        return
    letter = get_column_letter(at)
    codes.cell(1, at, heading(column, language)).font = Font(bold=True)
    for row, (code, name) in enumerate(choices, start=2):
        shown = (
            name.in_language(language)
            if column.kind is CellKind.YES_NO
            else f"{code} {name.in_language(language)}"
        )
        codes.cell(row, at, shown)
    if column.kind is not CellKind.CHOICES:
        rule = DataValidation(
            type="list",
            formula1=f"'{CODES_SHEET}'!${letter}$2:${letter}${len(choices) + 1}",
            allow_blank=True,
        )
        rule.error = Text("请从列表中选择", "Choose from the list").in_language(language)
        rule.add(f"{letter}3:{letter}{MOST_ROWS + 2}")
        sheet.add_data_validation(rule)


def _write_help(sheet: Any, title: Text, columns: Sequence[Column], language: str) -> None:
    say = lambda zh, en: Text(zh, en).in_language(language)  # noqa: E731 - a table of words follows
    lines = [
        (title.in_language(language),),
        (
            say(
                "从“数据”表第 3 行起填写，一行一条；带 * 的列必填；前两行表头请保留。",
                "Fill the sheet Data from row 3 on; columns with * are required; keep both rows of headings.",
            ),
        ),
        (
            say(
                "不要合并单元格，不要用公式；身份证号一列保持“文本”格式。",
                "No merged cells, no formulas; keep the ID number column as text.",
            ),
        ),
        (),
        (
            say("列", "Column"),
            say("名称", "Name"),
            say("填什么", "What to fill"),
            say("必填", "Required"),
            say("说明", "Note"),
            say("例", "Example"),
        ),
    ]
    for line in lines:
        sheet.append(line)
    for column in columns:
        sheet.append(
            (
                column.name,
                heading(column, language),
                _KIND_NAMES[column.kind].in_language(language),
                say("是", "yes") if column.required else "",
                column.hint.in_language(language) if column.hint else "",
                column.example,
            )
        )
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[5]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (20, 28, 34, 8, 40, 22), strict=True):
        sheet.column_dimensions[letter].width = width


def write_list(
    target: BinaryIO,
    title: Text,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    taken_by: str,
    taken_at: datetime,
    language: str,
    remarks: Sequence[tuple[Text, str]] = (),
    with_names: bool = False,
) -> int:
    """Write rows under the columns' headings, and a sheet saying who took them when; gives the count.

    `remarks` are further lines of that sheet: what was asked for. `with_names` puts the columns' names below
    the headings, as a template has them, so that the file can be read in again.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(DATA_SHEET)
    sheet.freeze_panes = "A3" if with_names else "A2"
    for at in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 16
    sheet.append([_head_cell(sheet, heading(column, language).rstrip(" *")) for column in columns])
    if with_names:
        sheet.append([_quiet_cell(sheet, column.name) for column in columns])
    count = 0
    for row in rows:
        sheet.append([_safe(value) for value in row])
        count += 1
    if not count:
        sheet.append([NOTHING_HERE.in_language(language)])
    source = book.create_sheet(SOURCE_SHEET)
    say = lambda zh, en: Text(zh, en).in_language(language)  # noqa: E731 - a table of words follows
    for line in (
        (say("内容", "What"), title.in_language(language)),
        (say("导出人", "Taken by"), taken_by),
        (say("导出时间", "Taken at"), f"{taken_at:%Y-%m-%d %H:%M}"),
        (say("行数", "Rows"), count),
        *((label.in_language(language), _safe(said)) for label, said in remarks),
        (
            say("提示", "Note"),
            say(
                "含个人信息，导出已记入审计。按个人信息保护法妥善保管，用后删除。",
                "Holds personal information; this export stands in the audit trail. "
                "Keep it safe and delete it after use.",
            ),
        ),
    ):
        source.append(line)
    book.save(target)
    return count


def _head_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.fill, cell.font = _HEAD, _HEAD_FONT
    return cell


def _quiet_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = _QUIET
    return cell


def _safe(value: Any) -> Any:
    """A text that begins like a formula stays a text (a name "=1+1" must not run on the reader's machine);
    characters that no workbook can hold are left out."""
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value

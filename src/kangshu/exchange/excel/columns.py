"""What a sheet holds: its columns, and reading one cell's value as the column means it.

People type into spreadsheets what they see: dates as text, numbers as text, "1 门诊" for a code. All of
these are read; what cannot be read is named with the reason. Nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from kangshu.declare.form import Field, FieldType, Form
from kangshu.kernel.text import Text


class CellKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """One column. `choices` are (code, title) pairs; `example` is the value of the template's example row."""

    name: str
    title: Text
    kind: CellKind = CellKind.TEXT
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    unit: str = ""
    hint: Text | None = None
    example: str = ""
    is_number_code: bool = False  # digits that are a name (ID number, phone), not a quantity


class BadCell(ValueError):
    """A cell that cannot be read as its column means it; carries a code and the reason in both languages."""

    def __init__(self, code: str, reason: Text) -> None:
        super().__init__(reason.en)
        self.code, self.reason = code, reason


_EXCEL_DAY_0 = date(1899, 12, 30)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?\Z")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+\Z")
_SEPARATORS = re.compile(r"[;,、，；|\n]+")
_YES, _NO = {"1", "是", "有", "y", "yes", "true", "√"}, {"0", "2", "否", "无", "n", "no", "false", "×"}


def read_cell(column: Column, raw: Any) -> Any:
    """The value in the form that answers take (date and decimal as strings), or None for an empty cell.

    Raises BadCell.
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFKC", raw).replace(" ", " ").strip().lstrip("'").strip()
        if raw in ("", "-", "/", "—", "无数据"):
            return None
        if raw.startswith("=") and len(raw) > 1:
            raise BadCell(
                "cell.formula",
                Text("是公式，请复制后“选择性粘贴为数值”", "is a formula; paste it as a value"),
            )
    return _READERS[column.kind](column, raw)


def _text(column: Column, raw: Any) -> str:
    if isinstance(raw, datetime | date):
        return raw.strftime("%Y-%m-%d")
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, float) or (isinstance(raw, str) and column.is_number_code and _SCIENTIFIC.match(raw)):
        number = Decimal(str(raw))
        # Excel keeps 15 digits: an 18-digit number that became a float has lost its last three for good.
        if column.is_number_code and number >= Decimal(10) ** 15:
            raise BadCell(
                "cell.digits_lost",
                Text(
                    "长数字被表格软件改成了科学计数，末几位已丢失；请先把该列设为“文本”再重新填写",
                    "a spreadsheet rounded the long number; set the column to Text and retype it",
                ),
            )
        return format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number, "f")
    if isinstance(raw, int) and column.is_number_code and raw >= 10**15 and raw % 1000 == 0:
        raise BadCell(
            "cell.digits_lost",
            Text(
                "长数字的末三位被表格软件改成了 0；请把该列设为“文本”再重新填写",
                "a spreadsheet replaced the last three digits by zeros; set the column to Text and retype it",
            ),
        )
    text = str(raw)
    return re.sub(r"\s+", "", text) if column.is_number_code else text


def _number(column: Column, raw: Any) -> Decimal:
    if isinstance(raw, bool | datetime | date):
        raise BadCell("cell.not_a_number", Text("应填数字", "must be a number"))
    text = str(raw).replace(",", "").replace("，", "")
    if column.unit and text.lower().endswith(column.unit.lower()):
        text = text[: -len(column.unit)].strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadCell("cell.not_a_number", Text("应填数字", "must be a number")) from None
    if not number.is_finite():
        raise BadCell("cell.not_a_number", Text("应填数字", "must be a number"))
    return number


def _decimal(column: Column, raw: Any) -> str:
    return format(_number(column, raw).normalize(), "f")


def _integer(column: Column, raw: Any) -> int:
    number = _number(column, raw)
    if number != number.to_integral_value():
        raise BadCell("cell.not_whole", Text("应填整数", "must be a whole number"))
    return int(number)


def _date(column: Column, raw: Any) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw)
    match = _DATE.match(text) or _COMPACT_DATE.match(text)
    try:
        if match:
            return date(*map(int, match.groups())).isoformat()
        # A date whose cell was formatted as a number: days since 1899-12-30.
        if re.fullmatch(r"\d{5}(\.\d+)?", text):
            return (_EXCEL_DAY_0 + timedelta(days=int(float(text)))).isoformat()
    except ValueError:
        pass
    raise BadCell(
        "cell.not_a_date",
        Text("不是有效日期，请写成 2026-09-30", "is not a valid date; write it as 2026-09-30"),
    )


_AFTER_CODE = " \t\n\u3000\xa0.、=:：-"


def _choice(column: Column, raw: Any) -> str:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    for code, title in column.choices:
        if text in (code, title.zh, title.en):
            return code
    # "1 头痛"; the longest code that fits: "DTaP-IPV-Hib …" is not "DTaP".
    begun = [code for code, _ in column.choices if text.startswith(code) and text[len(code)] in _AFTER_CODE]
    if begun:
        return max(begun, key=len)
    shown = "、".join(f"{code} {title.zh}" for code, title in column.choices[:12])
    listed = ", ".join(f"{code} {title.en}" for code, title in column.choices[:12])
    raise BadCell("cell.not_in_list", Text(f"不在可选值中：{shown}", f"is not one of: {listed}"))


def _choices(column: Column, raw: Any) -> list[str]:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if len(parts) == 1:
        try:
            return [_choice(column, text)]
        except BadCell:
            # "1 3": only when the whole is no single choice, for "1 头痛" holds a space too.
            parts = text.split()
    order = [code for code, _ in column.choices]
    return sorted({_choice(column, part) for part in parts}, key=order.index)


def _yes_no(column: Column, raw: Any) -> bool:
    text = str(int(raw)) if isinstance(raw, int | float) else str(raw).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise BadCell("cell.not_yes_no", Text("应填“是”或“否”", "must be yes or no"))


_READERS = {
    CellKind.TEXT: _text,
    CellKind.INTEGER: _integer,
    CellKind.DECIMAL: _decimal,
    CellKind.DATE: _date,
    CellKind.CHOICE: _choice,
    CellKind.CHOICES: _choices,
    CellKind.YES_NO: _yes_no,
}

_KIND_OF = {
    FieldType.INTEGER: CellKind.INTEGER,
    FieldType.DECIMAL: CellKind.DECIMAL,
    FieldType.TEXT: CellKind.TEXT,
    FieldType.LONG_TEXT: CellKind.TEXT,
    FieldType.DATE: CellKind.DATE,
    FieldType.CHOICE: CellKind.CHOICE,
    FieldType.CHOICES: CellKind.CHOICES,
    FieldType.YES_NO: CellKind.YES_NO,
    # A row of a field of rows is a line of the cell; the form's own reader takes both apart.
    FieldType.ROWS: CellKind.TEXT,
    FieldType.MOMENT: CellKind.TEXT,
}


def columns_of(form: Form) -> tuple[Column, ...]:
    """One column per question; computed fields are left out, the program computes them."""
    return tuple(_column(field) for field in form.fields if field.type is not FieldType.COMPUTED)


def _column(field: Field) -> Column:
    return Column(
        name=field.name,
        title=field.title,
        kind=_KIND_OF[field.type],
        required=field.required is True,
        choices=tuple((choice.code, choice.title) for choice in field.choices),
        unit=field.unit,
        hint=field.hint or _limits(field),
    )


def _limits(field: Field) -> Text | None:
    if field.hard is None:
        return None
    least = "" if field.hard.least is None else f"{field.hard.least}"
    greatest = "" if field.hard.greatest is None else f"{field.hard.greatest}"
    return Text(f"{least}–{greatest}", f"{least}–{greatest}")

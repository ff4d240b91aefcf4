"""Reading one value that somebody typed, sent or imported into the type its field asks for.

A value may come as text from a page or a spreadsheet, or as JSON from the API. Chinese input methods write
full-width digits and signs; they mean the same and are taken so. What cannot be read is refused with a
sentence that says what is wrong with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kangshu.declare.form import Field, FieldType
from kangshu.kernel.dates import CHINA
from kangshu.kernel.text import Text
from kangshu.work.rows import BadRow, rows_reader


class Unreadable(ValueError):
    """A value that is no answer to the field: a stable code and what to say."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)\Z")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_MOMENT = re.compile(r"(.+?)[T\s]+(\d{1,2})[:时](\d{1,2})(?::\d{1,2}|分)?\Z")
LAST_HOUR, LAST_MINUTE = 23, 59
_SEPARATORS = re.compile(r"[,;|/\s、，；]+")
_YES = {"true", "yes", "y", "1", "是", "有"}
_NO = {"false", "no", "n", "0", "否", "无"}


def normalised(text: str) -> str:
    """Full-width digits, letters and signs in ordinary width, `。` between digits as a decimal point."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).replace("。", ".").replace("－", "-").strip()


def is_blank(value: Any) -> bool:
    """Whether nothing was given: None, empty or only spaces, an empty list."""
    return value is None or (isinstance(value, str) and not value.strip()) or value == [] or value == ()


def read_decimal(value: Any) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, bool):
        raise Unreadable("number", _NOT_A_NUMBER.format(value=value))
    if isinstance(value, float | Decimal):
        number = Decimal(str(value))
        if number.is_finite():
            return number
        raise Unreadable("number", _NOT_A_NUMBER.format(value=value))
    text = normalised(str(value)).replace(",", "") if "," in str(value) else normalised(str(value))
    if not _NUMBER.match(text):
        raise Unreadable("number", _NOT_A_NUMBER.format(value=value))
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unreadable("number", _NOT_A_NUMBER.format(value=value)) from None


def read_integer(value: Any) -> int:
    if type(value) is int:
        return value
    number = read_decimal(value)
    if number != number.to_integral_value():
        raise Unreadable("whole_number", _NOT_WHOLE.format(value=value))
    return int(number)


def read_date(value: Any) -> date:
    if isinstance(value, date):
        # A datetime (from a spreadsheet) is a date too; its time is not asked.
        return date(value.year, value.month, value.day)
    text = normalised(str(value))
    found = _DATE.match(text) or _COMPACT_DATE.match(text)
    if not found:
        raise Unreadable("date", _NOT_A_DATE.format(value=value))
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Unreadable("date", _NO_SUCH_DAY.format(value=value)) from None


def read_yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = normalised(str(value)).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable("yes_no", _NOT_YES_NO.format(value=value))


def read_text(value: Any) -> str:
    return str(value).strip()


def _code_reader(field: Field) -> Callable[[Any], str]:
    by_spelling = {choice.code: choice.code for choice in field.choices}
    for choice in field.choices:
        for spelling in (choice.title.zh, choice.title.en.lower()):
            by_spelling.setdefault(spelling, choice.code)
            by_spelling.setdefault(f"{choice.code} {spelling}", choice.code)
    listed_zh = "、".join(f"{choice.code} {choice.title.zh}" for choice in field.choices[:12])
    listed_en = ", ".join(f"{choice.code} {choice.title.en}" for choice in field.choices[:12])

    def read(value: Any) -> str:
        if isinstance(value, str) and value in by_spelling:
            return by_spelling[value]
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # a spreadsheet keeps the code 2 as 2.0
        text = normalised(str(value))
        code = by_spelling.get(text) or by_spelling.get(text.lower())
        if code is None:
            message = _NO_SUCH_CODE.format(value=value, listed=Text(listed_zh, listed_en))
            raise Unreadable("code", message)
        return code

    return read


def _codes_reader(field: Field) -> Callable[[Any], tuple[str, ...]]:
    read_one = _code_reader(field)
    order = {choice.code: position for position, choice in enumerate(field.choices)}

    def read(value: Any) -> tuple[str, ...]:
        parts = value if isinstance(value, list | tuple) else _SEPARATORS.split(normalised(str(value)))
        codes = {read_one(part) for part in parts if not is_blank(part)}
        alone = codes & field.exclusive
        if alone and len(codes) > 1:
            choice = field.choice(sorted(alone)[0])
            title = choice.title if choice else Text("—", "—")
            raise Unreadable("exclusive", _EXCLUSIVE.format(title=title))
        return tuple(sorted(codes, key=order.__getitem__))

    return read


def _rows_reader(field: Field) -> Callable[[Any], tuple[dict[str, Any], ...]]:
    read_rows = rows_reader(field, reader_of)

    def read(value: Any) -> tuple[dict[str, Any], ...]:
        try:
            return read_rows(value)
        except BadRow as error:
            raise Unreadable(error.code, error.message) from None

    return read


def read_moment(value: Any) -> datetime:
    """A day and a time of day by the clock of China."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=CHINA)
    found = _MOMENT.match(normalised(str(value)))
    if not found:
        raise Unreadable("moment", _NOT_A_MOMENT.format(value=value))
    day, hour, minute = read_date(found[1]), int(found[2]), int(found[3])
    if hour > LAST_HOUR or minute > LAST_MINUTE:
        raise Unreadable("moment", _NOT_A_MOMENT.format(value=value))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def reader_of(field: Field) -> Callable[[Any], Any]:
    """The function that reads a value that is not blank for this field; it raises Unreadable."""
    if field.type is FieldType.CHOICE:
        return _code_reader(field)
    if field.type is FieldType.CHOICES:
        return _codes_reader(field)
    if field.type is FieldType.ROWS:
        return _rows_reader(field)
    return _READERS[field.type]


_READERS: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.INTEGER: read_integer,
    FieldType.DECIMAL: read_decimal,
    FieldType.TEXT: read_text,
    FieldType.LONG_TEXT: read_text,
    FieldType.DATE: read_date,
    FieldType.YES_NO: read_yes_no,
    FieldType.MOMENT: read_moment,
}

_NOT_A_NUMBER = Text("“{value}”不是数字，请只填数字。", "“{value}” is not a number; enter digits only.")
_NOT_WHOLE = Text("“{value}”应为整数，不带小数。", "“{value}” should be a whole number, without decimals.")
_NOT_A_DATE = Text(
    "“{value}”不是日期，请按 2026-03-01 的样式填写。", "“{value}” is not a date; write it like 2026-03-01."
)
_NOT_A_MOMENT = Text(
    "“{value}”不是日期时间，请按 2026-03-01 14:30 的样式填写。",
    "“{value}” is no day and time; write it like 2026-03-01 14:30.",
)
_NO_SUCH_DAY = Text(
    "“{value}”这一天不存在，请核对年月日。", "There is no day “{value}”; check year, month and day."
)
_NOT_YES_NO = Text("“{value}”应填“是”或“否”。", "“{value}” should be yes or no.")
_NO_SUCH_CODE = Text(
    "没有“{value}”这个选项。可选：{listed}。", "“{value}” is not among the choices: {listed}."
)
_EXCLUSIVE = Text(
    "选了“{title}”就不能再选其他项。请只留一种。",
    "“{title}” cannot stand beside other choices. Keep one or the other.",
)

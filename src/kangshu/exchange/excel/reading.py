"""Reading a file that somebody calls a spreadsheet: row by row, never the whole in memory.

What cannot be read is refused with what to do about it: old .xls, a picture or PDF under a false name, merged
cells, no header that fits, more rows than allowed. CSV may be UTF-8 or GB18030 (what Excel in China saves).
"""

from __future__ import annotations

import csv
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from kangshu.exchange.excel.columns import Column
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

MOST_ROWS = 200_000
MOST_BYTES = 60 * 1024 * 1024
# A few kilobytes can unpack to gigabytes; a sheet of 200,000 rows and 60 columns takes some 600 MB.
MOST_BYTES_UNPACKED = 1024 * 1024 * 1024
DATA_SHEET = "数据 Data"
_HEADER_ROWS = 3
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class NotReadable(Refusal):
    """The file cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """A row of data: its number as the spreadsheet counts, raw values by column name."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Header:
    """Which column stands where; `unknown` headings are ignored and said."""

    places: dict[str, int]
    first_data_row: int
    unknown: tuple[str, ...]

    def letter(self, name: str) -> str:
        return get_column_letter(self.places[name] + 1) if name in self.places else ""


def check_file(path: Path) -> None:
    """Raise NotReadable for what is plainly no spreadsheet of ours; cheap, for the moment of upload."""
    if path.stat().st_size > MOST_BYTES:
        raise _refusal(
            "too_big", "文件超过 60 MB，请分成几个文件。", "The file is larger than 60 MB. Split it."
        )
    with path.open("rb") as file:
        start = file.read(8192)
    if not start:
        raise _refusal("empty", "文件是空的。", "The file is empty.")
    if start.startswith(_OLD_EXCEL):
        raise _refusal(
            "old_excel",
            "这是旧版 .xls 文件（或加了密码）。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再上传。",
            "This is an old .xls file, or it has a password. Open it in Excel or WPS and save it as .xlsx.",
        )
    if start.startswith(b"PK"):
        _check_workbook(path)
    elif b"\x00" in start or start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<")):
        raise _refusal(
            "no_spreadsheet",
            "这不是电子表格。请下载模板，填好后上传 .xlsx 或 .csv 文件。",
            "This is not a spreadsheet. Download the template, fill it and upload .xlsx or .csv.",
        )


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise _refusal(
            "broken",
            "文件已损坏，无法打开。请重新保存后再上传。",
            "The file is damaged. Save it again and retry.",
        ) from None
    if "xl/workbook.xml" not in names:
        raise _refusal(
            "no_spreadsheet",
            "这不是 Excel 文件（可能是 Word 或压缩包）。请上传 .xlsx 或 .csv。",
            "This is no Excel file (perhaps Word or an archive). Upload .xlsx or .csv.",
        )
    if unpacked > MOST_BYTES_UNPACKED:
        raise _refusal(
            "too_big", "文件展开后过大，请分成几个文件。", "The file is too large once unpacked. Split it."
        )


def read_rows(path: Path, columns: Sequence[Column]) -> tuple[Header, Iterator[Row]]:
    """The header, and the rows as they are asked for. Raises NotReadable (also while reading)."""
    check_file(path)
    with path.open("rb") as file:
        is_workbook = file.read(2) == b"PK"
    lines = _workbook_lines(path) if is_workbook else _csv_lines(path)
    head: list[Sequence[Any]] = []
    for line in lines:
        head.append(line)
        if len(head) == _HEADER_ROWS:
            break
    header = find_header(head, columns)
    return header, _rows(head, lines, header)


def count_rows(path: Path) -> int:
    """About how many rows the file has, for the progress bar: what the workbook says of itself, or lines."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            book = load_workbook(file, read_only=True)
            try:
                return max(0, (_sheet_of(book).max_row or 0) - 2)
            finally:
                book.close()
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _rows(head: list[Sequence[Any]], lines: Iterator[Sequence[Any]], header: Header) -> Iterator[Row]:
    number = seen = 0
    for source in (head, lines):
        for line in source:
            number += 1
            if number < header.first_data_row:
                continue
            values = {name: line[at] if at < len(line) else None for name, at in header.places.items()}
            if all(
                value is None or (isinstance(value, str) and not value.strip()) for value in values.values()
            ):
                continue
            seen += 1
            if seen > MOST_ROWS:
                raise _refusal(
                    "too_many_rows",
                    f"超过 {MOST_ROWS:,} 行，请分成几个文件。",
                    f"More than {MOST_ROWS:,} rows. Split the file.",
                )
            yield Row(number, values)


def find_header(head: Sequence[Sequence[Any]], columns: Sequence[Column]) -> Header:
    """The row among the first three whose cells name most columns (field name or either title)."""
    names = {spelling: column.name for column in columns for spelling in _spellings(column)}
    best: tuple[int, int, dict[str, int], list[str]] = (0, 0, {}, [])
    last_heading = 0
    for index, line in enumerate(head):
        places: dict[str, int] = {}
        unknown = []
        for at, cell in enumerate(line):
            name = names.get(_plain(cell))
            if name is not None and name not in places:
                places[name] = at
            elif cell not in (None, ""):
                unknown.append(str(cell)[:40])
        if places and len(places) * 2 >= len([cell for cell in line if cell not in (None, "")]):
            last_heading = index
        if len(places) > best[0]:
            best = (len(places), index, places, unknown)
    _, at_row, places, unknown = best
    if not places:
        raise _refusal(
            "no_header",
            "前三行里没有找到表头。请从本页下载模板，保留表头再填写。",
            "No heading was found in the first three rows. Download the template and keep its headings.",
        )
    missing = [column for column in columns if column.required and column.name not in places]
    if missing:
        raise _refusal(
            "missing_columns",
            "缺少必填的列：" + "、".join(column.title.zh for column in missing),
            "Required columns are missing: " + ", ".join(column.title.en for column in missing),
        )
    return Header(places, max(at_row, last_heading) + 2, tuple(unknown))


def _spellings(column: Column) -> set[str]:
    return {_plain(column.name), _plain(column.title.zh), _plain(column.title.en)}


def _plain(cell: Any) -> str:
    """A heading without its unit, star and spaces: "收缩压 (mmHg) *" is "收缩压"."""
    text = unicodedata.normalize("NFKC", str(cell or "")).lower()
    return re.sub(r"\([^)]*\)|[\s*:]", "", text)


def _sheet_of(book: Any) -> Any:
    return book[DATA_SHEET] if DATA_SHEET in book.sheetnames else book.worksheets[0]


def _workbook_lines(path: Path) -> Iterator[Sequence[Any]]:
    try:
        # Opened here: openpyxl judges a path by its ending, and kept uploads have none.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            sheet = _sheet_of(book)
            _refuse_merged(path, sheet)
            # Some programs write a wrong size into the file; without it every row is read.
            sheet.reset_dimensions()
            yield from sheet.iter_rows(values_only=True)
            book.close()
    except (InvalidFileException, KeyError, zipfile.BadZipFile, OSError, ValueError, IndexError) as error:
        if isinstance(error, Refusal):
            raise
        raise _refusal(
            "broken",
            "文件已损坏，无法读取。请重新保存后再上传。",
            "The file is damaged. Save it again and retry.",
        ) from error


def _refuse_merged(path: Path, sheet: Any) -> None:
    """Merged cells hide values: a merged name belongs to its first row only. They stand after the rows in the
    sheet's file, so that its end is enough to see them."""
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            tail = (tail + chunk)[-(1 << 21) :]
    refs = [ref.decode() for ref in re.findall(rb'<mergeCell ref="([A-Z0-9:]+)"', tail)]
    if refs:
        raise _refusal(
            "merged_cells",
            f"有合并单元格（{', '.join(refs[:5])}）。请取消合并，每行填完整后再上传。",
            f"There are merged cells ({', '.join(refs[:5])}). Unmerge them and fill every row.",
        )


def _csv_lines(path: Path) -> Iterator[Sequence[Any]]:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(4096)
        file.seek(0)
        delimiter = "\t" if sample.count("\t") > sample.count(",") else ","
        yield from csv.reader(file, delimiter=delimiter)


def encoding_of(path: Path) -> str:
    """utf-8 or gb18030, whichever reads the whole file. Raises NotReadable when neither does."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with open(path, encoding=encoding) as file:
                for _ in iter(lambda: file.read(1 << 20), ""):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise _refusal(
        "encoding",
        "无法识别文字编码。请另存为 .xlsx，或“CSV UTF-8”。",
        "The text encoding is not known. Save as .xlsx or as CSV UTF-8.",
    )


def _refusal(code: str, zh: str, en: str) -> NotReadable:
    return NotReadable(f"file.{code}", Text(zh, en))

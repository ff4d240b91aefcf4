"""Lists in the reader's scope, drawn as sheets. No identity numbers: a person is named by record number.

What belongs to a confidential programme stays out of every sheet, whoever asks: a file leaves the protection
of the database, and nobody can see afterwards who opened it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db.models import QuerySet

from kangshu.exchange.excel.columns import Column
from kangshu.exchange.excel.reading import MOST_ROWS
from kangshu.exchange.excel.template import write_list
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text
from kangshu.people.queries import register_list

CHUNK = 1000
SEXES = {"1": Text("男", "male"), "2": Text("女", "female")}
RESIDENTS = Text("居民名册", "Register of residents")
_RESIDENTS = (
    Column("record_number", Text("档案编号", "Record number")),
    Column("name", Text("姓名", "Name")),
    Column("sex", Text("性别", "Sex")),
    Column("birth_date", Text("出生日期", "Birth date")),
    Column("phone", Text("电话", "Phone")),
    Column("address", Text("地址", "Address")),
    Column("region", Text("村（社区）", "Village")),
    Column("institution", Text("责任机构", "Responsible institution")),
)


@dataclass(frozen=True)
class SheetList:
    """A list to take away: its words, its rows as they are read, and what was asked for.

    `with_names`: the sheet carries the import's column names, so that it can be read in again.
    """

    title: Text
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    remarks: Sequence[tuple[Text, str]] = ()
    with_names: bool = False

    def write(self, target: BinaryIO, *, taken_by: str, taken_at: datetime, language: str) -> int:
        """Write it as a workbook; gives the count of rows."""
        return write_list(
            target,
            self.title,
            self.columns,
            self.rows,
            taken_by=taken_by,
            taken_at=taken_at,
            language=language,
            remarks=self.remarks,
            with_names=self.with_names,
        )


class TooManyRows(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "export.too_many_rows",
            Text(
                f"超过 {MOST_ROWS:,} 行，请缩短日期范围或增加筛选条件后再导出。",
                f"More than {MOST_ROWS:,} rows. Ask for fewer days or set a filter, and export again.",
            ),
        )


def refuse_too_many(rows: QuerySet) -> None:
    """Raise TooManyRows before a sheet is begun that could not be read in again."""
    if rows.order_by().values("pk")[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise TooManyRows


def residents_list(language: str) -> SheetList:
    """The residents in scope."""
    rows = (
        (
            person.record_number or "",
            person.name,
            sex_in_words(person.sex, language),
            person.birth_date.isoformat() if person.birth_date else "",
            person.phone,
            person.address,
            person.region.name,
            person.institution.name,
        )
        for person in register_list().iterator(chunk_size=2 * CHUNK)
    )
    return SheetList(RESIDENTS, _RESIDENTS, rows)


def sex_in_words(sex: str, language: str) -> str:
    return SEXES[sex].in_language(language) if sex in SEXES else ""

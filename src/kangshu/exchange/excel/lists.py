"""Lists in the reader's scope, drawn as sheets. No identity numbers: only their last four places."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from kangshu.exchange.excel.columns import Column
from kangshu.exchange.excel.template import write_list
from kangshu.kernel.text import Text
from kangshu.people.queries import register_list

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
_SEXES = {"1": Text("男", "male"), "2": Text("女", "female")}
RESIDENTS = Text("居民名册", "Register of residents")


def list_of_residents(
    target: BinaryIO, *, taken_by: str, taken_at: datetime, language: str
) -> tuple[Text, int]:
    """Write the residents in scope; gives the title and the count."""
    rows = (
        (
            person.record_number or "",
            person.name,
            _SEXES[person.sex].in_language(language) if person.sex in _SEXES else "",
            person.birth_date.isoformat() if person.birth_date else "",
            person.phone,
            person.address,
            person.region.name,
            person.institution.name,
        )
        for person in register_list().iterator(chunk_size=2000)
    )
    count = write_list(
        target, RESIDENTS, _RESIDENTS, rows, taken_by=taken_by, taken_at=taken_at, language=language
    )
    return RESIDENTS, count

"""Entries of a logbook as a sheet: the template, bringing rows in, and taking them out.

A row names its site by the name on the register, its institution by name or code (empty: the importer's own).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from kangshu.access.roles import check_allowed
from kangshu.declare.form import FieldType
from kangshu.declare.logbook import Logbook
from kangshu.exchange.excel.columns import CellKind, Column, columns_of
from kangshu.exchange.excel.kinds import Batch, ReadRow, Refused, RowProblem, one_by_one
from kangshu.exchange.excel.lists import CHUNK, SheetList, refuse_too_many
from kangshu.exchange.excel.record_lists import in_words
from kangshu.fieldwork import queries
from kangshu.fieldwork.actions import enter
from kangshu.fieldwork.models import Entry, Site
from kangshu.kernel.dates import china_today
from kangshu.kernel.text import Text
from kangshu.places.models import Institution

_DAY = Column("performed_on", Text("日期", "Day"), CellKind.DATE, required=True, example="2026-09-30")
_INSTITUTION = Column(
    "institution_name", Text("机构", "Institution"), hint=Text("空着为本机构", "empty: your own")
)
_PERIOD = Column(
    "period", Text("所属期", "Period"), example="2026-09", hint=Text("如 2026-09、2026-Q3", "as 2026-09")
)


class LogbookEntries:
    """The entries of one logbook."""

    permission = "keep.logbook"
    chunk = 200

    def __init__(self, logbook: Logbook) -> None:
        self.logbook = logbook
        self.id = logbook.id
        self.title = logbook.title

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.leading, *columns_of(self.logbook.form))

    @property
    def leading(self) -> tuple[Column, ...]:
        """What stands before the answers."""
        found = [_DAY, _INSTITUTION]
        if self.logbook.site is not None:
            found.insert(0, Column("site_name", self.logbook.site.title, required=True))
        if self.logbook.due is not None and self.logbook.due.once:
            found.append(_PERIOD)
        return tuple(found)

    def put_in(self, rows: Sequence[ReadRow], batch: Batch) -> list[RowProblem]:
        check_allowed(batch.by, self.permission)
        places = self._places(batch)
        sites = self._sites()
        return one_by_one(rows, batch, lambda row, batch: self._put(row, batch, places, sites))

    def _put(self, row: ReadRow, batch: Batch, places: dict[str, UUID], sites: dict[Any, UUID]) -> None:
        values = dict(row.values)
        name = str(values.pop("institution_name", ""))
        institution = places.get(name)
        if institution is None:
            raise Refused(
                "row.unknown_institution",
                Text("辖区内没有这个应记台账的机构", "No institution of yours that keeps it is called so"),
                where="institution_name",
            )
        site = None
        if self.logbook.site is not None:
            site = sites.get((institution, str(values.pop("site_name"))))
            if site is None:
                raise Refused(
                    "row.unknown_site",
                    Text("该机构没有登记这个对象，请先登记", "It is not on the register; register it first"),
                    where="site_name",
                )
        enter(
            logbook_id=self.logbook.id,
            entry_id=uuid5(batch.job_id, str(row.number)),
            performed_on=date.fromisoformat(values.pop("performed_on")),
            period=str(values.pop("period", "")),
            institution=institution,
            site=site,
            performed_by=batch.by.staff_id,
            provenance=dict.fromkeys(values, "import"),
            answers=values,
            by=batch.by,
            now=batch.now,
        )

    def _places(self, batch: Batch) -> dict[str, UUID]:
        found: dict[str, UUID] = {}
        for one in queries.keepers(self.logbook, batch.by, china_today()):
            found[one.code] = found[one.name] = one.pk
            if one.pk == batch.by.institution_id:
                found[""] = one.pk
        return found

    def _sites(self) -> dict[Any, UUID]:
        if self.logbook.site is None:
            return {}
        rows = Site.objects.filter(kind=self.logbook.site.id, closed_on=None)
        return {
            (institution, name): pk for institution, name, pk in rows.values_list("institution", "name", "pk")
        }


def logbook_of(logbook: Logbook, wanted: queries.Wanted, language: str) -> SheetList:
    """The entries that fit, each with its stages; the leading columns can be read in again.

    Raises TooManyRows.
    """
    rows = queries.entries(logbook, wanted)
    refuse_too_many(rows)
    kind = LogbookEntries(logbook)
    own = {column.name for column in columns_of(logbook.form)}
    later = [
        Column(name, Text(*_named(logbook, name)))
        for name, field in logbook.frame.items()
        if name not in own and field.type is not FieldType.COMPUTED and not name.startswith("site__")
    ]
    columns = (*kind.columns, *later)
    return SheetList(logbook.title, columns, _rows(logbook, rows, columns, language), with_names=True)


def _named(logbook: Logbook, name: str) -> tuple[str, str]:
    title = logbook.frame[name].title
    stage, _, asked = name.partition("__")
    if not asked or asked == "on":
        return title.zh, title.en
    return f"{logbook.stage(stage).title.zh}：{title.zh}", f"{logbook.stage(stage).title.en}: {title.en}"


def _rows(
    logbook: Logbook, entries: Any, columns: Sequence[Column], language: str
) -> Iterator[tuple[Any, ...]]:
    frame = logbook.frame
    for entry in entries.iterator(chunk_size=CHUNK):
        leading = _leading(entry)
        yield tuple(
            leading[column.name]
            if column.name in leading
            else in_words(frame[column.name], entry.facts.get(column.name), language)
            for column in columns
        )


def _leading(entry: Entry) -> dict[str, Any]:
    institution: Institution = entry.institution
    return {
        "site_name": entry.site.name if entry.site else "",
        "performed_on": entry.performed_on.isoformat(),
        "institution_name": institution.name,
        "period": entry.period,
    }

"""The kinds of sheet that can be brought in: residents, encounters, and every declared form.

A kind knows its columns and how rows are put in: by the actions that the screens use, or by their set-based
twins, which tests hold to the same results. So a check is the real thing, rolled back: a file that passes it
will load, unless somebody is quicker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models.functions import Coalesce

from kangshu.access.roles import check_allowed
from kangshu.declare import registry
from kangshu.declare.form import Form
from kangshu.exchange.excel.columns import BadCell, CellKind, Column, columns_of, read_cell
from kangshu.exchange.excel.reading import Row
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.kernel.text import Text
from kangshu.people.bulk import register_people
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import IdentityDocument, Person
from kangshu.people.vault import vault
from kangshu.places.models import Institution, Region
from kangshu.work.bulk import NewRecord, load_records
from kangshu.work.completing import completed_by_owner, own_form
from kangshu.work.models import Provenance

RESIDENTS = "residents"
_SEX = (("1", Text("男", "male")), ("2", Text("女", "female")))
_RESIDENCE = (("1", Text("户籍", "registered here")), ("2", Text("非户籍", "registered elsewhere")))


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one cell, or (column "") with the row."""

    row: int
    column: str
    value: str
    code: str
    reason: Text


@dataclass(frozen=True)
class ReadRow:
    """A row whose cells were read; `raw` shows the values as typed."""

    number: int
    values: dict[str, Any]
    raw: dict[str, Any]


@dataclass
class Batch:
    """What the rows of one file share: whose file, which job, and the keys seen so far."""

    job_id: UUID
    by: Actor
    now: datetime
    seen: dict[Any, int] = field(default_factory=dict)


class SheetKind(Protocol):
    """One kind of sheet."""

    id: str
    title: Text
    permission: str
    chunk: int
    """How many rows are put in at once: more go faster, fewer show more often how far it is."""

    @property
    def columns(self) -> tuple[Column, ...]: ...

    def put_in(self, rows: Sequence[ReadRow], batch: Batch) -> list[RowProblem]:
        """Put the rows in, within the caller's transaction and scope; rows with a problem are left out."""


def sheet_kinds() -> list[SheetKind]:
    """Every kind, residents first, then the forms of every capability and the logbooks."""
    from kangshu.exchange.excel.encounters import Encounters
    from kangshu.exchange.excel.logbooks import LogbookEntries

    kinds: list[SheetKind] = [Residents(), Encounters()]
    seen = set()
    for capability in registry.capabilities():
        for form in capability.forms:
            if form.id not in seen:
                seen.add(form.id)
                kinds.append(FilledForms(form))
    return [*kinds, *(LogbookEntries(logbook) for logbook in registry.logbooks())]


def sheet_kind(kind_id: str) -> SheetKind:
    """Raises UnknownKind."""
    for kind in sheet_kinds():
        if kind.id == kind_id:
            return kind
    raise UnknownKind(kind_id)


class UnknownKind(Refusal):
    def __init__(self, kind_id: str) -> None:
        super().__init__(
            "import.unknown_kind",
            Text(f"没有“{kind_id}”这种表。", f"There is no sheet of the kind {kind_id}."),
            where="kind",
        )


def read_row(row: Row, columns: Sequence[Column]) -> ReadRow | list[RowProblem]:
    """The row's values, or everything that cannot be read in it."""
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    for column in columns:
        raw = row.values.get(column.name)
        try:
            value = read_cell(column, raw)
        except BadCell as bad:
            problems.append(RowProblem(row.number, column.name, str(raw)[:200], bad.code, bad.reason))
            continue
        if value is None and column.required:
            reason = Text("必填，不能为空", "is required")
            problems.append(RowProblem(row.number, column.name, "", "cell.missing", reason))
        elif value is not None:
            values[column.name] = value
    return problems or ReadRow(row.number, values, row.values)


def one_by_one(rows: Sequence[ReadRow], batch: Batch, put: Any) -> list[RowProblem]:
    """Put each row in within its own savepoint; a refusal takes back that row alone."""
    problems: list[RowProblem] = []
    for row in rows:
        try:
            with transaction.atomic():
                put(row, batch)
        except Refusal as refused:
            problems += told_of(row, refused)
    return problems


def told_of(row: ReadRow, refused: Refusal) -> list[RowProblem]:
    """What a refusal says of a row: each cell that it names."""
    if isinstance(refused, BadInput):
        return [
            RowProblem(row.number, p.field, _shown(row, p.field), p.code, p.message) for p in refused.problems
        ]
    where = refused.where or ""
    return [RowProblem(row.number, where, _shown(row, where), refused.code, refused.message)]


def _shown(row: ReadRow, column: str) -> str:
    raw = row.raw.get(column)
    return "" if raw is None else str(raw)[:200]


class Refused(Refusal):
    """A row that this module itself refuses."""


class Residents:
    """Register residents, one line each."""

    id = RESIDENTS
    title = Text("居民登记表", "Residents")
    permission = "register.resident"
    chunk = 2_000
    columns = (
        Column("name", Text("姓名", "Name"), required=True, example="张示例"),
        Column("id_number", Text("身份证号", "ID number"), is_number_code=True, example="(18 位 characters)",
               hint=Text("填了身份证号，性别和出生日期可以不填", "Sex and birth date may then stay empty")),
        Column("sex", Text("性别", "Sex"), CellKind.CHOICE, choices=_SEX, example="1 男"),
        Column("birth_date", Text("出生日期", "Birth date"), CellKind.DATE, example="1960-03-15"),
        Column("phone", Text("电话", "Phone"), is_number_code=True, example="13900000000"),
        Column("village", Text("居住村（社区）", "Village"), required=True, example="东柳村",
               hint=Text("村名或 12 位区划代码", "Its name or 12-digit code")),
        Column("address", Text("详细地址", "Address"), example="3 组 12 号"),
        Column("residence_type", Text("常住类型", "Residence"), CellKind.CHOICE, choices=_RESIDENCE),
        Column("contact_name", Text("联系人", "Contact")),
        Column("contact_phone", Text("联系人电话", "Contact's phone"), is_number_code=True),
    )  # fmt: skip

    def put_in(self, rows: Sequence[ReadRow], batch: Batch) -> list[RowProblem]:
        villages = _villages(batch.by)
        problems: list[RowProblem] = []
        taken: list[tuple[ReadRow, NewPerson]] = []
        for row in rows:
            try:
                taken.append((row, self._person(row, batch, villages)))
            except Refusal as refused:
                problems += told_of(row, refused)
        loaded = register_people((new for _, new in taken), by=batch.by, now=batch.now)
        for found in loaded.refused:
            problems += told_of(taken[found.position][0], found.refusal)
        return sorted(problems, key=lambda problem: problem.row)

    def _person(self, row: ReadRow, batch: Batch, villages: dict[str, tuple[str, UUID]]) -> NewPerson:
        values = row.values
        _refuse_twice(batch, row, values.get("id_number"), "id_number")
        place = villages.get(str(values["village"]))
        if place is None:
            raise Refused(
                "row.unknown_village",
                Text("辖区内没有这个村（社区）", "There is no such village in your area"),
                where="village",
            )
        region, institution = place
        number = values.get("id_number")
        return NewPerson(
            name=values["name"],
            region=region,
            institution_id=institution,
            document=DocumentGiven(number) if number else None,
            undocumented="" if number else "unknown",
            **_given(values, "sex", "phone", "address", "residence_type", "contact_name", "contact_phone"),
            birth_date=date.fromisoformat(values["birth_date"]) if "birth_date" in values else None,
            id=uuid5(batch.job_id, str(row.number)),
        )


def _given(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _refuse_twice(batch: Batch, row: ReadRow, key: Any, column: str) -> None:
    if key is None:
        return
    first = batch.seen.setdefault((column, str(key).upper()), row.number)
    if first != row.number:
        raise Refused(
            "row.twice", Text(f"与第 {first} 行重复", f"is the same as in row {first}"), where=column
        )


def _villages(by: Actor) -> dict[str, tuple[str, UUID]]:
    """Village names and codes in the importer's area, each with the institution responsible there."""
    own = Institution.objects.filter(pk=by.institution_id).select_related("region").first()
    if own is None:
        return {}
    below = list(Institution.objects.filter(path__startswith=own.path, valid_to=None).order_by("-path"))
    clinics = {place.region_id: place.pk for place in below if place.kind == Institution.Kind.VILLAGE_CLINIC}
    regions = Region.objects.filter(level=5, valid_to=None)
    if own.region.level == 5:
        regions = regions.filter(pk=own.region_id)
    elif own.region.level == 4:
        regions = regions.filter(parent=own.region_id)
    else:
        regions = regions.filter(parent__parent=own.region_id)
    found: dict[str, tuple[str, UUID]] = {}
    twice = set()
    for region in regions:
        place = (region.pk, clinics.get(region.pk, own.pk))
        found[region.pk] = place
        if region.name in found:
            twice.add(region.name)
        found[region.name] = place
    # Two villages of one name: only the code is clear.
    return {name: place for name, place in found.items() if name not in twice}


class FilledForms:
    """Records of one declared form; the person is named by ID number or record number, and by name."""

    permission = "record.visit"
    chunk = 2_000
    PERSON = (
        Column("person_name", Text("居民姓名", "Resident's name"), required=True, example="张示例"),
        Column(
            "person_number",
            Text("身份证号或档案编号", "ID or record number"),
            required=True,
            is_number_code=True,
        ),
        Column(
            "performed_on",
            Text("服务日期", "Date of service"),
            CellKind.DATE,
            required=True,
            example="2026-09-30",
        ),
    )

    def __init__(self, form: Form) -> None:
        self.form = form
        self.id = form.id
        self.title = form.title

    @property
    def columns(self) -> tuple[Column, ...]:
        own = tuple(c for c in columns_of(self.form) if c.name not in {p.name for p in self.PERSON})
        return self.PERSON + own

    def put_in(self, rows: Sequence[ReadRow], batch: Batch) -> list[RowProblem]:
        check_allowed(batch.by, self.permission)
        people = people_by_number({str(row.values["person_number"]) for row in rows})
        problems: list[RowProblem] = []
        taken: list[tuple[ReadRow, NewRecord]] = []
        for row in rows:
            try:
                taken.append((row, self._record(row, batch, people)))
            except Refusal as refused:
                problems += told_of(row, refused)
        if own_form(self.form.id) is not None:
            problems += self._one_by_one(taken, batch)
            return sorted(problems, key=lambda problem: problem.row)
        loaded = load_records((record for _, record in taken), by=batch.by, now=batch.now, fire=True)
        for found in loaded.refused:
            problems += told_of(taken[found.position][0], found.refusal)
        return sorted(problems, key=lambda problem: problem.row)

    def _one_by_one(self, taken: list[tuple[ReadRow, NewRecord]], batch: Batch) -> list[RowProblem]:
        """Rows of a form that its owner judges (a dose of vaccine), the earliest service first: each by what
        the rows before it have saved. The owner also judges what comes twice on one day."""
        problems: list[RowProblem] = []
        for row, record in sorted(taken, key=lambda pair: (pair[1].performed_on, pair[0].number)):
            said = dict.fromkeys(record.answers, Provenance.IMPORT.value)
            try:
                answers, provenance = completed_by_owner(
                    record.form_id,
                    record.person_id,
                    record.answers,
                    said,
                    record.performed_on,
                    frozenset({record.id}),
                )
            except Refusal as refused:
                problems += told_of(row, refused)
                continue
            whole = replace(record, answers=answers, provenance=provenance, confirmed=True)
            loaded = load_records([whole], by=batch.by, now=batch.now, fire=True)
            for found in loaded.refused:
                problems += told_of(row, found.refusal)
        return problems

    def _record(self, row: ReadRow, batch: Batch, people: dict[str, KnownPerson]) -> NewRecord:
        values = dict(row.values)
        name, number = values.pop("person_name"), str(values.pop("person_number"))
        performed_on = date.fromisoformat(values.pop("performed_on"))
        person = people.get(number.upper())
        if person is None:
            raise Refused(
                "row.unknown_person",
                Text(
                    "辖区内没有登记这个号码的居民，请先登记",
                    "Nobody in your area is registered with it; register first",
                ),
                where="person_number",
            )
        if person.name != name:
            raise Refused(
                "row.other_name",
                Text("姓名与该号码登记的姓名不一致", "is not the name registered with this number"),
                where="person_name",
            )
        assert batch.by.institution_id is not None
        return NewRecord(
            form_id=self.form.id,
            person_id=person.id,
            answers=values,
            performed_on=performed_on,
            performed_by=batch.by.staff_id,
            institution_id=batch.by.institution_id,
            id=uuid5(batch.job_id, str(row.number)),
        )


class KnownPerson(NamedTuple):
    """Whom a number names: the canonical person."""

    id: UUID
    name: str


def people_by_number(numbers: set[str]) -> dict[str, KnownPerson]:
    """The people in scope who hold these identity or record numbers, by number; merges followed."""
    wanted = {number.upper() for number in numbers}
    index = {vault().index(number): number for number in wanted}
    documents = IdentityDocument.objects.filter(number_index__in=list(index), withdrawn_at=None)
    canonical = (Coalesce("merged_into_id", "id"), Coalesce("merged_into__name", "name"))
    of_document = (Coalesce("person__merged_into_id", "person_id"), Coalesce(*_NAMES))
    found = {
        index[bytes(number)]: KnownPerson(id, name)
        for number, id, name in documents.values_list("number_index", *of_document)
    }
    recorded = Person.objects.filter(record_number__in=wanted)
    for number, id, name in recorded.values_list("record_number", *canonical):
        found[number] = KnownPerson(id, name)
    return found


_NAMES = ("person__merged_into__name", "person__name")


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

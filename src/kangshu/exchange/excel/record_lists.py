"""What was recorded, as sheets: the filled forms of one kind, and encounters with their diagnoses.

The columns are those of the import's template, with its names below the headings: the file can be corrected
and read in again. What the import does not take (who did it, what the program computed) stands behind them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kangshu.care.models import Diagnosis, DiagnosisKind, Encounter
from kangshu.care.queries import encounters_between
from kangshu.declare import registry
from kangshu.declare.form import Field, FieldType, Form
from kangshu.declare.registry import UnknownDeclaration
from kangshu.exchange.excel.columns import Column
from kangshu.exchange.excel.encounters import Encounters
from kangshu.exchange.excel.kinds import FilledForms, UnknownKind
from kangshu.exchange.excel.lists import CHUNK, SheetList, refuse_too_many
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text
from kangshu.work import queries
from kangshu.work.models import Record
from kangshu.work.rows import SEPARATOR

YES, NO = Text("是", "yes"), Text("否", "no")
_AFTER_RECORD = (
    Column("record.institution", Text("服务机构（登记）", "Institution on record")),
    Column("record.performed_by", Text("服务人员（登记）", "Staff on record")),
)
_AFTER_ENCOUNTER = (
    Column("other_diagnoses", Text("其他诊断", "Other diagnoses")),
    Column("institution", Text("就诊机构", "Institution")),
    Column("staff", Text("医生", "Doctor")),
)
# Whatever separates several choices in a cell must not stand within the words of one.
_SEPARATORS = re.compile(r"[;,、|\n]+")


class BadSpan(Refusal):
    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            "export.bad_span",
            Text(
                f"开始日期 {first} 晚于截止日期 {last}，请改正。",
                f"The span begins on {first}, after its last day {last}. Correct the dates.",
            ),
            where="from",
        )


def forms_to_export() -> list[Form]:
    """Every declared form, those of confidential programmes left out."""
    return [form for form in registry.forms() if not registry.owner(form.id).confidentiality]


def records_of(form_id: str, first: date, last: date, language: str) -> SheetList:
    """The current records of a form in these days, a column for each question of any version of it in use.

    Raises UnknownKind, BadSpan, TooManyRows.
    """
    form = _open_form(form_id)
    _refuse_bad_span(first, last)
    records = queries.records_between(form_id, first, last).filter(compartment="")
    refuse_too_many(records)
    versions = _versions(form, set(records.order_by().values_list("form_version", flat=True).distinct()))
    asked = FilledForms(form).columns
    taken = {column.name for column in asked}
    extra: dict[str, Column] = {}
    for version in sorted(versions.values(), key=lambda version: -version.version):
        for field in version.fields:
            if field.name not in taken:
                extra.setdefault(field.name, Column(field.name, field.title, unit=field.unit))
    columns = (*asked, *extra.values(), *_AFTER_RECORD)
    names = [column.name for column in columns[len(FilledForms.PERSON) : -len(_AFTER_RECORD)]]
    rows = _record_rows(records.iterator(chunk_size=CHUNK), versions, names, language)
    return SheetList(form.title, columns, rows, _span(first, last, language), with_names=True)


def encounters_of(first: date, last: date, language: str) -> SheetList:
    """Encounters begun in these days, each with its diagnoses. Raises BadSpan, TooManyRows."""
    _refuse_bad_span(first, last)
    encounters = encounters_between(first, last).filter(compartment="")
    refuse_too_many(encounters)
    rows = (_encounter_row(found, language) for found in encounters.iterator(chunk_size=CHUNK))
    columns = (*Encounters.columns, *_AFTER_ENCOUNTER)
    return SheetList(Encounters.title, columns, rows, _span(first, last, language), with_names=True)


def in_words(field: Field, value: Any, language: str) -> Any:
    """A stored answer as a cell that says it in words and that the import reads as the same answer."""
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return (YES if value else NO).in_language(language)
    if field.type is FieldType.ROWS:
        return "\n".join(_row_in_words(field, row, language) for row in value)
    if field.type is FieldType.CHOICES:
        return ";".join(_choice_in_words(field, str(code), language, several=True) for code in value)
    if field.type is FieldType.CHOICE:
        return _choice_in_words(field, str(value), language)
    if field.is_number and isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return value if isinstance(value, int | float | str) else str(value)


def _row_in_words(field: Field, row: dict[str, Any], language: str) -> str:
    """One row of a field of rows on one line, in the order of its columns."""
    parts = [in_words(column, row.get(column.name), language) for column in field.fields]
    return SEPARATOR.join("" if part is None else _SEPARATORS.sub("/", str(part)) for part in parts)


def _choice_in_words(field: Field, code: str, language: str, *, several: bool = False) -> str:
    choice = field.choice(code)
    if choice is None:
        return code
    words = choice.title.in_language(language)
    if several:
        words = _SEPARATORS.sub("/", unicodedata.normalize("NFKC", words))
    return f"{code} {words}"


def _open_form(form_id: str) -> Form:
    try:
        form, owner = registry.form(form_id), registry.owner(form_id)
    except UnknownDeclaration:
        raise UnknownKind(form_id) from None
    if owner.confidentiality:
        raise UnknownKind(form_id)
    return form


def _versions(form: Form, numbers: set[int]) -> dict[int, Form]:
    found = {form.version: form}
    for number in numbers - {form.version}:
        try:
            found[number] = registry.form(form.id, number)
        except UnknownDeclaration:
            found[number] = form
    return found


def _record_rows(
    records: Iterator[Record], versions: dict[int, Form], names: Sequence[str], language: str
) -> Iterator[Sequence[Any]]:
    fields = {number: {field.name: field for field in form.fields} for number, form in versions.items()}
    for record in records:
        asked, answers = fields[record.form_version], record.answers
        yield (
            record.person.name,
            record.person.record_number or "",
            record.performed_on.isoformat(),
            *(
                in_words(asked[name], answers.get(name), language) if name in asked else None
                for name in names
            ),
            record.institution.name,
            record.performed_by.name if record.performed_by else "",
        )


def _encounter_row(encounter: Encounter, language: str) -> Sequence[Any]:
    diagnoses = [found for found in encounter.diagnoses.all() if not found.compartment]
    main = next((found for found in diagnoses if found.kind == DiagnosisKind.MAIN), None)
    kinds = {code: title.in_language(language) for code, title in _kinds()}
    return (
        encounter.person.name,
        encounter.person.record_number or "",
        encounter.external_id,
        kinds.get(encounter.kind, encounter.kind),
        encounter.started_on.isoformat(),
        encounter.ended_on.isoformat() if encounter.ended_on else "",
        main.code if main else "",
        main.name if main else "",
        encounter.complaint,
        "; ".join(_said(found) for found in diagnoses if found is not main),
        encounter.institution.name,
        encounter.staff.name if encounter.staff else "",
    )


def _kinds() -> tuple[tuple[str, Text], ...]:
    return next(column.choices for column in Encounters.columns if column.name == "kind")


def _said(diagnosis: Diagnosis) -> str:
    return f"{diagnosis.code} {diagnosis.name}"


def _refuse_bad_span(first: date, last: date) -> None:
    if first > last:
        raise BadSpan(first, last)


def _span(first: date, last: date, language: str) -> list[tuple[Text, str]]:
    return [
        (Text("日期范围", "Days"), f"{first} … {last}"),
        (
            Text("再导入", "Reading in again"),
            Text(
                "表头与导入模板一致，更正后可再导入；末尾几列仅供查看。",
                "The headings are the import template's; the last columns are for reading only.",
            ).in_language(language),
        ),
    ]

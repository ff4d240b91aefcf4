"""What is laid out: one select per table, and the typed columns of every declared form.

Nothing here may name or describe a person: no name, number, phone, address, and no free text. A field of free
text is laid out as "something was written" (`*`), so that completeness can still be counted.
Ids of people and of what hangs on them are the opaque ids of the database; columns that refer to them are
the low 63 bits as an integer (`key`), because joins over ten million rows of 16-byte ids cost twice as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kangshu.declare import registry
from kangshu.declare.expression import Kind
from kangshu.declare.form import Field, FieldType, Form

#: What free text becomes.
WRITTEN = "*"

#: Assessment values laid out for every form, beside those that fields name by `assessed`.
ASSESSED = ("outcome", "class", "action")

TYPES = {
    Kind.BOOLEAN: "BOOLEAN",
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: "DECIMAL(18,6)",
    Kind.DATE: "DATE",
    Kind.TEXT: "VARCHAR",
    Kind.CODES: "VARCHAR[]",
    Kind.MOMENT: "TIMESTAMP",
    # Rows hold names, numbers and free text: only how many there are is laid out.
    Kind.ROWS: "BIGINT",
    Kind.ANY: "DECIMAL(18,6)",
}
_FREE_TEXT = (FieldType.TEXT, FieldType.LONG_TEXT)


@dataclass(frozen=True)
class Source:
    """How one table is read. `changed` names the column an increment asks; without it the table is copied
    whole."""

    table: str
    select: str
    origin: str
    changed: str = ""
    compartment: bool = False

    def sql(self, since: int | None, condition: str = "") -> str:
        conditions = [condition] if condition else []
        if since is not None and self.changed:
            conditions.append(f"{self.changed} >= '{since:d}'::xid8")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {self.select} FROM {self.origin}{where}"


SOURCES = (
    Source(
        "persons",
        "id, merged_into_id AS merged_into, sex, birth_date, death_on, status, residence_type,"
        " institution_id AS institution, region_id AS region",
        "people_person",
        "changed_xid",
    ),
    Source(
        "residences",
        "id, person_id AS person, institution_id AS institution, region_id AS region, from_on, to_on",
        "people_residence",
        "changed_xid",
    ),
    Source(
        "cases",
        "id, person_id AS person, kind, capability_version, state, institution_id AS institution,"
        " doctor_id AS doctor, opened_on, closed_on, nullif(closing_reason, '') AS closing_reason,"
        " facts::text AS facts, compartment",
        "work_case",
        "changed_xid",
        compartment=True,
    ),
    Source(
        "dues",
        'id, case_id AS "case", person_id AS person, kind, step, opens_on, due_on, overdue_on, state,'
        " fulfilled_by_id AS fulfilled_by, institution_id AS institution, doctor_id AS doctor, compartment",
        "work_due",
        "changed_xid",
        compartment=True,
    ),
    Source(
        "encounters",
        "id, person_id AS person, kind, institution_id AS institution, staff_id AS staff, started_on,"
        " ended_on, compartment",
        "care_encounter",
        "changed_xid",
        compartment=True,
    ),
    Source(
        "diagnoses",
        "id, person_id AS person, encounter_id AS encounter, code, kind, diagnosed_on, compartment",
        "care_diagnosis",
        "changed_xid",
        compartment=True,
    ),
    Source(
        "results",
        "id, person_id AS person, code, value::text AS value, unit, measured_on, compartment",
        "care_result",
        "changed_xid",
        compartment=True,
    ),
    # What is about no person: `facts` keep only what is coded, counted or dated (`coded_facts`).
    Source(
        "entries",
        "id, logbook, institution_id AS institution, site_id AS site, performed_by_id AS staff, counted_on,"
        " status, facts::text AS facts, compartment",
        "fieldwork_entry",
        "changed_xid",
        compartment=True,
    ),
    Source(
        "sites",
        "id, kind, institution_id AS institution, registered_on, closed_on, particulars::text AS facts,"
        " compartment",
        "fieldwork_site",
        "changed_xid",
        compartment=True,
    ),
    Source(
        "institutions",
        "id, code, name, kind, path, region_id AS region, parent_id AS parent, valid_from, valid_to",
        "places_institution",
    ),
    Source("regions", "code, name, level, parent_id AS parent, urban_rural", "places_region"),
    Source("staff", "id, institution_id AS institution, kind", "places_staff"),
    Source(
        "populations",
        "region_id AS region, year, version, sex, age_from, age_to, count",
        "places_population",
    ),
    Source(
        "parameters",
        "id, parameter, value #>> '{}' AS value, from_on, institution_id AS institution, set_at",
        "work_parametervalue",
    ),
)

RECORDS = Source(
    "records",
    'id, form_id, form_version, person_id AS person, case_id AS "case", performed_on,'
    " performed_by_id AS performed_by, institution_id AS institution, entered_at, status, compartment,"
    " answers::text AS answers, assessment::text AS assessment",
    "work_record",
    "changed_xid",
    compartment=True,
)


@dataclass(frozen=True)
class Column:
    """One typed column of a form: `name` in the table, `key` in the JSON, DuckDB's `type`."""

    name: str
    key: str
    type: str
    free_text: bool = False
    counted: bool = False

    @property
    def shape(self) -> str:
        """The column as `json_transform` wants it."""
        if self.counted:
            return f'"{self.key}": ["JSON"]'
        inner = '["VARCHAR"]' if self.type == "VARCHAR[]" else f'"{self.type}"'
        return f'"{self.key}": {inner}'


def table_of(form_id: str) -> str:
    """The name of the table that holds a form's records."""
    return f"records.{form_id}"


def answer_column(field: str) -> str:
    return f"a_{field}"


def assessment_column(name: str) -> str:
    return f"s_{name}"


def answer_columns(versions: Iterable[Form]) -> tuple[Column, ...]:
    """The columns of all versions of a form together; where versions disagree the wider type holds both."""
    types: dict[str, Column] = {}
    for form in sorted(versions, key=lambda form: form.version):
        for field in form.fields:
            new = _answer_column(field)
            old = types.get(field.name)
            types[field.name] = new if old is None else _wider(old, new)
    return tuple(types.values())


def frame_columns(frame: Mapping[str, Field]) -> tuple[Column, ...]:
    """The columns of what a logbook's figures may name, under the names of the frame."""
    return tuple(_answer_column(field, name) for name, field in frame.items())


def coded_facts(frame: Mapping[str, Field], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an entry or site without free text: a text only says that it was written, rows how many
    they are, and what nobody declares is left out."""
    kept: dict[str, Any] = {}
    for name, field in frame.items():
        value = facts.get(name)
        if value is None:
            continue
        if field.fields:
            kept[name] = [{}] * len(value)
        else:
            kept[name] = WRITTEN if field.type in _FREE_TEXT else value
    return kept


def _answer_column(field: Field, name: str = "") -> Column:
    return Column(
        answer_column(name or field.name),
        name or field.name,
        TYPES[field.kind],
        free_text=field.type in _FREE_TEXT,
        counted=bool(field.fields),
    )


def _wider(old: Column, new: Column) -> Column:
    if old.type == new.type and old.counted == new.counted:
        return new if new.free_text else old
    numbers = {TYPES[Kind.INTEGER], TYPES[Kind.DECIMAL]}
    kind = TYPES[Kind.DECIMAL] if {old.type, new.type} <= numbers else "VARCHAR"
    return Column(old.name, old.key, kind, old.free_text or new.free_text)


def assessment_columns(versions: Iterable[Form]) -> tuple[Column, ...]:
    named = {field.assessed for form in versions for field in form.fields if field.assessed}
    return tuple(Column(assessment_column(name), name, "VARCHAR") for name in sorted(named | set(ASSESSED)))


def versions_of(form_id: str) -> tuple[Form, ...]:
    """Every known version of a form; none when nothing of that id is declared."""
    try:
        latest = registry.form(form_id)
    except registry.UnknownDeclaration:
        return ()
    found = []
    for version in range(1, latest.version + 1):
        try:
            found.append(registry.form(form_id, version))
        except registry.UnknownDeclaration:
            continue
    return tuple(found)

"""Encounters from a spreadsheet: one line a visit, with its main diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kangshu.care.bulk import load_encounters
from kangshu.care.facts import NewDiagnosis, NewEncounter
from kangshu.exchange.excel.columns import CellKind, Column
from kangshu.exchange.excel.kinds import Batch, ReadRow, Refused, RowProblem, people_by_number, told_of
from kangshu.kernel.errors import BadInput
from kangshu.kernel.text import Text

_KINDS = (
    ("outpatient", Text("门诊", "clinic visit")),
    ("inpatient", Text("住院", "hospital stay")),
    ("home", Text("上门", "home visit")),
    ("phone", Text("电话", "by phone")),
)


class Encounters:
    """Visits and stays of residents in the importer's area."""

    id = "encounters"
    title = Text("诊疗记录", "Encounters")
    permission = "record.care"
    chunk = 2_000
    columns = (
        Column("person_name", Text("姓名", "Name"), required=True, example="张示例"),
        Column(
            "person_number",
            Text("身份证号或档案编号", "ID or record number"),
            required=True,
            is_number_code=True,
        ),
        Column("external_id", Text("就诊流水号", "Visit number"), required=True, is_number_code=True),
        Column("kind", Text("就诊类型", "Kind"), CellKind.CHOICE, choices=_KINDS),
        Column(
            "started_on", Text("就诊（入院）日期", "Date"), CellKind.DATE, required=True, example="2026-09-30"
        ),
        Column("ended_on", Text("出院日期", "Discharged on"), CellKind.DATE),
        Column(
            "diagnosis_code", Text("主要诊断编码", "Main diagnosis code"), required=True, example="I10.x00"
        ),
        Column("diagnosis_name", Text("主要诊断名称", "Main diagnosis"), example="高血压病"),
        Column("complaint", Text("主诉", "Complaint")),
    )

    def put_in(self, rows: Sequence[ReadRow], batch: Batch) -> list[RowProblem]:
        people = people_by_number({str(row.values["person_number"]) for row in rows})
        problems: list[RowProblem] = []
        taken: list[tuple[ReadRow, NewEncounter]] = []
        for row in rows:
            person = people.get(str(row.values["person_number"]).upper())
            if person is None or person.name != row.values["person_name"]:
                problems += told_of(row, _unknown())
            else:
                taken.append((row, _facts(row.values, person.id, batch)))
        loaded = load_encounters((new for _, new in taken), by=batch.by, now=batch.now)
        for found in loaded.refused:
            problems += told_of(taken[found.row][0], BadInput(found.problems))
        return sorted(problems, key=lambda problem: problem.row)


def _unknown() -> Refused:
    return Refused(
        "row.unknown_person",
        Text(
            "辖区内没有这个号码与姓名的居民",
            "Nobody in your area is registered with this number and name",
        ),
        where="person_number",
    )


def _facts(values: dict, person_id: UUID, batch: Batch) -> NewEncounter:
    institution_id = batch.by.institution_id
    assert institution_id is not None
    started_on = date.fromisoformat(values["started_on"])
    return NewEncounter(
        person_id=person_id,
        institution_id=institution_id,
        started_on=started_on,
        ended_on=date.fromisoformat(values["ended_on"]) if "ended_on" in values else None,
        kind=values.get("kind", "outpatient"),
        complaint=values.get("complaint", ""),
        diagnoses=(NewDiagnosis(values["diagnosis_code"], values.get("diagnosis_name", "")),),
        source=f"sheet:{institution_id}"[:40],
        external_id=str(values["external_id"]),
    )

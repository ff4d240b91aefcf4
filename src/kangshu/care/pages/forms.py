"""The form of a light encounter: one page, a few rows of each kind. `care.rules` decides what may stand in
it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kangshu.care.codes import result_codes
from kangshu.care.facts import NewDiagnosis, NewEncounter, NewPrescription, NewResult
from kangshu.care.models import DiagnosisKind, EncounterKind
from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text

DIAGNOSES, RESULTS, PRESCRIPTIONS = 4, 6, 5
USUAL_RESULTS = ("sbp", "dbp", "fbg", "weight", "temperature", "pulse")


class EncounterForm(forms.Form):
    """What stands once; the repeated rows are read by `read_rows`."""

    encounter_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of visit"), choices=EncounterKind.choices)
    started_on = forms.DateField(
        label=_("Day of the visit"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    complaint = forms.CharField(
        label=_("Complaint"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    note = forms.CharField(
        label=_("Findings and plan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def blank_rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of a form that nobody has filled yet."""
    known = result_codes()
    return {
        "diagnoses": [{"code": "", "name": ""} for _ in range(DIAGNOSES)],
        "results": [{"code": known[code], "value": ""} for code in USUAL_RESULTS],
        "prescriptions": [_blank_prescription() for _ in range(PRESCRIPTIONS)],
    }


def typed_rows(posted: QueryDict) -> dict[str, list[dict[str, Any]]]:
    """The rows as they were typed, for showing them again."""
    rows = blank_rows()
    for place, row in enumerate(rows["diagnoses"]):
        row["code"] = posted.get(f"diagnosis-{place}-code", "").strip()
        row["name"] = posted.get(f"diagnosis-{place}-name", "").strip()
    for row in rows["results"]:
        row["value"] = posted.get(f"result-{row['code'].code}", "").strip()
    for place, row in enumerate(rows["prescriptions"]):
        for name in row:
            row[name] = posted.get(f"prescription-{place}-{name}", "").strip()
    return rows


def read_encounter(
    typed: dict[str, Any], rows: dict[str, list[dict[str, Any]]], *, person_id: UUID, by: Any
) -> tuple[NewEncounter, list[Problem]]:
    """The facts of a posted form, and what could not even be read."""
    problems: list[Problem] = []
    diagnoses = [
        NewDiagnosis(row["code"].upper().replace(".X", ".x"), row["name"])
        for row in rows["diagnoses"]
        if row["code"] or row["name"]
    ]
    if diagnoses:
        rest = [NewDiagnosis(d.code, d.name, DiagnosisKind.OTHER) for d in diagnoses[1:]]
        diagnoses = [diagnoses[0], *rest]
    results = []
    for row in rows["results"]:
        if row["value"]:
            value = _number(row["value"], f"result-{row['code'].code}", problems)
            if value is not None:
                results.append(NewResult(row["code"].code, value))
    prescriptions = []
    for place, row in enumerate(rows["prescriptions"]):
        if any(row.values()):
            days = _number(row["days"], f"prescription-{place}-days", problems) if row["days"] else None
            prescriptions.append(
                NewPrescription(row["medicine"], row["dose"], row["frequency"], int(days) if days else None)
            )
    new = NewEncounter(
        id=typed["encounter_id"],
        person_id=person_id,
        institution_id=by.institution_id,
        staff_id=by.staff_id,
        kind=typed["kind"],
        started_on=typed["started_on"],
        complaint=typed["complaint"],
        note=typed["note"],
        diagnoses=tuple(diagnoses),
        results=tuple(results),
        prescriptions=tuple(prescriptions),
    )
    return new, problems


def _number(text: str, field: str, problems: list[Problem]) -> Decimal | None:
    half_width = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    try:
        number = Decimal(half_width)
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        return number
    said = Text(f"“{text}”不是数字。", f"“{text}” is not a number.")
    problems.append(Problem(field, "encounter.number", said, text))
    return None


def _blank_prescription() -> dict[str, Any]:
    return {"medicine": "", "dose": "", "frequency": "", "days": ""}

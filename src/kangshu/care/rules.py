"""What an encounter may say: checks over plain values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kangshu.care.codes import is_icd10, result_codes
from kangshu.care.facts import NewDiagnosis, NewEncounter, NewResult
from kangshu.care.models import DiagnosisKind, EncounterKind
from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text


def check_encounter(
    new: NewEncounter, *, birth_date: date | None, death_on: date | None, today: date
) -> Iterator[Problem]:
    """Every problem of an encounter, with the field's place (`diagnoses.0.code`)."""
    yield from _check_days(new, birth_date, death_on, today)
    if new.kind not in EncounterKind.values:
        yield _problem("kind", "code", "请选择就诊方式。", "Choose the kind of visit.", new.kind)
    if not (new.complaint.strip() or new.diagnoses or new.results or new.prescriptions or new.note.strip()):
        yield _problem(
            "complaint",
            "empty",
            "请至少填写主诉、诊断、检查结果或用药中的一项。",
            "Give at least a complaint, a diagnosis, a result or a medicine.",
        )
    for place, diagnosis in enumerate(new.diagnoses):
        yield from _check_diagnosis(f"diagnoses.{place}", diagnosis, today)
    if sum(d.kind == DiagnosisKind.MAIN for d in new.diagnoses) > 1:
        yield _problem("diagnoses", "two_main", "主要诊断只能有一个。", "There is only one main diagnosis.")
    for place, result in enumerate(new.results):
        yield from _check_result(f"results.{place}", result, today)
    yield from _check_pressure(new.results)
    for place, prescription in enumerate(new.prescriptions):
        if not prescription.medicine.strip():
            yield _problem(
                f"prescriptions.{place}.medicine", "missing", "请填写药品名称。", "Give the medicine's name."
            )
        if prescription.days is not None and not 0 < prescription.days <= 365:
            yield _problem(
                f"prescriptions.{place}.days",
                "range",
                "用药天数应为 1 至 365。",
                "The number of days is 1 to 365.",
                prescription.days,
            )


def _check_days(
    new: NewEncounter, birth_date: date | None, death_on: date | None, today: date
) -> Iterator[Problem]:
    started = new.started_on
    if started > today:
        yield _problem(
            "started_on",
            "future",
            f"就诊日期 {started} 晚于今天。",
            f"The visit {started} is after today.",
            started,
        )
    if birth_date and started < birth_date:
        yield _problem(
            "started_on",
            "before_birth",
            f"就诊日期早于出生日期 {birth_date}。",
            f"The visit is before the birth date {birth_date}.",
            started,
        )
    if death_on and started > death_on:
        yield _problem(
            "started_on",
            "after_death",
            f"居民已于 {death_on} 死亡，不能登记之后的就诊。如系误登，请先更正死亡登记。",
            f"The person died on {death_on}: a later visit cannot be. Correct the death if it is an error.",
            started,
        )
    if new.ended_on and new.ended_on < started:
        yield _problem(
            "ended_on", "order", "出院日期早于入院日期。", "The last day is before the first.", new.ended_on
        )


def _check_diagnosis(place: str, diagnosis: NewDiagnosis, today: date) -> Iterator[Problem]:
    if not is_icd10(diagnosis.code):
        yield _problem(
            f"{place}.code",
            "icd10",
            f"“{diagnosis.code}”不是 ICD-10 编码（如 I10.x00）。请从列表中选择。",
            f"“{diagnosis.code}” is not an ICD-10 code (such as I10.x00). Choose from the list.",
            diagnosis.code,
        )
    if diagnosis.diagnosed_on and diagnosis.diagnosed_on > today:
        yield _problem(
            f"{place}.diagnosed_on",
            "future",
            "诊断日期晚于今天。",
            "The diagnosis is after today.",
            diagnosis.diagnosed_on,
        )


def _check_result(place: str, result: NewResult, today: date) -> Iterator[Problem]:
    known = result_codes().get(result.code)
    if result.value is None and not result.text.strip():
        yield _problem(f"{place}.value", "missing", "请填写检查结果。", "Give the result.")
    elif result.value is not None and known and not known.lowest <= result.value <= known.highest:
        yield _problem(
            f"{place}.value",
            "range",
            f"{known.name.zh} {result.value} 超出可能范围 {known.lowest}–{known.highest} {known.unit}。",
            f"{known.name.en} {result.value} cannot be: {known.lowest}–{known.highest} {known.unit}.",
            str(result.value),
        )
    if result.measured_on and result.measured_on > today:
        yield _problem(
            f"{place}.measured_on",
            "future",
            "检查日期晚于今天。",
            "The day is after today.",
            result.measured_on,
        )


def _check_pressure(results: tuple[NewResult, ...]) -> Iterator[Problem]:
    values = {result.code: (place, result.value) for place, result in enumerate(results)}
    _, systolic = values.get("sbp", (0, None))
    place, diastolic = values.get("dbp", (0, None))
    if systolic is not None and diastolic is not None and systolic <= diastolic:
        yield _problem(
            f"results.{place}.value",
            "pressure",
            f"收缩压 {systolic} 应高于舒张压 {diastolic}，请核对是否填反。",
            f"Systolic {systolic} must be above diastolic {diastolic}. Were they swapped?",
            str(diastolic),
        )


def _problem(field: str, code: str, zh: str, en: str, value: object = None) -> Problem:
    return Problem(field, f"encounter.{code}", Text(zh, en), value)

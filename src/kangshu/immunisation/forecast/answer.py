"""A forecast as the JSON of the command, and as lines for somebody who reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kangshu.immunisation.forecast.values import DoseForecast, Forecast, JudgedEntry, Reason, Status
from kangshu.immunisation.forecast.wording import title
from kangshu.kernel.text import Text

STATUS_WORDS = {
    Status.DONE: Text("已种", "done"),
    Status.DUE: Text("应种", "due"),
    Status.OVERDUE: Text("逾期", "overdue"),
    Status.NOT_YET: Text("未到", "not yet"),
    Status.CONTRAINDICATED: Text("禁忌/暂缓", "contraindicated"),
    Status.AGED_OUT: Text("超龄", "aged out"),
    Status.NOT_NEEDED: Text("不需要", "not needed"),
}


def to_json(forecast: Forecast, *, english: bool = False) -> dict[str, Any]:
    """The answer for one child: what the contract lists, with sources and notes; `english` adds `why_en`."""
    return {
        "id": forecast.child.id,
        "edition": forecast.edition,
        "history": [_entry(each, english) for each in forecast.history],
        "doses": [_dose(each, english) for each in forecast.doses],
        "notes": [{"zh": each.zh, "en": each.en} for each in forecast.notes],
    }


def _entry(judged: JudgedEntry, english: bool) -> dict[str, Any]:
    entry = judged.entry
    return {
        "vaccine": entry.vaccine,
        "date": entry.date.isoformat() if entry.date else entry.written,
        "valid": judged.valid,
        "why": _joined("zh", judged.why, judged.warnings),
        **({"why_en": _joined("en", judged.why, judged.warnings)} if english else {}),
        "finding": judged.finding.value,
        "counts_as": [{"vaccine": vaccine, "dose": number} for vaccine, number in judged.fills],
    }


def _dose(dose: DoseForecast, english: bool) -> dict[str, Any]:
    return {
        "vaccine": dose.vaccine,
        "dose": dose.dose,
        "status": dose.status.value,
        "earliest": _iso(dose.earliest),
        "recommended": _iso(dose.recommended),
        "overdue": _iso(dose.overdue),
        "why": _joined("zh", dose.why, dose.notes),
        **({"why_en": _joined("en", dose.why, dose.notes)} if english else {}),
        "given": _iso(dose.given),
        "late": dose.late,
        "source": dose.source,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on is not None else None


def _joined(language: str, why: Reason, more: tuple[Reason, ...]) -> str:
    if not more:
        return why.zh if language == "zh" else why.en
    if language == "zh":
        return "；".join([why.zh, *(each.zh for each in more)])
    return "; ".join([why.en, *(each.en for each in more)])


def explained(forecast: Forecast, language: str = "zh") -> Iterator[str]:
    """The same as lines: the child, each recorded dose, each dose of the programme with its reason."""

    def say(words: Text | Reason) -> str:
        return words.zh if language == "zh" else words.en

    child = forecast.child
    yield f"{child.id}  {child.birth_date} → {child.as_of}  {forecast.edition}"
    for note in forecast.notes:
        yield f"  ! {say(note)}"
    for judged in forecast.history:
        mark = "✓" if judged.valid else "✗"
        why = _joined(language, judged.why, judged.warnings)
        yield f"  {mark} {judged.entry.date or judged.entry.written}  {judged.entry.vaccine:<10} {why}"
    for dose in forecast.doses:
        status = say(STATUS_WORDS[dose.status])
        why = _joined(language, dose.why, dose.notes)
        named = f"{dose.vaccine:<8}{dose.dose} {say(title(dose.vaccine))}"
        yield f"  {named} [{status}] {dose.earliest or ''}  {why}"

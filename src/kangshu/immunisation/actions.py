"""Giving a dose: checked against the forecaster, then saved as a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kangshu.immunisation.forecast import HistoryEntry, JudgedEntry, forecast, wording
from kangshu.immunisation.forecast.vaccines import IMMUNOGLOBULIN, product_named
from kangshu.immunisation.forecast.values import Finding
from kangshu.immunisation.records import DOSE, SELF_PAID, child_on
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Conflict
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.work.actions import Saved, record_visit
from kangshu.work.models import Provenance

COUNTS_AS = "counts_as"


class AgainstSchedule(Conflict):
    """The dose would not count, or a state speaks against it, and nobody said why it is given anyway."""

    def __init__(self, judged: JudgedEntry) -> None:
        reasons = (judged.why, *judged.warnings) if not judged.valid else judged.warnings or (judged.why,)
        zh, en = "；".join(each.zh for each in reasons), "; ".join(each.en for each in reasons)
        super().__init__(
            "immunisation.against_schedule",
            Text(
                f"{zh}。确需接种的，请填写理由后再保存。",
                f"{en}. If it is to be given all the same, write the reason and save again.",
            ),
            where="despite",
        )
        self.judged = judged


def judge_dose(
    person: Person, answers: Mapping[str, Any], given_on: date, *, without: frozenset[UUID] = frozenset()
) -> JudgedEntry:
    """What a dose given on a day would be found to be, with everything that was recorded before."""
    child = child_on(person, given_on, without=without)
    entry = HistoryEntry(
        vaccine=str(answers.get("vaccine", "")),
        date=given_on,
        written=given_on,
        by_leaflet=answers.get("fund") == SELF_PAID,
    )
    return forecast(replace(child, history=(*child.history, entry))).history[-1]


def complete_dose(
    person_id: UUID,
    answers: Mapping[str, Any],
    provenance: Mapping[str, str],
    performed_on: date,
    without: frozenset[UUID],
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers of a dose with the doses of the programme it counts as; whatever was sent for that is left
    out. `work` calls this for every dose, whichever way it comes in.

    Raises AgainstSchedule unless the dose counts or `answers["despite"]` says why it is given all the same.
    """
    given = {name: value for name, value in answers.items() if name != COUNTS_AS}
    origins = {name: origin for name, origin in provenance.items() if name != COUNTS_AS}
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.birth_date is None or not given.get("vaccine"):
        return given, origins
    judged = judge_dose(person, given, performed_on, without=without)
    speaks_against = not judged.valid or _is_doubtful(judged) or _is_superfluous(judged)
    if speaks_against and not str(given.get("despite") or "").strip():
        raise AgainstSchedule(judged)
    if judged.fills:
        given[COUNTS_AS] = [f"{vaccine}-{number}" for vaccine, number in judged.fills]
        origins[COUNTS_AS] = Provenance.COMPUTED.value
    return given, origins


def give_dose(
    *,
    person: Person,
    answers: Mapping[str, Any],
    performed_on: date,
    institution: UUID | None,
    record_id: UUID,
    by: Actor,
    now: datetime,
    performed_by: UUID | None = None,
    provenance: Mapping[str, str] | None = None,
) -> Saved:
    """Save a dose at the clinic. Raises AgainstSchedule (`complete_dose`) and whatever `record_visit`
    raises."""
    return record_visit(
        form_id=DOSE,
        person=person.pk,
        answers=answers,
        provenance=provenance,
        performed_on=performed_on,
        institution=institution,
        record_id=record_id,
        performed_by=performed_by,
        # Several vaccines on one day are the rule here; the same one twice was judged above.
        confirmed=True,
        by=by,
        now=now,
    )


def _is_doubtful(judged: JudgedEntry) -> bool:
    """It counts, but is not for this child or not in its order. A dose that merely comes late is welcome."""
    return any(warning.words is not wording.TOO_LATE_AFTER for warning in judged.warnings)


def _is_superfluous(judged: JudgedEntry) -> bool:
    """A vaccine of the programme that fills nothing any more; others are given as people wish."""
    product = product_named(judged.entry.vaccine)
    if product is None or product.leaflet or product.antigens == (IMMUNOGLOBULIN,):
        return False
    return judged.finding is Finding.SURPLUS

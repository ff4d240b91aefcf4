"""Pressures taken of those who are not yet known to have high blood pressure, and what comes of it.

About one resident of 35 and more in five is measured in the year, at the clinic, for whatever reason they
came. Raised pressures are taken again on other days and referred; what the hospital confirms is enrolled in
most cases, and stays on the list "found, not enrolled" in the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kangshu.declare import registry
from kangshu.declare.evaluate import PersonView
from kangshu.declare.rules import PersonFacts
from kangshu.demo.filling import fill
from kangshu.demo.follow_up import Patient, habits, prescribed
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.demo.programmes import Enrolled, Filled, Norm
from kangshu.demo.recipes import How, Sitting, always, among, around, steady
from kangshu.demo.residents import Resident
from kangshu.kernel.dates import CHINA
from kangshu.work.assessing import assess, filled_by_rule
from kangshu.work.planning import PastRecord
from kangshu.work.validation import AnswerContext

KIND = "chronic.hypertension_screening"
SCREENING, DIAGNOSIS = "chronic.hypertension.screening", "chronic.hypertension.diagnosis"
SHARE = 0.2
ENROLLED_AFTER = 0.72  # of those confirmed
_ASKED: Mapping[str, How] = {
    "known": among(_1=98, _2=2),
    "height": steady("height", around(162, 7, least=142, greatest=186, places=1)),
    "weight": around(65, 10, least=41, greatest=105, places=1),
    "waist": around(84, 9, least=60, greatest=118, places=1),
    "family_history": among(_1=74, _2=26),
    "high_salt": among(_1=60, _2=40),
    "spirit_ml": steady("spirit", among(_0=80, _50=12, _100=6, _250=2)),
}


def screen(
    residents: Sequence[Resident], patients: Sequence[Patient], options: Options, random: Random
) -> list[Enrolled]:
    """Everybody measured, with their records; patients whom it finds get their first day under care."""
    by_resident = {patient.resident.id: patient for patient in patients}
    found = []
    for resident in residents:
        patient = by_resident.get(resident.id)
        if random.random() >= SHARE or (patient is not None and patient.known_on is not None):
            continue
        last = min(options.today, resident.ended_on or options.today)
        first = max(options.begins, resident.created_on)
        if resident.status == "moved" or resident.undocumented or (last - first).days < 40:
            continue
        on = first + timedelta(days=int(random.random() * (last - first).days))
        if resident.age_on(on) >= 35:
            found.append(_Measuring(resident, patient, options, random).go(on, last))
    return found


class _Measuring:
    """One person's screening from the first pressure to the hospital's word."""

    def __init__(self, resident: Resident, patient: Patient | None, options: Options, random: Random) -> None:
        self.resident, self.patient, self.options, self.random = resident, patient, options, random
        self.own: dict[str, Any] = {}
        self.history: list[PastRecord] = []
        self.level = random.gauss(121, 9)

    def go(self, on: date, last: date) -> Enrolled:
        case_id = make_id(self.random, datetime.combine(on, time(10), CHINA))
        one = Enrolled(self.resident, KIND, case_id, on, {}, has_case=False)
        outcome = self._record(one, SCREENING, on, self._reading(on))
        one.has_case = outcome in ("recheck", "refer", "emergency")
        while outcome == "recheck" and self.random.random() < 0.78:
            on += timedelta(days=self.random.randint(2, 16))
            if on > last:
                break
            outcome = self._record(one, SCREENING, on, self._reading(on))
        if outcome in ("refer", "emergency") and self.random.random() < 0.85:
            self._refer(one, on + timedelta(days=self.random.randint(3, 20)), last)
        return one

    def _refer(self, one: Enrolled, on: date, last: date) -> None:
        if on > last:
            return
        sick = self.patient is not None
        result = self.random.choices("1234", (78, 6, 2, 14) if sick else (6, 74, 2, 18))[0]
        answers: dict[str, Any] = {"result": result}
        if result != "4":
            answers["seen_on"] = (on - timedelta(days=self.random.randint(0, 2))).isoformat()
            answers["hospital"] = "县人民医院"
        outcome = self._record(one, DIAGNOSIS, on, answers)
        if outcome == "confirmed" and self.patient is not None:
            self._enrol(self.patient, on, last)

    def _enrol(self, patient: Patient, on: date, last: date) -> None:
        patient.known_on = on
        patient.medicines, patient.habits = prescribed(self.random), habits(self.resident, self.random)
        opened = on + timedelta(days=self.random.randint(1, 20))
        if opened < last and self.random.random() < ENROLLED_AFTER:
            patient.opened_on = opened

    def _reading(self, on: date) -> dict[str, Any]:
        doctor = self.resident.clinic.doctor_on(on)
        if self.patient is not None:
            sbp, dbp = self.patient.pressure.read(on, doctor, self.random)
        else:
            sbp = round(self.level + self.random.gauss(0, 6))
            dbp = min(round(38 + 0.31 * sbp + self.random.gauss(0, 4)), sbp - 15)
        return {"sbp": sbp, "dbp": dbp}

    def _record(self, one: Enrolled, form_id: str, on: date, given: dict[str, Any]) -> str:
        form = registry.form(form_id, on=on)
        by = self.resident.clinic.doctor_on(on)
        sitting = Sitting(self.resident, on, by.name, self.random, self.own, len(self.history))
        asked = _ASKED if form_id == SCREENING else {"doctor": always(by.name)}
        person = PersonView(self.resident.sex, self.resident.birth)
        checked = fill(form, asked, sitting, AnswerContext(on, person, Norm()), given)
        if checked is None:
            return ""
        facts = PersonFacts(self.resident.sex, self.resident.birth)
        earlier = [record for record in self.history if record.form_id == form_id]
        found = assess(form, checked.typed, on, earlier, facts, Norm())
        outcome = "" if found is None else found.outcome
        at = datetime.combine(on, time(9 + int(self.random.random() * 8), 20), CHINA)
        record_id: UUID = make_id(self.random, at)
        by_rule = filled_by_rule(form, checked.answers, found)
        values = {} if found is None else {**found.values, "outcome": outcome}
        self.history.append(
            PastRecord(record_id, form.id, form.version, on, at, {**checked.typed, **by_rule}, values)
        )
        one.records.append(
            Filled(record_id, form_id, on, by, self.resident.clinic.place, at, dict(checked.answers))
        )
        return outcome

"""Patients sent to hospital by the village doctor: the visits there, and who may see whom because of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from kangshu.demo.encounters import HYPERTENSION, Seen
from kangshu.demo.follow_up import Patient
from kangshu.demo.institutions import Establishment, Place
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.kernel.dates import CHINA

REFERRAL_LASTS = timedelta(days=90)
TREATMENT_LASTS = timedelta(days=30)
_GOES = {"refer": 0.3, "emergency": 0.85}


@dataclass(frozen=True)
class Opened:
    """One resident's record is open to an institution for a time."""

    id: UUID
    person_id: UUID
    place: Place
    kind: str  # referral, treatment
    reason: str
    on: date
    until: date


def referred(
    patients: Sequence[Patient], establishment: Establishment, options: Options, random: Random
) -> list[Seen]:
    """The visits to the county hospital that follow an urgent or an ordinary referral, of those who went."""
    hospital = establishment.first("hospital")
    doctors = [member for member in hospital.staff if member.kind == "doctor"]
    found = []
    for patient in patients:
        for visit in patient.visits:
            if random.random() >= _GOES.get(visit.action, 0.0):
                continue
            urgent = visit.action == "emergency"
            on = visit.on + timedelta(days=random.randint(0, 1) if urgent else random.randint(2, 12))
            ended = patient.resident.ended_on
            if on > options.today or (ended is not None and on > ended):
                continue
            name = ("I10.x05", "高血压3级") if urgent else HYPERTENSION[0]
            seen = Seen(
                make_id(random, datetime.combine(on, time(8), CHINA)),
                patient.resident,
                hospital,
                random.choice(doctors),
                "emergency" if urgent else "outpatient",
                on,
                None,
                "村卫生室转诊：血压急剧升高" if urgent else "村卫生室转诊：血压控制不满意",
                [name],
            )
            sbp, dbp = patient.pressure.read(on, seen.staff, random)
            seen.results = [("sbp", "收缩压", float(sbp), "mmHg"), ("dbp", "舒张压", float(dbp), "mmHg")]
            for medicine, times, dose, _ in patient.medicines:
                seen.prescriptions.append((medicine, dose, "09" if times == 1 else "01", 28))
            found.append(seen)
    return found


def grants_of(
    patients: Sequence[Patient],
    seen: Sequence[Seen],
    establishment: Establishment,
    options: Options,
    random: Random,
) -> list[Opened]:
    """Grants still open: to the hospital a patient was referred to, and to whoever treats one now."""
    hospital = establishment.first("hospital")
    found = []
    for patient in patients:
        for visit in patient.visits:
            until = visit.on + REFERRAL_LASTS
            if visit.action in _GOES and until > options.today:
                grant_id = make_id(random, datetime.combine(visit.on, time(12), CHINA))
                reason = "高血压随访转诊"
                found.append(
                    Opened(grant_id, patient.resident.id, hospital, "referral", reason, visit.on, until)
                )
    for one in seen:
        until = (one.until or one.on) + TREATMENT_LASTS
        outside = one.place in establishment.county_places
        if outside and until > options.today:
            grant_id = make_id(random, datetime.combine(one.on, time(8), CHINA))
            found.append(Opened(grant_id, one.resident.id, one.place, "treatment", "就诊", one.on, until))
    return found

"""A year of hypertension care: who is enrolled when, each follow-up visit, each yearly check.

Visits follow the rules of the catalogue: the class and the next date of a visit come from the rule itself,
and how punctually a doctor keeps the date is the doctor's. Some call by telephone, some enter late, some
patients are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kangshu.catalogue.chronic.hypertension.rules import assess
from kangshu.declare.rules import PersonFacts, Visit
from kangshu.demo.check_up import check_up_answers
from kangshu.demo.institutions import Clinic, Member
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.demo.pressure import KNOWN, UNDER_CARE, Pressure, chance_of_hypertension
from kangshu.demo.residents import Resident
from kangshu.kernel.dates import CHINA, add_months
from kangshu.work.planning import PastRecord

MEDICINES = (
    ("苯磺酸氨氯地平片", 1, "5mg", 30),
    ("硝苯地平缓释片", 2, "20mg", 18),
    ("缬沙坦胶囊", 1, "80mg", 14),
    ("厄贝沙坦片", 1, "150mg", 10),
    ("马来酸依那普利片", 2, "10mg", 10),
    ("氢氯噻嗪片", 1, "12.5mg", 7),
    ("美托洛尔缓释片", 1, "47.5mg", 6),
    ("吲达帕胺缓释片", 1, "1.5mg", 5),
)


COME_BACK = 0.74  # share of patients who come when they are asked to
KEPT = 0.985  # of their appointments


@dataclass(eq=False, slots=True)
class Made:
    """One visit as it was made, with what the rule said."""

    id: UUID
    on: date
    by: Member
    clinic: Clinic
    entered_at: datetime
    answers: dict[str, Any]
    action: str = ""
    form: str = "follow_up"  # or yearly_check


@dataclass(eq=False, slots=True)
class Patient:
    """A resident with high pressure. `opened_on` is None for those nobody cares for."""

    resident: Resident
    pressure: Pressure
    height: float
    weight: float
    known_on: date | None = None
    opened_on: date | None = None
    lost_from: date | None = None
    medicines: tuple[tuple[str, int, str, int], ...] = ()
    habits: dict[str, Any] = field(default_factory=dict)
    case_id: UUID | None = None
    visits: list[Made] = field(default_factory=list)
    same_reading: tuple[int, int] | None = None  # planted: every visit writes the same
    visits_after_end: int = 0  # planted: after death or departure
    comes_back: bool = True  # keeps appointments and takes the medicine

    @property
    def facts(self) -> PersonFacts:
        return PersonFacts(self.resident.sex, self.resident.birth)


def find_patients(residents: Sequence[Resident], options: Options, random: Random) -> list[Patient]:
    """Everybody with high pressure, known or not, enrolled or not."""
    found = []
    for resident in residents:
        age = resident.age_on(options.today)
        if random.random() < chance_of_hypertension(age, resident.sex):
            found.append(_patient(resident, age, options, random))
    return found


def _patient(resident: Resident, age: int, options: Options, random: Random) -> Patient:
    height = random.gauss(168 if resident.sex == "1" else 157, 5.5) - max(age - 60, 0) * 0.12
    patient = Patient(
        resident,
        Pressure.of(age, random),
        round(height, 1),
        round(max(40, random.gauss(24.6, 2.9) * (height / 100) ** 2), 1),
    )
    if age < 36 or resident.created_on > options.begins or random.random() >= KNOWN:
        patient.pressure.systolic += 8
        return patient
    earliest = max(add_months(resident.birth, 12 * 35 + 6), date(2013, 1, 1), resident.created_on)
    last = min(options.today, resident.ended_on or options.today)
    if earliest >= last:
        return patient
    if random.random() < 0.13:
        earliest = max(earliest, options.begins)
    patient.known_on = earliest + timedelta(days=int(random.random() * (last - earliest).days))
    if random.random() < UNDER_CARE:
        opened = patient.known_on + timedelta(days=random.randint(0, 45))
        patient.opened_on = opened if opened < last else None
    if patient.opened_on is not None and random.random() < 0.035:
        patient.lost_from = options.begins + timedelta(days=random.randint(0, 420))
    patient.comes_back = random.random() < COME_BACK
    if not patient.comes_back:
        patient.pressure.neglect()
    patient.medicines = prescribed(random)
    patient.habits = habits(resident, random)
    return patient


def prescribed(random: Random) -> tuple[tuple[str, int, str, int], ...]:
    """None, one or two medicines by frequency."""
    weights = [weight for *_, weight in MEDICINES]
    first = random.choices(MEDICINES, weights)[0]
    if random.random() < 0.28:
        second = random.choices(MEDICINES, weights)[0]
        return (first, second) if second[0] != first[0] else (first,)
    return () if random.random() < 0.05 else (first,)


def habits(resident: Resident, random: Random) -> dict[str, Any]:
    """Answers that are carried from visit to visit."""
    smokes = random.random() < (0.38 if resident.sex == "1" else 0.02)
    drinks = random.random() < (0.33 if resident.sex == "1" else 0.03)
    cigarettes = random.choice((5, 10, 10, 15, 20, 20)) if smokes else 0
    salt = random.choices(("1", "2", "3"), (30, 52, 18))[0]
    return {
        "smoking": cigarettes,
        "smoking_target": cigarettes // 2,
        "drinking": random.choice((1, 2, 2, 3)) if drinks else 0,
        "drinking_target": 1 if drinks else 0,
        "exercise_times": random.choice((0, 2, 3, 5, 7, 7)),
        "exercise_times_target": 7,
        "exercise_minutes": random.choice((20, 30, 30, 40, 60)),
        "exercise_minutes_target": 30,
        "salt": salt,
        "salt_target": "1" if salt != "3" else "2",
        "psychological": random.choices(("1", "2", "3"), (72, 25, 3))[0],
        "compliance": random.choices(("1", "2", "3"), (70, 26, 4))[0],
    }


def care_for(patient: Patient, part: int, options: Options, random: Random) -> None:
    """Fill the patient's visits from shortly before the first day of recorded work until today or the end."""
    opened = patient.opened_on
    assert opened is not None
    resident = patient.resident
    patient.case_id = make_id(random, _at(opened, 10))
    last = min(options.today, patient.lost_from or options.today)
    if resident.ended_on is not None:
        last = min(last, resident.ended_on + timedelta(days=95 * patient.visits_after_end))
    on = max(opened, options.begins - timedelta(days=random.randint(1, 88)))
    while on <= last:
        made = _visit(patient, on, part, options, random)
        patient.visits.append(made)
        on = _next_day(patient, made, part, options, random)
    if patient.visits:
        _yearly_checks(patient, last, options, random)


def _visit(patient: Patient, on: date, part: int, options: Options, random: Random) -> Made:
    clinic = clinic_on(patient.resident, on)
    doctor = clinic.doctor_on(on, part)
    sbp, dbp = patient.same_reading or patient.pressure.read(on, doctor, random)
    if doctor.shaves and (sbp >= 140 or dbp >= 90) and sbp < 165 and random.random() < 0.85:
        sbp, dbp = random.choice((134, 136, 138, 138)), min(dbp, random.choice((84, 86, 88, 88)))
    answers = _answers(patient, sbp, dbp, doctor, random)
    earlier = [Visit(v.on, v.answers) for v in patient.visits[-1:]]
    found = assess(Visit(on, answers), earlier, patient.facts)
    confirmed = str(found.values["class"])
    if confirmed == "2" and random.random() < 0.02:
        confirmed = "1"  # an ordinary slip of the pen: classed as controlled although it is not
        answers["class"] = confirmed
        found = assess(Visit(on, answers), earlier, patient.facts)
    answers["class"] = confirmed
    answers["next_visit_on"] = found.values["next_visit_on"]
    if found.refer:
        answers["referral_reason"] = "血压控制不满意" if found.outcome == "refer" else "血压急剧升高"
        answers["referral_to"] = "县人民医院心血管内科"
    patient.pressure.respond(found.outcome, random)
    return Made(
        id=make_id(random, _at(on, 12)),
        on=on,
        by=doctor,
        clinic=clinic,
        entered_at=_entered(on, doctor, options, random),
        answers=answers,
        action=found.outcome,
    )


def _answers(patient: Patient, sbp: int, dbp: int, doctor: Member, random: Random) -> dict[str, Any]:
    unwell = sbp >= 160 and random.random() < 0.5
    weight = patient.weight + random.gauss(0, 0.9)
    if patient.same_reading:
        weight = patient.weight
    chance = random.random()
    mode = "3" if chance < doctor.telephone else "2" if chance < doctor.telephone + 0.35 else "1"
    reaction = random.random() < 0.012
    worse = random.random() < 0.006
    answers: dict[str, Any] = {
        "mode": mode,
        "symptoms": ("2", "6") if unwell and sbp % 4 else ("2",) if unwell else ("1",),
        "sbp": sbp,
        "dbp": dbp,
        "weight": round(weight, 1),
        "weight_target": round(min(weight, 23.9 * (patient.height / 100) ** 2), 1),
        "height": patient.height,
        "heart_rate": 72 if patient.same_reading else min(max(round(random.gauss(75, 8)), 48), 118),
        **patient.habits,
        "medication_adherence": "3" if not patient.medicines else "1" if random.random() < 0.84 else "2",
        "adverse_reaction": "2" if reaction else "1",
        "complication": "2" if worse else "1",
        "doctor": doctor.name,
    }
    if reaction:
        answers["adverse_reaction_text"] = random.choice(("干咳", "下肢浮肿", "面部潮红", "心悸"))
    if worse:
        answers["complication_text"] = random.choice(("眼底出血", "蛋白尿", "短暂性脑缺血发作"))
    for number, (name, times, dose, _) in enumerate(patient.medicines, start=1):
        answers |= {
            f"drug_{number}_name": name,
            f"drug_{number}_times": times,
            f"drug_{number}_dose": dose,
        }
    return answers


def _next_day(patient: Patient, made: Made, part: int, options: Options, random: Random) -> date:
    """When the patient is seen again: within the window, late, or by chance much later.

    Two in three come when they are asked to; the others are seen when the next quarter comes, whatever the
    norm asks. So what is missed is missed by the same people again, as in real registers.
    """
    due: date = made.answers["next_visit_on"]
    soon = made.action != "routine"
    if made.answers["mode"] == "3" and not soon:
        due = made.on + timedelta(days=random.randint(20, 50))  # a call is no visit: the visit is still due
    punctual = KEPT if patient.comes_back else made.by.punctual - 0.1
    if soon and not patient.comes_back and random.random() < 0.6:
        day = made.on + timedelta(days=random.randint(40, 92))
    elif random.random() < punctual:
        day = due - timedelta(days=int(random.random() * (7 if soon else 22)))
    else:
        day = due + timedelta(days=1 + int(random.expovariate(1 / 26)))
    if day.weekday() >= 5 and random.random() < 0.8:
        day -= timedelta(days=day.weekday() - 4)
    return max(day, made.on + timedelta(days=1))


def _yearly_checks(patient: Patient, last: date, options: Options, random: Random) -> None:
    """One check a calendar year for about four in five, with a visit or soon after it.

    Whoever was enrolled long before the recorded work had one in the year before it: else every old case
    would be years overdue on the first day.
    """
    assert patient.opened_on is not None
    if patient.opened_on < options.begins - timedelta(days=365):
        _yearly_check(patient, options.begins - timedelta(days=random.randint(20, 340)), options, random)
    for year in range(options.begins.year, options.today.year + 1):
        if random.random() > 0.86:
            continue
        first = max(date(year, 1, 15), options.begins, patient.visits[0].on)
        end = min(date(year, 12, 15), last)
        if first <= end:
            on = first + timedelta(days=int(random.random() ** 0.8 * (end - first).days))
            _yearly_check(patient, on, options, random)


def _yearly_check(patient: Patient, on: date, options: Options, random: Random) -> None:
    near = min(patient.visits, key=lambda made: abs((made.on - on).days))
    doctor = near.clinic.centre.staff[random.randrange(4)]
    reading = patient.same_reading or patient.pressure.read(on, doctor, random)
    age = patient.resident.age_on(on)
    body = (patient.height, near.answers["weight"])
    answers = check_up_answers(reading, body, age, doctor.name, patient.habits, random)
    entered = _entered(on, doctor, options, random)
    made = Made(make_id(random, _at(on, 9)), on, doctor, near.clinic, entered, answers)
    made.form = "yearly_check"
    patient.visits.append(made)


def past_checks(patient: Patient) -> list[PastRecord]:
    """The yearly checks, as services see them that share the form."""
    return [
        PastRecord(made.id, "records.health_check", 1, made.on, made.entered_at, made.answers)
        for made in patient.visits
        if made.form == "yearly_check"
    ]


def clinic_on(resident: Resident, on: date) -> Clinic:
    """Who was responsible on a day, for those who moved within the county."""
    if resident.moved_on is not None and resident.moved_from is not None and on < resident.moved_on:
        return resident.moved_from
    return resident.clinic


def _entered(on: date, by: Member, options: Options, random: Random) -> datetime:
    """Half are entered the same day, the rest as late as the doctor is wont to."""
    late = 0 if random.random() < 0.5 else int(random.expovariate(1 / (by.entry_delay * 2)))
    day = min(on + timedelta(days=late), options.today)
    return datetime.combine(day, time(8 + int(random.random() * 9), int(random.random() * 60)), CHINA)


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), CHINA)

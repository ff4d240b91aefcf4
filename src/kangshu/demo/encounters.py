"""Visits to hospitals and clinics: diagnoses, prescriptions, results, as a hospital's system sends them.

Some people with high pressure are diagnosed in hospital and never enrolled: the list "found, not enrolled" is
for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from kangshu.demo.follow_up import MEDICINES, Patient
from kangshu.demo.institutions import Establishment, Member, Place
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.demo.residents import Resident
from kangshu.kernel.dates import CHINA

ILLNESSES = (
    # code, name, weight, youngest
    ("J06.900", "急性上呼吸道感染", 30, 0),
    ("J20.900", "急性支气管炎", 10, 0),
    ("A09.900", "感染性腹泻", 6, 0),
    ("K29.700", "胃炎", 9, 16),
    ("M54.500", "腰痛", 9, 25),
    ("M17.900", "膝关节病", 5, 45),
    ("I25.100", "冠状动脉粥样硬化性心脏病", 6, 50),
    ("I63.900", "脑梗死", 3, 55),
    ("J44.900", "慢性阻塞性肺疾病", 3, 50),
    ("L30.900", "皮炎", 6, 0),
    ("H10.900", "结膜炎", 4, 0),
    ("N39.000", "泌尿道感染", 4, 18),
    ("S61.900", "手部开放性伤口", 4, 5),
)
HYPERTENSION = (
    ("I10.x00", "特发性（原发性）高血压"),
    ("I10.x05", "高血压3级"),
    ("I11.900", "高血压性心脏病"),
)
DIABETES = ("E11.900", "2型糖尿病")
_COMMON_MEDICINES = ("复方氨酚烷胺片", "阿莫西林胶囊", "蒙脱石散", "奥美拉唑肠溶胶囊", "布洛芬缓释胶囊")


@dataclass(eq=False, slots=True)
class Seen:
    """One encounter: diagnoses (code, name), results (code, name, value, unit), prescriptions."""

    id: UUID
    resident: Resident
    place: Place
    staff: Member
    kind: str
    on: date
    until: date | None
    complaint: str
    diagnoses: list[tuple[str, str]]
    prescriptions: list[tuple[str, str, str, int]] = field(
        default_factory=list
    )  # medicine, dose, often, days
    results: list[tuple[str, str, float, str]] = field(default_factory=list)

    @property
    def entered_at(self) -> datetime:
        return datetime.combine(self.until or self.on, time(17, 30), CHINA)


def make_encounters(
    residents: Sequence[Resident],
    patients: Sequence[Patient],
    establishment: Establishment,
    options: Options,
    random: Random,
) -> list[Seen]:
    """The encounters of one village's people, from the first day of recorded work until today."""
    hospitals = [place for place in establishment.county_places if place.kind == "hospital"]
    seen: list[Seen] = []
    for resident in residents:
        age = resident.age_on(options.today)
        rate = 0.5 + (0.6 if age < 6 else 0) + (0.8 if age >= 60 else 0)
        while random.random() < rate / (1 + rate):
            on = _some_day(resident, options, random)
            if on is not None:
                seen.append(_ordinary(resident, age, on, hospitals, options, random))
    for patient in patients:
        if patient.known_on is not None:
            seen += _for_pressure(patient, hospitals, options, random)
    return seen


def _some_day(resident: Resident, options: Options, random: Random) -> date | None:
    first = max(options.begins, resident.birth + timedelta(days=7))
    last = resident.ended_on or options.today
    if first > last:
        return None
    return first + timedelta(days=int(random.random() * ((last - first).days + 1)))


def _ordinary(
    resident: Resident, age: int, on: date, hospitals: Sequence[Place], options: Options, random: Random
) -> Seen:
    fitting = [illness for illness in ILLNESSES if illness[3] <= age]
    code, name, *_ = random.choices(fitting, [illness[2] for illness in fitting])[0]
    chance = random.random()
    place = (
        resident.clinic.place if chance < 0.35 else resident.clinic.centre if chance < 0.65 else hospitals[0]
    )
    staff = _somebody(resident, place, on, random)
    inpatient = code in ("I63.900", "I25.100", "J44.900") and place in hospitals
    days = random.randint(4, 12) if inpatient else 0
    until = min(on + timedelta(days=days), resident.ended_on or options.today) if inpatient else None
    made = Seen(
        make_id(random, datetime.combine(on, time(8), CHINA)),
        resident,
        place,
        staff,
        "inpatient" if inpatient else "outpatient",
        on,
        until,
        "",
        [(code, name)],
    )
    if random.random() < 0.6:
        medicine = random.choice(_COMMON_MEDICINES)
        made.prescriptions.append(
            (medicine, "1片" if "片" in medicine else "1粒", "14", random.randint(3, 7))
        )
    if age >= 40 and place.kind == "hospital" and random.random() < 0.4:
        made.results.append(
            ("fbg", "空腹血糖", round(min(max(random.gauss(5.7, 1.1), 3.8), 15), 1), "mmol/L")
        )
        made.results.append(
            ("ldl", "低密度脂蛋白胆固醇", round(max(random.gauss(2.9, 0.7), 0.9), 2), "mmol/L")
        )
        if random.random() < 0.12:
            made.diagnoses.append(DIABETES)
    return made


def _for_pressure(
    patient: Patient, hospitals: Sequence[Place], options: Options, random: Random
) -> list[Seen]:
    """One or two visits for high pressure to the hospital, whether or not anybody follows the patient up."""
    resident = patient.resident
    made = []
    for _ in range(1 + (random.random() < 0.35)):
        on = _some_day(resident, options, random)
        if on is None or patient.known_on is None or on < patient.known_on:
            continue
        place = random.choice(hospitals)
        seen = Seen(
            make_id(random, datetime.combine(on, time(8), CHINA)),
            resident,
            place,
            _somebody(resident, place, on, random),
            "outpatient",
            on,
            None,
            "头晕",
            [HYPERTENSION[0] if random.random() < 0.9 else random.choice(HYPERTENSION)],
        )
        sbp, dbp = patient.pressure.read(on, seen.staff, random)
        seen.results = [("sbp", "收缩压", float(sbp), "mmHg"), ("dbp", "舒张压", float(dbp), "mmHg")]
        for name, times, dose, _ in patient.medicines or MEDICINES[:1]:
            seen.prescriptions.append((name, dose, "09" if times == 1 else "01", 28))
        made.append(seen)
    return made


def _somebody(resident: Resident, place: Place, on: date, random: Random) -> Member:
    if place is resident.clinic.place:
        return resident.clinic.doctor_on(on)
    doctors = [member for member in place.staff if member.kind == "doctor"]
    return random.choice(doctors or place.staff)

"""What some clinics do with all their visits: planted, so that those who look for inventions can be judged.

Each scheme has one clinic in `PERIOD`. Some are set up before the visits are made (a doctor who always
rounds, one who writes readings just below the target), some change when they were typed in, and some put a
visit on a day on which the patient lay in hospital.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from kangshu.demo.encounters import Seen
from kangshu.demo.follow_up import Made, Patient
from kangshu.demo.institutions import Clinic
from kangshu.demo.inventions import Plot, appoint_anew, fault, follow_ups
from kangshu.demo.options import Options
from kangshu.kernel.dates import CHINA

PERIOD = 12
CROWD, ROUNDING, BELOW_TARGET, NIGHT, LATE = 1, 2, 3, 5, 7
FEWEST = 12  # visits; fewer make no pattern
ADMITTED_SHARE = 0.3
LATE_BY = 45  # days, at least


def set_up(clinic: Clinic, number: int) -> None:
    """Before the visits are made: give the clinic's doctors their habits."""
    for doctor in clinic.place.staff:
        if number % PERIOD == ROUNDING:
            doctor.rounding = 0.985
        if number % PERIOD == BELOW_TARGET:
            doctor.shaves = True


def carry_out(
    clinic: Clinic, number: int, patients: Sequence[Patient], plot: Plot, options: Options, random: Random
) -> None:
    """After the visits are made: change what the scheme changes and write down what was planted."""
    scheme = number % PERIOD
    if scheme == ROUNDING:
        _list_by_doctor("digit_preference", clinic, patients, plot)
    elif scheme == BELOW_TARGET:
        _list_by_doctor("just_below_target", clinic, patients, plot)
    elif scheme == NIGHT:
        month = options.today - timedelta(days=random.randint(60, 240))
        _enter_at_once("entered_at_night", clinic, patients, _month(month), time(1, 12), 45, plot, options)
    elif scheme == LATE:
        first = options.today - timedelta(days=random.randint(150, 240))
        quarter = (first, first + timedelta(days=89 - LATE_BY))
        _enter_at_once("late_entry", clinic, patients, quarter, time(14, 5), 95, plot, options)


def visit_the_admitted(
    patients: Sequence[Patient], seen: Sequence[Seen], plot: Plot, options: Options, random: Random
) -> None:
    """Put some visits "at the clinic" on days on which the patient lay in a county hospital."""
    stays = {one.resident.id: one for one in seen if one.kind == "inpatient" and one.until is not None}
    for patient in patients:
        stay = stays.get(patient.resident.id)
        if stay is None or random.random() >= ADMITTED_SHARE or stay.until is None:
            continue
        day = stay.on + (stay.until - stay.on) / 2
        made = _movable(patient, day)
        if made is None or (stay.until - stay.on).days < 3:
            continue
        made.on, made.answers["mode"] = day, "1"
        made.entered_at = max(made.entered_at, datetime.combine(day, time(10), CHINA))
        appoint_anew(made)
        detail = {"from": str(stay.on), "to": str(stay.until), "hospital": stay.place.name}
        plot.faults.append(fault("visit_while_admitted", [patient], [made], detail))


def _movable(patient: Patient, day: date) -> Made | None:
    """The visit nearest to a day that can be moved there without changing places with another."""
    visits = follow_ups(patient)
    ended = patient.resident.ended_on
    if patient.opened_on is None or day < patient.opened_on or (ended is not None and day > ended):
        return None
    for before, made, after in zip([None, *visits], visits, [*visits[1:], None], strict=False):
        fits = (before is None or before.on < day) and (after is None or day < after.on)
        if fits and abs((made.on - day).days) <= 40:
            return made
    return None


def _list_by_doctor(kind: str, clinic: Clinic, patients: Sequence[Patient], plot: Plot) -> None:
    for doctor in clinic.place.staff:
        found = [(p, made) for p in patients for made in follow_ups(p) if made.by is doctor]
        if len(found) >= FEWEST:
            detail = {"staff": str(doctor.id), "visits": len(found)}
            people = list(dict.fromkeys(patient for patient, _ in found))
            plot.faults.append(fault(kind, people, [made for _, made in found], detail))


def _enter_at_once(
    kind: str,
    clinic: Clinic,
    patients: Sequence[Patient],
    period: tuple[date, date],
    at: time,
    seconds: int,
    plot: Plot,
    options: Options,
) -> None:
    """All of one doctor's visits of a period typed in one after the other, `seconds` apart."""
    night = kind == "entered_at_night"
    day = min(period[1] + timedelta(days=2 if night else LATE_BY), options.today - timedelta(days=1))
    for doctor in clinic.place.staff:
        found = [
            (patient, made)
            for patient in patients
            for made in follow_ups(patient)
            if made.by is doctor and period[0] <= made.on <= period[1]
        ]
        if len(found) < FEWEST:
            continue
        found.sort(key=lambda pair: (pair[1].on, pair[1].id))
        start = datetime.combine(day, at, CHINA)
        for place, (_, made) in enumerate(found):
            made.entered_at = start + timedelta(seconds=seconds * place)
        detail = {"staff": str(doctor.id), "on": str(day), "visits": len(found), "seconds_apart": seconds}
        people = list(dict.fromkeys(patient for patient, _ in found))
        plot.faults.append(fault(kind, people, [made for _, made in found], detail))


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

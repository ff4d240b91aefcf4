"""The signs against the demo county, whose inventions are written down beside it: how many are found, and how
many honest records are taken for inventions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from kangshu.authenticity.signs import Watch
from kangshu.authenticity.visits import Known, Sign, Stay, Visit
from kangshu.demo.making import Making
from kangshu.demo.options import Options

TODAY = date(2026, 11, 23)
SIGNS = {
    "copied_values": {Sign.COPIED},
    "identical_sequence": {Sign.SEQUENCE, Sign.COPIED},
    "impossible_day": {Sign.CROWD},
    "visit_after_death": {Sign.AFTER_END},
    "visit_after_departure": {Sign.AFTER_END},
    "visit_while_admitted": {Sign.ADMITTED},
    "entered_at_night": {Sign.NIGHT},
    "late_entry": {Sign.LATE},
}
BY_DOCTOR = {"digit_preference": Sign.DIGITS, "just_below_target": Sign.LIMIT}


@pytest.fixture(scope="module")
def judged():
    making = Making(Options(residents=9000, seed=11, today=TODAY, programmes=()))
    watch = Watch()
    faults, visits, stays, ends = [], [], defaultdict(list), {}
    for township in making.make():
        faults += township.plot.faults
        for seen in township.seen:
            if seen.kind == "inpatient" and seen.until is not None:
                stays[seen.resident.id].append(Stay(seen.on, seen.until))
        for patient in township.patients:
            ends[patient.resident.id] = patient.resident.ended_on
            visits.append([_visit(patient, made) for made in patient.visits])
    for each in (one for one in visits if one):
        person = each[0].person
        watch.see(each, Known(ends.get(person), stays[person]))
    return faults, watch.findings(), [one for each in visits for one in each]


def _visit(patient, made) -> Visit:
    numbers = tuple(
        (name, Decimal(str(made.answers[name])))
        for name in ("sbp", "dbp", "heart_rate", "weight")
        if made.answers.get(name) is not None and made.form == "follow_up"
    )
    return Visit(
        made.id,
        made.form,
        patient.resident.id,
        made.clinic.place.id,
        made.by.id,
        made.on,
        made.entered_at,
        numbers,
    )


def test_what_was_planted_is_found(judged):
    faults, found, _ = judged
    flagged = defaultdict(set)
    for one in found:
        for record in one.records:
            flagged[str(record)].add(one.sign)
    seen, told = defaultdict(int), defaultdict(int)
    for fault in faults:
        if fault.kind in SIGNS:
            hits = sum(bool(flagged[record] & SIGNS[fault.kind]) for record in fault.records)
            seen[fault.kind] += len(fault.records)
            told[fault.kind] += hits
    shares = {kind: told[kind] / seen[kind] for kind in seen}
    assert {"copied_values", "visit_after_death", "impossible_day"} <= set(shares)
    assert all(share >= 0.8 for share in shares.values()), shares


def test_few_honest_records_are_suspected(judged):
    faults, found, visits = judged
    planted = {record for fault in faults for record in fault.records}
    flagged = {str(record) for one in found for record in one.records}
    honest = {str(one.record) for one in visits} - planted
    false = flagged & honest
    assert len(false) / len(honest) < 0.01


def test_doctors_with_a_habit_are_found_and_no_others(judged):
    faults, found, _ = judged
    planted = {kind: {fault.detail["staff"] for fault in faults if fault.kind == kind} for kind in BY_DOCTOR}
    habits = set().union(*planted.values())
    for kind, sign in BY_DOCTOR.items():
        told = {str(one.doctor) for one in found if one.sign is sign}
        assert told <= habits, kind
        # A doctor with few visits makes no pattern; whoever has enough is found.
        enough = {
            fault.detail["staff"] for fault in faults if fault.kind == kind and fault.detail["visits"] >= 400
        }
        assert enough <= told, kind

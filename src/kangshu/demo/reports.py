"""Monthly workload reports of every institution that owes them, and the year's targets of the county.

What can be counted from records is reported as it is, or with the small errors of a tally kept on paper; some
clinics report far more follow-ups than they recorded, and those are on the list of planted faults.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from kangshu.declare.registry import declared
from kangshu.declare.report import Report
from kangshu.demo.follow_up import Patient
from kangshu.demo.institutions import Establishment, Place
from kangshu.demo.inventions import Planted, Plot
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.demo.tables import Loader
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.dates import CHINA, add_months
from kangshu.kernel.periods import Period, month_of
from kangshu.work.models import ReportState
from kangshu.work.patterns.statistical_report.queries import due_on

WORKLOAD = "reports.institution_workload"
INFLATED_SHARE = 1 / 60
TARGETS = (
    ("hypertension.management_rate", Decimal(50)),
    ("hypertension.standardised_management_rate", Decimal(65)),
    ("hypertension.control_rate", Decimal(60)),
    ("hypertension.on_time_rate", Decimal(80)),
)
_DONE = (ReportState.SUBMITTED, ReportState.AUDITED, ReportState.LOCKED)


@dataclass
class Tally:
    """How many records each place made in each month."""

    follow_ups: dict[tuple[UUID, str], int] = field(default_factory=dict)
    face_to_face: dict[tuple[UUID, str], int] = field(default_factory=dict)
    checks: dict[tuple[UUID, str], int] = field(default_factory=dict)
    people: dict[UUID, int] = field(default_factory=dict)

    def count(self, patients: Sequence[Patient]) -> None:
        for patient in patients:
            for made in patient.visits:
                month = f"{made.on:%Y-%m}"
                if made.form != "follow_up":
                    _add(self.checks, (made.clinic.centre.id, month))
                    continue
                key = (made.clinic.place.id, month)
                _add(self.follow_ups, key)
                if made.answers["mode"] != "3":
                    _add(self.face_to_face, key)

    def add(self, other: Tally) -> None:
        """Take over what was counted elsewhere."""
        for own, more in (
            (self.follow_ups, other.follow_ups),
            (self.face_to_face, other.face_to_face),
            (self.checks, other.checks),
        ):
            for key, count in more.items():
                own[key] = own.get(key, 0) + count
        for place, people in other.people.items():
            self.people[place] = self.people.get(place, 0) + people


def _add(counts: dict[tuple[UUID, str], int], key: tuple[UUID, str]) -> None:
    counts[key] = counts.get(key, 0) + 1


@dataclass
class _Sent:
    """One submission with its steps."""

    id: UUID
    place: Place
    period: Period
    values: dict[str, int]
    state: str
    steps: list[tuple[str, str, datetime, str]]  # from, to, at, by


def load_reports(
    loader: Loader, establishment: Establishment, tally: Tally, plot: Plot, options: Options
) -> None:
    """Submissions from the first month of recorded work to the present one, their steps and figures."""
    report = declared("report")[WORKLOAD]
    random = Random(f"{options.seed}/reports")
    owing = [place for place in establishment if place.kind in report.institution_kinds]
    sent = list(_submissions(report, owing, tally, plot, options, random))
    loader.copy(
        "work_reportsubmission",
        "id, report, report_version, institution_id, period, values, remarks, state, scope_path, changed_at",
        (
            (
                *(one.id, report.id, report.version, one.place.id, str(one.period)),
                *(json.dumps(one.values), "{}", one.state, one.place.path, one.steps[-1][2]),
            )
            for one in sent
        ),
    )
    loader.copy(
        "work_reportstep",
        "submission_id, from_state, to_state, values, reason, by_name, at",
        (
            (one.id, before, after, json.dumps(one.values), "", who, at)
            for one in sent
            for before, after, at, who in one.steps
            if after != ReportState.DRAFT
        ),
    )
    loader.copy(
        "figures_figure",
        "id, indicator, version, period, place_kind, place, kind, numerator, value, note, source, lineage, "
        "computed_at",
        _figure_rows(report, [one for one in sent if one.state == ReportState.LOCKED], random),
    )


def _submissions(
    report: Report,
    owing: Sequence[Place],
    tally: Tally,
    plot: Plot,
    options: Options,
    random: Random,
) -> Iterator[_Sent]:
    period = month_of(options.begins)
    present = month_of(options.today)
    while period.first <= present.first:
        for place in owing:
            state = _state(period, present, random)
            if state is None:
                continue
            values = _values(place, str(period), tally, random)
            sent = _Sent(make_id(random, _moment(period.last, 9)), place, period, values, state, [])
            if period != present and place.kind == "village_clinic" and random.random() < INFLATED_SHARE:
                _inflate(sent, plot, random)
            sent.steps = _steps(report, sent, options, random)
            yield sent
        period = month_of(add_months(period.first, 1))


def _state(period: Period, present: Period, random: Random) -> str | None:
    """Past months are locked, the last one is on its way, the present one begun here and there."""
    if period == present:
        return ReportState.DRAFT.value if random.random() < 0.08 else None
    if period == present.previous():
        chance = random.random()
        if chance < 0.08:
            return None
        if chance < 0.2:
            return ReportState.DRAFT.value
        return (ReportState.SUBMITTED if chance < 0.6 else ReportState.AUDITED).value
    return ReportState.LOCKED.value


def _values(place: Place, month: str, tally: Tally, random: Random) -> dict[str, int]:
    share = {"hospital": 0.09, "mch": 0.03, "village_clinic": 0.22}.get(place.kind, 0.1)
    people = tally.people.get(place.id) or sum(tally.people.values()) // 2  # the hospitals serve everybody
    visits = round(people * share * random.uniform(0.8, 1.2))
    is_hospital = place.kind in ("hospital", "mch")
    lectures = (
        0 if is_hospital else random.choice((0, 0, 1) if place.kind == "village_clinic" else (1, 1, 2, 3))
    )
    follow_ups = tally.follow_ups.get((place.id, month), 0)
    if random.random() < 0.1:
        follow_ups = max(0, follow_ups + random.choice((-2, -1, 1, 2)))
    return {
        "outpatient_visits": visits,
        "emergency_visits": round(visits * 0.11) if is_hospital else 0,
        "discharges": round(visits * 0.12) if is_hospital else 0,
        "home_visits": 0 if is_hospital else random.randint(5, 40),
        "hypertension_follow_ups": follow_ups,
        "hypertension_face_to_face": min(follow_ups, tally.face_to_face.get((place.id, month), 0)),
        "health_checks": tally.checks.get((place.id, month), 0),
        "lectures": lectures,
        "lecture_participants": lectures * random.randint(15, 60),
    }


def _inflate(sent: _Sent, plot: Plot, random: Random) -> None:
    recorded = sent.values["hypertension_follow_ups"]
    sent.values["hypertension_follow_ups"] = recorded + recorded // 2 + random.randint(20, 40)
    detail = {
        "institution": str(sent.place.id),
        "period": str(sent.period),
        "recorded": recorded,
        "reported": sent.values["hypertension_follow_ups"],
    }
    plot.faults.append(Planted("inflated_report", (), (str(sent.id),), detail))


def _steps(
    report: Report, sent: _Sent, options: Options, random: Random
) -> list[tuple[str, str, datetime, str]]:
    """Submitted around the due day by somebody of the place, audited and locked by the one above."""
    filler = sent.place.staff[0].name
    above = sent.place.parent or sent.place
    due = due_on(report, sent.period) or sent.period.last + timedelta(days=7)
    day = min(
        options.today, max(sent.period.last + timedelta(days=1), due + timedelta(days=random.randint(-4, 2)))
    )
    if sent.state == ReportState.DRAFT:
        return [("", ReportState.DRAFT.value, _moment(min(day, options.today), 10), filler)]
    steps = []
    before = ReportState.DRAFT.value
    for number, state in enumerate(_DONE):
        at = _moment(min(options.today, day + timedelta(days=3 * number)), 10 + number)
        steps.append((before, state.value, at, filler if number == 0 else above.staff[0].name))
        before = state.value
        if state == sent.state:
            break
    return steps


def _figure_rows(report: Report, locked: Sequence[_Sent], random: Random) -> Iterator[Sequence[Any]]:
    for one in locked:
        at = one.steps[-1][2]
        for figure in report.figures:
            value = one.values[figure.field]
            lineage = {"submission": str(one.id), "field": figure.field, "lock": 1}
            yield (
                *(make_id(random, at), figure.indicator, f"{report.id}@{report.version}", str(one.period)),
                *("institution", str(one.place.id), "reported", value, value, "", f"report:{one.id}:1"),
                *(json.dumps(lineage), at),
            )


def load_targets(loader: Loader, establishment: Establishment, options: Options) -> None:
    """What the county is meant to reach this year and was last year."""
    random = Random(f"{options.seed}/targets")
    by = SystemActor("demo county").account_id
    loader.copy(
        "figures_target",
        "id, indicator, year, place_kind, place, value, from_on, to_on, source, set_by, set_at",
        (
            (
                *(make_id(random, _moment(date(year, 1, 4), 9)), indicator, year, "institution"),
                *(str(establishment.bureau.id), value, date(year, 1, 1), None),
                *("年度绩效目标（示例）", by, _moment(date(year, 1, 4), 9)),
            )
            for year in (options.begins.year, options.today.year)
            for indicator, value in TARGETS
        ),
    )


def _moment(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), CHINA)

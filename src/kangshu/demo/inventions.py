"""Faults planted on purpose, so that those who look for them can be judged; the list lies beside the data.

Copied values (one reading at every visit), twins (two patients with one sequence), visits to the dead and
the departed, and days on which one doctor saw more people than a day holds; `schemes` has what a whole clinic
does. Ordinary lateness and rounding are not on the list.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from kangshu.demo.follow_up import Made, Patient
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options

COPIED_SHARE = 1 / 90
TWIN_SHARE = 1 / 70
DEAD_SHARE, DEPARTED_SHARE = 0.3, 0.75
FEWEST_OF_A_CROWD = 40  # visits of one doctor on one day


@dataclass(frozen=True)
class Planted:
    """One fault: its kind, who and what is concerned, and what to look for."""

    kind: str
    persons: tuple[str, ...]
    records: tuple[str, ...]
    detail: dict[str, Any]


@dataclass
class Plot:
    """All that was planted, in order."""

    faults: list[Planted] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: Plot) -> None:
        """Take over what was planted elsewhere."""
        self.faults += other.faults
        self.duplicates += other.duplicates

    def write(self, file: Path, options: Options) -> None:
        """The list as JSON, readable by a person."""
        counts: dict[str, int] = {}
        for fault in self.faults:
            counts[fault.kind] = counts.get(fault.kind, 0) + 1
        content = {
            "about": "Faults planted in a synthetic county. No person in it exists.",
            "options": {
                "residents": options.residents,
                "seed": options.seed,
                "county": options.county,
                "today": str(options.today),
            },
            "counts": counts | {"duplicate": len(self.duplicates)},
            "faults": [asdict(fault) for fault in self.faults],
            "duplicates": self.duplicates,
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str), encoding="utf-8")


def tempt(patients: Sequence[Patient], random: Random) -> None:
    """Before the visits are made: whose reading will be copied, who will be visited after death."""
    for patient in patients:
        if random.random() < COPIED_SHARE:
            patient.same_reading = random.choice(((130, 80), (128, 82), (136, 84), (132, 78)))
        share = {"dead": DEAD_SHARE, "moved": DEPARTED_SHARE}.get(patient.resident.status, 0.0)
        if random.random() < share:
            patient.visits_after_end = random.randint(1, 2)


def make_twins(patients: Sequence[Patient], random: Random) -> list[tuple[Patient, Patient]]:
    """Let some patients have the very visits of a neighbour: dates, readings, everything."""
    pairs = []
    ready = [
        patient
        for patient in patients
        if len(follow_ups(patient)) >= 5
        and patient.same_reading is None
        and patient.resident.ended_on is None
        and patient.resident.moved_on is None
        and patient.lost_from is None
    ]
    for _ in range(sum(random.random() < TWIN_SHARE for _ in patients)):
        if len(ready) < 2:
            break
        model = ready.pop(int(random.random() * len(ready)))
        twin = ready.pop(int(random.random() * len(ready)))
        if twin.opened_on is None or model.opened_on is None:
            continue
        older = twin.resident.age_on(model.visits[0].on) >= 65
        if older != (model.resident.age_on(model.visits[-1].on) >= 65):
            continue  # another target of pressure would class the same readings otherwise
        kept = [made for made in model.visits if made.on >= twin.opened_on]
        if len([made for made in kept if made.form == "follow_up"]) < 4:
            continue
        twin.visits = [_copy(made, random) for made in kept]
        pairs.append((model, twin))
    return pairs


def _copy(made: Made, random: Random) -> Made:
    return Made(
        make_id(random, made.entered_at),
        made.on,
        made.by,
        made.clinic,
        made.entered_at + timedelta(minutes=2),
        dict(made.answers),
        made.action,
        made.form,
    )


def crowd_a_day(patients: Sequence[Patient], options: Options, random: Random) -> date | None:
    """Move the visits around one quarter's last day onto that day; the day, or None if too few were moved."""
    quarter_ends = [
        date(options.today.year, 3, 31),
        date(options.today.year, 6, 30),
        date(options.begins.year, 12, 31),
    ]
    day = random.choice(
        [end for end in quarter_ends if end < options.today - timedelta(days=20)] or [options.begins]
    )
    moved: list[tuple[Made, date]] = []
    for patient in patients:
        visits = follow_ups(patient)
        for before, made, after in zip([None, *visits], visits, [*visits[1:], None], strict=False):
            close = abs((made.on - day).days) <= 40
            fits = (before is None or before.on < day) and (after is None or day < after.on)
            alive = patient.resident.ended_on is None or day <= patient.resident.ended_on
            if close and fits and alive and patient.opened_on is not None and patient.opened_on <= day:
                moved.append((made, made.on))
                made.on = day
                break
    if len(moved) < FEWEST_OF_A_CROWD:
        for made, was in moved:
            made.on = was
        return None
    for made, _ in moved:
        # Nobody can see that many people, and nobody noticed while typing: all went in that evening.
        made.entered_at = made.entered_at.replace(year=day.year, month=day.month, day=day.day, hour=18)
        appoint_anew(made)
    return day


def appoint_anew(made: Made) -> None:
    """A visit was moved to another day: the day agreed for the next one moves too."""
    if made.action != "routine":
        made.answers["next_visit_on"] = made.on + timedelta(days=14)
        return
    agreed = max(made.answers["next_visit_on"], made.on + timedelta(days=10))
    made.answers["next_visit_on"] = min(agreed, made.on + timedelta(days=88))


def list_faults(
    patients: Sequence[Patient],
    twins: Sequence[tuple[Patient, Patient]],
    busy_day: date | None,
    plot: Plot,
) -> None:
    """Write down what was planted in one village."""
    for patient in patients:
        visits = follow_ups(patient)
        if patient.same_reading is not None and len(visits) >= 4:
            sbp, dbp = patient.same_reading
            plot.faults.append(fault("copied_values", [patient], visits, {"sbp": sbp, "dbp": dbp}))
        ended = patient.resident.ended_on
        after = [made for made in patient.visits if ended is not None and made.on > ended]
        if after:
            died = patient.resident.death_on is not None
            kind = "visit_after_death" if died else "visit_after_departure"
            plot.faults.append(fault(kind, [patient], after, {"ended_on": str(ended)}))
    for model, twin in twins:
        records = follow_ups(model) + follow_ups(twin)
        plot.faults.append(fault("identical_sequence", [model, twin], records, {}))
    if busy_day is not None:
        crowd: dict[str, list[tuple[Patient, Made]]] = {}
        for patient in patients:
            for made in follow_ups(patient):
                if made.on == busy_day:
                    crowd.setdefault(str(made.by.id), []).append((patient, made))
        for doctor, seen in sorted(crowd.items()):
            if len(seen) < FEWEST_OF_A_CROWD:
                continue
            detail = {"staff": doctor, "on": str(busy_day), "visits": len(seen)}
            plot.faults.append(
                fault("impossible_day", [patient for patient, _ in seen], [made for _, made in seen], detail)
            )


def fault(kind: str, patients: Sequence[Patient], records: Sequence[Made], detail: dict[str, Any]) -> Planted:
    """The fault with the ids of whom and what it concerns."""
    return Planted(
        kind,
        tuple(str(patient.resident.id) for patient in patients),
        tuple(str(made.id) for made in records),
        detail,
    )


def follow_ups(patient: Patient) -> list[Made]:
    """The follow-up visits, without the yearly checks."""
    return [made for made in patient.visits if made.form == "follow_up"]

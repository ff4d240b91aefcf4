"""Vaccination: nine of ten doses given, most within weeks of their day, by the township's clinic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from kangshu.demo.options import Options
from kangshu.demo.recipes import Recipe, newborn
from kangshu.demo.residents import Resident
from kangshu.immunisation.forecast import Child, HistoryEntry, Status, forecast

DOSE = "immunisation.dose"
OPEN = (Status.DUE, Status.OVERDUE, Status.NOT_YET)
ORAL, ARM = "5", "1"


def doses(resident: Resident, options: Options, random: Random) -> Iterator[tuple[str, date, dict[str, Any]]]:
    """The doses of one child from birth until today; some come weeks late, one in twelve never comes."""
    last = min(options.today, resident.ended_on or options.today)
    child = Child(str(resident.id), resident.birth, resident.sex == "2", resident.birth)
    left_out: set[tuple[str, int]] = set()
    for _ in range(60):
        waiting = [
            dose
            for dose in forecast(child).doses
            if dose.status in OPEN and (dose.vaccine, dose.dose) not in left_out
        ]
        if not waiting:
            return
        dose = min(waiting, key=lambda each: max(each.recommended or last, child.as_of))
        on = max(dose.recommended or last, child.as_of)
        if dose.dose > 1 or dose.vaccine not in ("HepB", "BCG"):
            on += timedelta(days=int(random.expovariate(1 / 12)))
        if on > last:
            return
        if random.random() < 0.03:
            left_out.add((dose.vaccine, dose.dose))
            continue
        given = replace(child, as_of=on, history=(*child.history, HistoryEntry(dose.vaccine, on)))
        judged = forecast(given).history[-1]
        if not judged.fills:
            left_out.add((dose.vaccine, dose.dose))
            continue
        child = given
        yield (
            DOSE,
            on,
            {
                "vaccine": dose.vaccine,
                "dose_number": dose.dose,
                "counts_as": [f"{vaccine}-{number}" for vaccine, number in judged.fills],
                "batch": f"{on.year - 1}{random.randint(1, 12):02d}{random.randint(1, 40):03d}",
                "expires_on": (on + timedelta(days=random.randint(120, 500))).isoformat(),
                "site": ORAL if dose.vaccine == "bOPV" else ARM,
                "kind": "2" if dose.late else "1",
                "fund": "1",
                "consent": True,
            },
        )


RECIPE = Recipe(capability="immunisation.vaccination", enrols=newborn(84, 0.97), at="centre", visits=doses)

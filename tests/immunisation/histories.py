"""Random children for the proofs: histories near the limits, where forecasters go wrong."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.immunisation.naive import Naive

from kangshu.immunisation.forecast import Child, HistoryEntry
from kangshu.kernel.dates import add_months

#: Ages in months round which doses are given, by vaccine.
USUAL = {
    "HepB": (0, 1, 6, 2, 7), "BCG": (0, 0, 5, 40), "IPV": (2, 3, 4, 18), "bOPV": (3, 4, 5, 48),
    "tOPV": (2, 3, 4, 48),
    "DTaP": (2, 3, 4, 5, 6, 18, 72), "DT": (72, 84, 90), "MMR": (8, 18, 24), "MR": (8, 18),
    "JE-L": (8, 24), "JE-I": (8, 8, 24, 72), "MPSV-A": (6, 9, 25), "MPSV-AC": (24, 36, 72),
    "HepA-L": (18,), "HepA-I": (18, 24), "2vHPV": (155, 156, 162), "DTaP-IPV-Hib": (2, 3, 4, 18),
    "MMRV": (12, 48), "MCV4": (3, 6, 24, 36), "VarV": (12, 48), "PCV13": (2, 4), "IG": (3, 7, 17),
}  # fmt: skip
STATES = (
    *("preterm", "mother_hbsag_positive", "birth_weight_under_2000", "hiv_exposed"),
    *(
        "hiv_infected",
        "hiv_infected_asymptomatic",
        "hiv_infected_symptomatic",
        "immune_deficiency",
        "mother_hbsag_unknown",
    ),
)


def random_child(rng: random.Random) -> Child:
    """A child asked about under the edition of 2026, with up to twenty-four recorded doses."""
    as_of = date(2026, 6, 17) + timedelta(days=rng.randrange(900))
    span = rng.choice((400, 900, 2_600, 6_700))
    birth = as_of - timedelta(days=rng.randrange(span))
    if rng.random() < 0.2:  # month ends, where clamping happens
        birth = birth.replace(day=1) - timedelta(days=1)
    girl = rng.random() < 0.6
    states = frozenset(rng.sample(STATES, rng.choice((0, 0, 0, 0, 1, 2))))
    history = tuple(_history(rng, birth, as_of))
    return Child(
        id=rng.randrange(10**9),
        birth_date=birth,
        is_girl=girl,
        as_of=as_of,
        states=states,
        je=rng.choice(("live", "inactivated")),
        hepa=rng.choice(("live", "inactivated")),
        history=history,
    )


def _history(rng: random.Random, birth: date, as_of: date) -> list[HistoryEntry]:
    kept = rng.random()
    entries: list[HistoryEntry] = []
    vaccines = [code for code in USUAL if rng.random() < kept * (0.25 if code in _RARE else 1)]
    for code in vaccines:
        for months in USUAL[code]:
            if rng.random() < 0.25:
                continue
            on = add_months(birth, months) + timedelta(
                days=rng.choice((-28, -1, 0, 0, 0, 1, 7, 27, 28, 29, 200))
            )
            if on <= as_of + timedelta(days=20):
                entries.append(HistoryEntry(code, on))
            if entries and rng.random() < 0.1:  # a given distance from what was given before
                last = entries[-1].date
                assert last is not None
                entries.append(
                    HistoryEntry(code, last + timedelta(days=rng.choice((0, 6, 7, 27, 28, 59, 60))))
                )
    if rng.random() < 0.05:
        entries.append(HistoryEntry("nonsense", birth))
    rng.shuffle(entries)
    return entries[:24]


_RARE = ("tOPV", "JE-I", "HepA-I", "MR", "DT", "DTaP-IPV-Hib", "MMRV", "MCV4", "VarV", "PCV13", "IG")


def judged_naively(child: Child) -> Naive:
    """The same child, for the other forecaster."""
    return Naive(
        birth=child.birth_date,
        as_of=child.as_of,
        girl=child.is_girl,
        states=sorted(child.states),
        je=child.je,
        hepa=child.hepa,
        history=[(entry.vaccine, entry.date) for entry in child.history if entry.date],
    )

"""Screening: invariants of the rule."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kangshu.catalogue.chronic.hypertension_screening.rules import assess_screening
from kangshu.declare import PersonFacts, Visit, registry

DAY = date(2026, 5, 12)
pressures = st.tuples(st.integers(90, 200), st.integers(50, 120)).filter(lambda pair: pair[0] > pair[1])
measured = st.tuples(st.integers(0, 90), pressures).map(
    lambda pair: Visit(DAY - timedelta(days=pair[0]), {"sbp": pair[1][0], "dbp": pair[1][1]})
)


def is_raised(visit: Visit) -> bool:
    return visit.answers["sbp"] >= 140 or visit.answers["dbp"] >= 90


@given(st.lists(measured, min_size=1, max_size=6, unique_by=lambda visit: visit.performed_on))
@settings(max_examples=300, deadline=None)
def test_three_raised_days_and_only_these_lead_to_the_hospital(readings: list[Visit]) -> None:
    *earlier, last = sorted(readings, key=lambda visit: visit.performed_on)
    found = assess_screening(last, earlier, PersonFacts("1", date(1980, 1, 1)))
    latest = [is_raised(visit) for visit in (*earlier, last)][-3:]
    if last.answers["sbp"] >= 180 or last.answers["dbp"] >= 110:
        assert found.outcome == "emergency"
    elif latest == [True] * 3:
        assert found.outcome == "refer"
    elif latest[-1]:
        assert found.outcome == "recheck"
    else:
        assert found.outcome in ("high_risk", "normal")


def test_a_suspicion_opens_a_case_and_its_end_closes_it() -> None:
    capability = registry.capability("chronic.hypertension_screening")
    assert capability.states is not None
    assert capability.opens_on[0].enrols
    ends = {
        move.reason
        for move in capability.states.transitions
        if not capability.states.state(move.to_state).is_open
    }
    assert {"confirmed", "excluded", "secondary", "not_raised", "death", "moved", "lost", "refused"} == ends

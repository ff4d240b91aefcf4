"""The constitution of elders: what must hold of any 33 scores, and who is counted."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.people import counted, filled, patient

from kangshu.catalogue.tcm.elders.items import BIASED
from kangshu.catalogue.tcm.elders.rules import assess
from kangshu.declare import Visit

FORM = "tcm.elders.constitution"
scales = st.lists(st.sampled_from("12345"), min_size=33, max_size=33)


@given(scales)
@settings(max_examples=300, deadline=None)
def test_every_scale_has_one_outcome(scores: list[str]) -> None:
    answers = {f"q{place}": score for place, score in enumerate(scores, start=1)}
    found = assess(Visit(date(2026, 5, 12), answers)).values
    sums = {name: found[f"{name}_score"] for name in BIASED}
    assert all(4 <= total <= 20 for total in sums.values())
    assert 5 <= found["balanced_score"] <= 25
    for name, total in sums.items():
        assert found[name] == ("yes" if total >= 11 else "tends" if total >= 9 else "no")
    if found["balanced"] != "no":
        assert found["balanced_score"] >= 17
        assert max(sums.values()) <= (8 if found["balanced"] == "yes" else 10)
    if any(total >= 11 for total in sums.values()):
        assert sums[found["outcome"]] == max(sums.values())
    assert (found["outcome"] == "unclear") == (
        found["balanced"] == "no" and all(total < 9 for total in sums.values())
    )


def test_whose_constitution_was_found_and_who_was_advised_counts() -> None:
    scored = {f"q{place}": "1" for place in range(1, 34)}
    served = filled(FORM, "2026-03-01", {**scored, "guidance": ["2"]}, balanced="yes")
    assert counted("tcm_elders.management_rate", patient(served)) == (True, True)
    assert counted("tcm_elders.management_rate", patient(served, born="1962-01-01")) == (True, False)
    assert counted("tcm_elders.management_rate", patient(filled(FORM, "2026-03-01", scored))) == (True, False)
    last_year = filled(FORM, "2025-12-31", {**scored, "guidance": ["2"]})
    assert counted("tcm_elders.people", patient(last_year)) == (True, False)

"""The forecaster against one written a second time in another style, on random histories."""

from __future__ import annotations

import random

import pytest
from tests.immunisation.histories import judged_naively, random_child

from kangshu.immunisation.forecast import Child, Status, forecast

OPEN = (Status.DUE, Status.OVERDUE, Status.NOT_YET)


def assert_same(child: Child) -> None:
    """Both say the same of every recorded dose and of every dose to come."""
    answer, naive = forecast(child), judged_naively(child)
    assert [each.finding.value for each in answer.history] == naive.verdicts, child
    found = {
        f"{dose.vaccine} {dose.dose}": (dose.status.value, dose.earliest if dose.status in OPEN else None)
        for dose in answer.doses
        if dose.vaccine != "dT"
    }
    assert found == naive.answer(), child


def test_two_thousand_children():
    rng = random.Random(20260617)
    for _ in range(2_000):
        assert_same(random_child(rng))


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_hundred_thousand_children():
    rng = random.Random(14)
    for _ in range(100_000):
        assert_same(random_child(rng))

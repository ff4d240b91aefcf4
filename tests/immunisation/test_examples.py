"""The worked cases of the forecaster, and that they are what docs/immunisation.md shows."""

from __future__ import annotations

import pytest

from kangshu.config.home import PROJECT
from kangshu.immunisation.forecast import forecast
from kangshu.immunisation.forecast.examples import EXAMPLES
from kangshu.immunisation.forecast.manual import tables


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.about.en)
def test_example(example):
    answer = forecast(example.child())
    found = {
        f"{dose.vaccine} {dose.dose}": " ".join(
            filter(None, (dose.status, dose.earliest and str(dose.earliest)))
        )
        for dose in answer.doses
    }
    assert {name: found.get(name) for name in example.expects} == dict(example.expects)
    assert [judged.finding.value for judged in answer.history] == list(example.findings)
    assert all(judged.why.zh and judged.why.en for judged in answer.history)
    assert all(dose.why.zh and dose.why.en for dose in answer.doses)


def test_the_page_shows_the_schedule_and_the_cases():
    page = (PROJECT / "docs" / "immunisation.md").read_text(encoding="utf-8")
    assert tables() in page, "run: kangshu immunisation manual"

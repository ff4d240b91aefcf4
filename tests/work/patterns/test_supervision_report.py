"""The quarterly report on supervision assistance: totals, sums that must hold, figures published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.support.accounts import acting

from kangshu.catalogue.supervision_assist.reports.form import CONTENTS
from kangshu.figures.models import Figure
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput
from kangshu.kernel.periods import parse_period
from kangshu.work.models import ReportSubmission
from kangshu.work.patterns.statistical_report import actions, queries
from kangshu.work.patterns.statistical_report.states import Act

pytestmark = pytest.mark.django_db

QUARTER = parse_period("2026-Q3")
NOW = datetime(2026, 10, 12, 9, 0, tzinfo=CHINA)
LINES = {"premises": "4", "patrols": "8", "patrolled": "4", "found": "2", "reported": "2"}
VALUES = {f"{content.name}_{line}": value for content in CONTENTS for line, value in LINES.items()}


def submit(world: Any, **values: str) -> ReportSubmission:
    return actions.submit(
        report=queries.reports()["supervision_assist.reports"],
        institution=world.county.clinic_a1.id,
        period=QUARTER,
        values={**VALUES, **values},
        remarks={},
        by=world.doctor,
        now=NOW,
    )


def test_what_was_patrolled_and_reported_is_published_with_its_totals(world: Any) -> None:
    submission = submit(world, water_patrols="10")
    with acting(world.accounts.bureau_officer) as by:
        actions.move(submission=submission.id, act=Act.AUDIT, by=by, now=NOW)
        actions.move(submission=submission.id, act=Act.LOCK, by=by, now=NOW)
    published = {figure.indicator: figure.value for figure in Figure.objects.filter(kind="reported")}
    assert published["supervision_assist.water_patrols"] == 10
    assert published["supervision_assist.patrols"] == 5 * 8 + 10
    assert published["supervision_assist.found"] == published["supervision_assist.reported"] == 12


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"school_reported": "3"}, "school_reported"),
        ({"food_patrolled": "5"}, "food_patrolled"),
        ({"illegal_patrols": "3"}, "illegal_patrols"),
        ({"water_found": ""}, "water_found"),
    ],
)
def test_what_cannot_be_is_refused(world: Any, values: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        submit(world, **values)
    assert field in [problem.field for problem in refusal.value.problems]

"""What the background worker does for the work: every night it enrols whoever has become eligible."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="40 18 * * *")  # UTC: 2:40 in China
@app.task(name="work.enrol_eligible", queueing_lock="work.enrol_eligible", pass_context=False)
def enrol_eligible_nightly(timestamp: int) -> None:
    """Whoever turned 65, or is a child nobody enrolled, stands on the lists in the morning."""
    from kangshu.work.eligible import enrol_eligible

    enrol_eligible(now=timezone.now())

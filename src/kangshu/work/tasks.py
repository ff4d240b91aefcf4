"""What the background worker does for the work: every night it plans anew where a rule changed and
enrols whoever has become eligible.
"""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="0 17 * * *")  # UTC: 1:00 in China
@app.task(name="work.plan_what_changed", queueing_lock="work.plan_what_changed", pass_context=False)
def plan_what_changed_nightly(timestamp: int) -> None:
    """What a new version or a new local value changes stands on the lists in the morning."""
    from kangshu.work.planning_anew import plan_what_changed

    plan_what_changed(now=timezone.now())


@app.periodic(cron="40 18 * * *")  # UTC: 2:40 in China
@app.task(name="work.enrol_eligible", queueing_lock="work.enrol_eligible", pass_context=False)
def enrol_eligible_nightly(timestamp: int) -> None:
    """Whoever turned 65, or is a child nobody enrolled, stands on the lists in the morning."""
    from kangshu.work.eligible import enrol_eligible

    enrol_eligible(now=timezone.now())

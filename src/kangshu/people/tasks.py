"""What the background worker does for people: every night it looks for duplicates, and moves those whose
transfer was asked for and not answered in time."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="45 1 * * *")
@app.task(name="people.find_duplicates", queueing_lock="people.find_duplicates")
def find_duplicates_nightly(timestamp: int) -> None:
    """Compare everybody in the county; new suspicions wait on the review page."""
    # Its library takes a second to import, which every start of a command would pay.
    from kangshu.people.matching.duplicates import find_duplicates

    find_duplicates(now=timezone.now())


@app.periodic(cron="15 0 * * *")
@app.task(name="people.answer_overdue_transfers", queueing_lock="people.answer_overdue_transfers")
def answer_overdue_transfers_nightly(timestamp: int) -> None:
    """The last day for an answer has passed: the rule decides."""
    from kangshu.people.actions import answer_overdue_transfers

    answer_overdue_transfers(now=timezone.now())

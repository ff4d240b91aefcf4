"""What the background worker does for people: it looks for duplicates every night."""

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

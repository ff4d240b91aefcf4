"""What the background worker does for messages: the day's reminders in the morning, the queue every five
minutes."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="20 0 * * *")  # UTC
@app.task(name="messaging.remind_of_day", queueing_lock="messaging.remind_of_day", pass_context=False)
def remind_daily(timestamp: int) -> None:
    """At 8:20 by the clock of China: queue what falls due soon."""
    from kangshu.messaging.reminders import remind_of_day

    remind_of_day(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="messaging.dispatch", queueing_lock="messaging.dispatch", pass_context=False)
def dispatch_queue(timestamp: int) -> None:
    """Hand over what waits and ask what became of the rest; without a gateway messages wait."""
    from kangshu.messaging.actions import dispatch, take_receipts
    from kangshu.messaging.gateway import gateway

    found = gateway()
    if found is not None:
        take_receipts(gateway=found, now=timezone.now())
        dispatch(gateway=found, now=timezone.now())

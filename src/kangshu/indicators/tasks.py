"""What the background worker does for figures."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from kangshu.kernel.actor import Actor, SystemActor


def take_in_background(*, by: Actor) -> None:
    """Ask the worker for a snapshot; two requests at once make one."""
    from procrastinate.exceptions import AlreadyEnqueued

    try:
        take_snapshot_now.configure(queueing_lock="snapshot").defer(account_id=str(by.account_id))
    except AlreadyEnqueued:
        return


@app.task(name="indicators.take_snapshot", queue="snapshots", lock="snapshot")
def take_snapshot_now(*, account_id: str) -> None:
    """Take it as the job that an account asked for."""
    from kangshu.indicators.actions import take_snapshot, warm_up

    by = SystemActor(f"snapshot asked by {UUID(account_id)}")
    take_snapshot(by=by, now=timezone.now())
    warm_up()


@app.periodic(cron="30 2 * * *")
@app.task(name="indicators.nightly_snapshot", queue="snapshots", lock="snapshot", pass_context=False)
def nightly_snapshot(timestamp: int) -> None:
    """Every night at half past two, so that the morning's figures are of yesterday."""
    from kangshu.indicators.actions import prune_snapshots, take_snapshot, warm_up, watch_figures

    by = SystemActor("nightly snapshot")
    take_snapshot(by=by, now=timezone.now())
    warm_up(everything=True)
    watch_figures(by=by, now=timezone.now())
    prune_snapshots(keep=30, by=by)

"""What the background worker does for campaigns."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def enrol_in_background(campaign: UUID) -> None:
    """Ask the worker to enrol everybody eligible; asked twice, it is done once."""
    try:
        enrol_everyone_now.configure(queueing_lock=f"enrol {campaign}").defer(campaign=str(campaign))
    except AlreadyEnqueued:
        return


def close_in_background(campaign: UUID) -> None:
    try:
        close_everyone_now.configure(queueing_lock=f"close {campaign}").defer(campaign=str(campaign))
    except AlreadyEnqueued:
        return


@app.task(name="campaigns.enrol_everyone", queue="campaigns", lock="campaigns")
def enrol_everyone_now(*, campaign: str) -> None:
    from kangshu.campaigns.actions import enrol_everyone

    enrol_everyone(campaign=UUID(campaign), now=timezone.now())


@app.task(name="campaigns.close_everyone", queue="campaigns", lock="campaigns")
def close_everyone_now(*, campaign: str) -> None:
    from kangshu.campaigns.actions import close_everyone

    close_everyone(campaign=UUID(campaign), now=timezone.now())


@app.periodic(cron="10 3 * * *")
@app.task(name="campaigns.nightly", queue="campaigns", lock="campaigns", pass_context=False)
def nightly(timestamp: int) -> None:
    """Whoever has reached the age, moved in or been diagnosed since is put on the lists overnight."""
    from kangshu.campaigns.actions import enrol_everyone
    from kangshu.campaigns.models import Campaign, CampaignState

    for id in Campaign.objects.filter(state=CampaignState.RUNNING).values_list("id", flat=True):
        enrol_everyone(campaign=id, now=timezone.now())

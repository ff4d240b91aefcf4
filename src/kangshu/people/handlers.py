"""What `people` does when places change: the rows of an institution's people follow it."""

from __future__ import annotations

from django.db import connection

from kangshu.kernel.actor import Actor
from kangshu.kernel.events import Event, on


@on("institution.moved", order=20)
def follow_institution(event: Event, by: Actor) -> None:
    """An institution got another place in the tree: every row about its people takes the new path."""
    _move(event, event.payload["institution_id"])


@on("institution.merged", order=20)
def follow_merger(event: Event, by: Actor) -> None:
    """An institution merged into another, which is now responsible for its people."""
    _move(event, event.payload["into_id"])


@on("region.merged", order=20)
@on("region.recoded", order=20)
def follow_region(event: Event, by: Actor) -> None:
    """A village has another code from now on: its residents live there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_move_region(%s, %s)", [event.payload["from_code"], event.payload["to_code"]]
        )


def _move(event: Event, new_id: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_move_institution(%s, %s, %s, %s, %s)",
            [
                event.payload["old_path"],
                event.payload["new_path"],
                event.payload["institution_id"],
                new_id,
                event.on,
            ],
        )

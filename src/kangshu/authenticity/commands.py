"""`kangshu authenticity look`: a county's records of a period looked at from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from kangshu.kernel.commands import Need, needs

app = typer.Typer(
    name="authenticity", help="Look for records of visits that were not made.", no_args_is_help=True
)


@app.callback()
def authenticity() -> None:
    """Look for records of visits that were not made."""


@app.command("look")
@needs(Need.DATABASE)
def look(
    period: Annotated[str, typer.Option(help="2026, 2026-H1, 2026-Q3, 2026-09 or 2025-10..2026-09.")],
    account: Annotated[str, typer.Option(help="Whose reach is looked at, by user name.")],
) -> None:
    """Look at a period and print how many records were judged and how many have a sign."""
    from django.utils import timezone

    from kangshu.access.models import Account
    from kangshu.authenticity import actions
    from kangshu.authenticity.tasks import entered_for
    from kangshu.kernel.periods import parse_period

    found = Account.objects.filter(username=account.lower(), is_active=True).first()
    if found is None:
        raise typer.BadParameter(f"there is no account {account}")
    with entered_for(found.pk) as actor:
        made = actions.look(period=parse_period(period), by=actor, now=timezone.now())
    typer.echo(f"{made.judged} judged, {made.suspected} with a sign: {made.pk}")

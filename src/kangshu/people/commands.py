"""People from the command line: the search for duplicates."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from kangshu.kernel.commands import Need, needs

app = typer.Typer(name="people", help="Look for people who are registered twice.", no_args_is_help=True)


@app.callback()
def people() -> None:
    """Keeps `duplicates` a sub-command while it is the only one."""


@app.command("duplicates")
@needs(Need.DATABASE)
def duplicates(
    as_json: bool = typer.Option(False, "--json", help="What was found as JSON on standard output."),
) -> None:
    """Compare everybody in the county and put new suspicions on the review page."""
    from django.utils import timezone

    from kangshu.people.matching.duplicates import find_duplicates

    done = find_duplicates(now=timezone.now())
    if as_json:
        typer.echo(json.dumps(asdict(done)))
    else:
        typer.echo(
            f"{done.people} people compared, {done.suspected} pairs suspected, {done.new} new", err=True
        )

"""Sealing and verifying the audit trail from the command line."""

from __future__ import annotations

import json

import typer

from kangshu.kernel.commands import Need, needs

app = typer.Typer(
    name="audit", help="Seal the audit trail; verify that nobody changed it.", no_args_is_help=True
)


@app.command("seal")
@needs(Need.DATABASE)
def seal() -> None:
    """Chain all finished entries and anchor the head outside the database."""
    from django.utils import timezone

    from kangshu.audit.seal import seal as seal_now
    from kangshu.audit.sealing import system_scope

    with system_scope():
        made = seal_now(now=timezone.now())
    typer.echo(f"block {made.number}: {made.entries} entries" if made else "nothing to seal", err=True)


@app.command("verify")
@needs(Need.DATABASE)
def verify(
    as_json: bool = typer.Option(False, "--json", help="The verdict as JSON on standard output."),
) -> None:
    """Hash the whole trail again and compare. Exits with 1 when it was tampered with."""
    from kangshu.audit.seal import verify as verify_now
    from kangshu.audit.sealing import system_scope

    with system_scope():
        verdict = verify_now()
    if as_json:
        faults = [{"block": fault.number, "what": fault.what} for fault in verdict.faults]
        typer.echo(
            json.dumps(
                {
                    "blocks": verdict.blocks,
                    "entries": verdict.entries,
                    "unsealed": verdict.unsealed,
                    "faults": faults,
                }
            )
        )
    else:
        for fault in verdict.faults:
            typer.echo(f"block {fault.number}: {fault.what}", err=True)
        typer.echo(
            f"{verdict.blocks} blocks, {verdict.entries} entries sealed, {verdict.unsealed} not yet; "
            + ("intact" if not verdict.faults else "TAMPERED WITH"),
            err=True,
        )
    if verdict.faults:
        raise typer.Exit(1)

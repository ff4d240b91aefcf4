"""`kangshu capabilities` and `kangshu declarations …`: what is declared, without a database."""

from __future__ import annotations

import json
from typing import Any

import typer

from kangshu.kernel.commands import Need, needs

top = typer.Typer()
app = typer.Typer(name="declarations", help="Released versions of forms, indicators and capabilities.")


@top.command()
@needs(Need.NOTHING)
def capabilities(as_json: bool = typer.Option(False, "--json", help="JSON on standard output")) -> None:
    """List which rows of the mission work, with the capability, the screens and the tests that show it."""
    rows = claims()
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo(f"{row['id']}  {row['name']['zh']}  {row['name']['en']}  ({row['capability']})")


def claims() -> list[dict[str, Any]]:
    """One entry for each row that a capability answers, by row and capability."""
    from kangshu.declare import registry

    found = [registry.registry.found(capability.id) for capability in registry.capabilities()]
    return sorted(
        (
            {
                "id": row,
                "name": each.capability.title.to_json(),
                "capability": each.capability.id,
                "folder": each.relative_folder,
                "screens": list(each.capability.screens),
                "tests": list(each.capability.tests),
                "note": None if each.capability.row_note is None else each.capability.row_note.to_json(),
            }
            for each in found
            for row in each.capability.rows
        ),
        key=lambda claim: (str(claim["id"]), str(claim["capability"])),
    )


@app.command()
@needs(Need.NOTHING)
def check() -> None:
    """Say what was changed after its release, and what is not released yet. Exit 1 if anything was
    changed."""
    findings = _findings()
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.kind != "unreleased" for finding in findings):
        raise typer.Exit(1)


@app.command()
@needs(Need.NOTHING)
def release() -> None:
    """Release every version that is new. Nothing released is ever overwritten."""
    from pathlib import Path

    from kangshu.declare import registry, released
    from kangshu.kernel.dates import china_today

    for capability in registry.capabilities():
        folder = Path(registry.registry.found(capability.id).folder)
        for written in released.release(capability, folder, china_today()):
            typer.echo(f"released {written.kind} {written.id}@{written.version}")
    check()


def _findings() -> list[Any]:
    from pathlib import Path

    from kangshu.declare import registry, released

    return [
        finding
        for capability in registry.capabilities()
        if (found := registry.registry.found(capability.id)).folder
        for finding in released.check(capability, Path(found.folder))
    ]

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
    """One entry for each row that is answered. Where several capabilities answer parts of one row, the
    entry is the first one's and `parts` names them all."""
    from kangshu.declare import registry

    rows: dict[str, list[Any]] = {}
    for capability in registry.capabilities():
        for row in capability.rows:
            rows.setdefault(row, []).append(registry.registry.found(capability.id))
    return [_claim(row, rows[row]) for row in sorted(rows)]


def _claim(row: str, answering: list[Any]) -> dict[str, Any]:
    first = answering[0].capability
    notes = [each.capability.row_note for each in answering if each.capability.row_note is not None]
    return {
        "id": row,
        "name": first.title.to_json(),
        "capability": first.id,
        "folder": answering[0].relative_folder,
        "screens": list(dict.fromkeys(screen for each in answering for screen in each.capability.screens)),
        "tests": list(dict.fromkeys(test for each in answering for test in each.capability.tests)),
        "parts": [each.capability.id for each in answering],
        "note": {
            "zh": "；".join(note.zh for note in notes),
            "en": "; ".join(note.en for note in notes),
        },
    }


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
    from kangshu.declare import released
    from kangshu.kernel.dates import china_today

    for value, folder in _declared():
        for written in released.release(value, folder, china_today()):
            typer.echo(f"released {written.kind} {written.id}@{written.version}")
    check()


def _declared() -> list[Any]:
    """Every capability and report of the catalogue with its folder."""
    from kangshu.declare import registry

    return [*registry.declared_in("capability").values(), *registry.declared_in("report").values()]


def _findings() -> list[Any]:
    from kangshu.declare import released

    return [finding for value, folder in _declared() for finding in released.check(value, folder)]

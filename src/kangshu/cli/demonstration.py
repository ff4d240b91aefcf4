"""The demo county: made once by `kangshu.demo`, remembered in `demo.json`, its accounts told every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import typer

from kangshu.cli.errors import CommandFailed
from kangshu.config.home import home

DONE, STARTED = "demo.json", "demo.started"
WIDTH = 128


def make_county(*, residents: int, seed: int, only: str = "", progress: Callable[[str], None]) -> None:
    """Generate the county and take its first snapshot, unless that was done before."""
    done, started = home() / DONE, home() / STARTED
    if done.exists():
        kept = json.loads(done.read_text(encoding="utf-8"))
        if (kept["residents"], kept["seed"]) != (residents, seed):
            progress(
                f"this installation already holds a county of {kept['residents']} (seed {kept['seed']}); "
                "for another one set KANGSHU_HOME to another folder"
            )
        return
    if started.exists():
        progress("an earlier start was interrupted while it made the county; beginning again")
        _empty_database(progress)
    elif _holds_data():
        raise CommandFailed(
            "this database already holds data that is no demo; the demo is never mixed into it. "
            "Set KANGSHU_HOME to another folder."
        )
    started.touch()
    generated = _generate(residents, seed, only)
    _take_snapshot(progress)
    done.write_text(
        json.dumps(
            {"residents": residents, "seed": seed, "made_at": datetime.now(UTC).isoformat(), **generated}
        ),
        encoding="utf-8",
    )
    started.unlink()


def tell_accounts(address: str) -> None:
    """Print where to open the county and as whom."""
    from rich.console import Console
    from rich.table import Table

    from kangshu.access.roles import SECOND_FACTOR
    from kangshu.demo.accounts import demo_accounts

    table = Table(title=f"{address}\n康枢 demo county: all people in it are invented 全部人员均为虚构")
    for heading in ("角色", "role", "账号 account", "密码 password", "动态口令 code"):
        table.add_column(heading, no_wrap=True)
    with_code = {role.value for role in SECOND_FACTOR}
    for account in demo_accounts():
        code = "✓" if account.username in with_code else ""
        table.add_row(account.role_zh, account.role_en, account.username, account.password, code)
    # As wide as it is: a name cut short by a narrow terminal cannot be typed in.
    Console(width=WIDTH).print(table)
    typer.echo("✓ 动态口令 six-digit code: ./kangshu account code 账号 ACCOUNT")


def _generate(residents: int, seed: int, only: str) -> dict[str, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from kangshu.demo.generate import generate
    from kangshu.demo.options import Options

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def report(part: str, done: int, total: int) -> None:
            if part not in tasks:
                tasks[part] = bars.add_task(part, total=total)
            bars.update(tasks[part], completed=done, total=total)

        wanted = None if not only else tuple(part for part in only.split(",") if part != "none")
        generate(Options(residents=residents, seed=seed, programmes=wanted), progress=report)
    return {}


def _take_snapshot(progress: Callable[[str], None]) -> None:
    from kangshu.indicators.actions import take_snapshot, warm_up
    from kangshu.kernel.actor import SystemActor

    taken = take_snapshot(by=SystemActor("demo"), now=datetime.now(UTC))
    progress(f"took the snapshot {taken.name}: {taken.rows_written} rows in {taken.seconds:.1f} s")
    warm_up()  # else whoever opens the dashboard first waits while its figures are counted


def _holds_data() -> bool:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM places_institution)")
        return bool(cursor.fetchone()[0])


def _empty_database(progress: Callable[[str], None]) -> None:
    from django.db import connections

    from kangshu.cli.migration import migrate_database
    from kangshu.config.connections import embedded_cluster, uses_embedded
    from kangshu.config.postgres.databases import DATABASE, drop, prepare

    if not uses_embedded():
        raise CommandFailed("please empty the database that KANGSHU_DATABASE_URL names, then start again")
    connections.close_all()
    drop(embedded_cluster(), DATABASE)
    prepare(embedded_cluster())
    migrate_database(progress=progress)

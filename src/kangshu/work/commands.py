"""`kangshu manual`: write the manual from the declarations."""

from __future__ import annotations

from pathlib import Path

import typer

from kangshu.kernel.commands import Need, needs

top = typer.Typer()


@top.command()
@needs(Need.NOTHING)
def manual(
    folder: Path = typer.Option(Path("docs/manual"), help="Where the pages go"),
    check: bool = typer.Option(False, help="Only say which pages are out of date; exit 1 if any is"),
) -> None:
    """Write the manual of all services in Chinese and English."""
    from kangshu.work.manual.writing import outdated, write

    changed = outdated(folder) if check else write(folder)
    for name in changed:
        typer.echo(name)
    if check and changed:
        raise typer.Exit(1)

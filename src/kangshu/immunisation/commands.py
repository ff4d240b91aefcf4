"""Immunisation from the command line: `kangshu immunisation forecast FILE --json`. No database, no server."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="immunisation", help="Which dose a child needs when, and why.", no_args_is_help=True)


@app.callback()
def immunisation() -> None:
    """Which dose a child needs when, and why."""


@app.command("forecast")
def forecast_file(
    file: Annotated[
        Path | None, typer.Argument(help="A JSON list of children; - for standard input.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Answer in sentences (the default).")] = False,
    english: Annotated[
        bool, typer.Option("--english", help="Sentences in English; with --json beside the Chinese.")
    ] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the input.")] = False,
) -> None:
    """For every child and dose: status, earliest, recommended and overdue date, and why."""
    import orjson

    from kangshu.immunisation.forecast.answer import explained, to_json
    from kangshu.immunisation.forecast.engine import forecast
    from kangshu.immunisation.forecast.reading import SCHEMA, read_file, read_text

    if schema:
        sys.stdout.write(SCHEMA.read_text(encoding="utf-8"))
        return
    if file is None:
        raise typer.BadParameter("name a file, or - for standard input", param_hint="FILE")
    children = read_text(sys.stdin.read()) if str(file) == "-" else read_file(file)
    # Nothing made here forms cycles, and the process ends with the answer: looking for garbage costs a third.
    gc.disable()
    if as_json and not explain:
        write = sys.stdout.write
        for number, child in enumerate(children):
            answer = orjson.dumps(to_json(forecast(child), english=english)).decode()
            write(("," if number else "[") + answer)
        write("]\n" if children else "[]\n")
        return
    for child in children:
        for line in explained(forecast(child), "en" if english else "zh"):
            sys.stdout.write(line + "\n")


@app.command("manual")
def write_manual() -> None:
    """Write the schedule and its worked cases into docs/immunisation.md."""
    from kangshu.immunisation.forecast.manual import BEGIN, tables

    page = Path(__file__).resolve().parents[3] / "docs" / "immunisation.md"
    words = page.read_text(encoding="utf-8").split(BEGIN)[0]
    page.write_text(words + tables(), encoding="utf-8")
    typer.echo(page.name)

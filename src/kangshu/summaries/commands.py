"""Work summaries from the command line: `kangshu summary audit FILE …`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kangshu.kernel.commands import Need, needs

app = typer.Typer(name="summary", help="Audit work summaries that somebody wrote.", no_args_is_help=True)


@app.callback()
def summary() -> None:
    """Audit work summaries that somebody wrote."""


@app.command("audit")
@needs(Need.NOTHING)
def audit(
    files: Annotated[list[Path], typer.Argument(help="Documents: .txt, .docx, .pdf or .html.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON; several files as a list.")] = False,
    earlier: Annotated[
        list[Path] | None, typer.Option(help="An earlier summary of the same bureau; may be given again.")
    ] = None,
    english: Annotated[bool, typer.Option("--english", help="Explain in English.")] = False,
) -> None:
    """Say which figures of a document cannot be true, with the sum that shows it, and which checks held."""
    from kangshu.summaries.audit.auditing import audit_file, history_of
    from kangshu.summaries.audit.readers.document import read_file

    told = [read_file(file) for file in earlier or ()]
    history = [one for document in told for one in history_of(document.text, document.name)]
    audits = [audit_file(file, history) for file in files]
    if as_json:
        rows = [one.to_json() for one in audits]
        answer: Any = rows[0] if len(rows) == 1 else rows
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    for one in audits:
        typer.echo(f"{one.document}: {len(one.findings)} findings, {len(one.held)} checks held")
        for finding in one.findings:
            why = finding.why.en if english else finding.why.zh
            typer.echo(f"  [{finding.level}] {finding.kind}: {why}")
            for quote in finding.quotes:
                typer.echo(f"      {quote.start}–{quote.end} {' '.join(quote.text.split())}")

"""Runs one command and turns what it raises into an exit code and, where asked, JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from kangshu.cli.discovery import command_line
from kangshu.kernel.errors import BadInput, Refusal

# Typer carries a copy of click of its own and names only the last of these two classes.
UsageError: Any = typer.BadParameter.__base__
BROKEN, BAD_INPUT, INTERRUPTED = 1, 2, 130


def run(words: list[str]) -> int:
    """Run the command that `words` name; the exit code."""
    wants_json = "--json" in words
    try:
        command = typer.main.get_command(command_line())
        answer = command(args=words, prog_name="kangshu", standalone_mode=False)
    except UsageError as error:
        if not wants_json:
            error.show(file=sys.stderr)
        return _refuse(
            wants_json, {"code": "usage", "message": error.format_message(), "where": _where(error)}
        )
    except Refusal as refusal:
        if not wants_json:
            _say(f"{refusal.message.zh}\n{refusal.message.en}")
        return _refuse(wants_json, _as_json(refusal))
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.Exit as leaving:
        return leaving.exit_code
    except _breakages() as error:
        _say(str(error))
        return BROKEN
    except Exception as error:
        unreachable = _unreachable(error)
        if unreachable is None:
            raise
        _say(f"the database cannot be reached: {unreachable}")
        return BROKEN
    return answer if isinstance(answer, int) else 0


def _breakages() -> tuple[type[Exception], ...]:
    """What has a sentence of its own to say; anything else is a fault of ours and shows its trace."""
    from kangshu.cli.errors import CommandFailed
    from kangshu.config.connections import BadDatabaseAddress
    from kangshu.config.keys import KeysUnreadable
    from kangshu.config.postgres.account import NoAccount
    from kangshu.config.postgres.binaries import NoPostgres
    from kangshu.config.postgres.cluster import ClusterFailed

    return (CommandFailed, BadDatabaseAddress, KeysUnreadable, NoAccount, NoPostgres, ClusterFailed)


def _unreachable(error: Exception) -> str | None:
    """What the database's client said, in one line, if this is about not getting to the database at all."""
    import psycopg

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
            return " ".join(str(cause).split())
        cause = cause.__cause__
    return None


def _where(error: Any) -> str | None:
    parameter = getattr(error, "param", None)
    return parameter.name if parameter is not None else None


def _as_json(refusal: Refusal) -> dict[str, Any]:
    error: dict[str, Any] = {
        "code": refusal.code,
        "message": refusal.message.en,
        "message_zh": refusal.message.zh,
        "where": refusal.where,
    }
    if isinstance(refusal, BadInput):
        error["problems"] = [problem.to_json() for problem in refusal.problems]
    return error


def _refuse(wants_json: bool, error: dict[str, Any]) -> int:
    if wants_json:
        sys.stdout.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
    return BAD_INPUT


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")

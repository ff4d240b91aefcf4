"""What a command of the command line needs before it runs. The command says so; `cli` sees to it.

A package's `commands.py` is imported whenever `kangshu` starts, so it imports nothing heavy and no models at
its top: only inside its functions, where Django is ready if the command asked for it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

Command = TypeVar("Command", bound=Callable[..., object])


class Need(Enum):
    """`NOTHING` beyond Python, `DJANGO` set up (no database), `DATABASE` running and migrated."""

    NOTHING = "nothing"
    DJANGO = "django"
    DATABASE = "database"


def needs(need: Need) -> Callable[[Command], Command]:
    """Mark a command with what it needs: `@app.command()` above, `@needs(Need.DATABASE)` below it."""

    def mark(command: Command) -> Command:
        command.__kangshu_needs__ = need  # type: ignore[attr-defined]
        return command

    return mark

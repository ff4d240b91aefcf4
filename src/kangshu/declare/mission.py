"""Rows of the mission that a module with its own tables answers, beside those that capabilities claim.

A module says so in its `mission.py` (`rows = (Row(…), …)`), which is found, never listed, and imports nothing
but this, so that the list needs neither Django nor a database.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kangshu.declare.capability import ROW
from kangshu.declare.errors import refuse_unless
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Row:
    """`id` as the mission numbers it; `screens` are URL names that open it, `tests` paths that show it."""

    id: str
    title: Text
    screens: tuple[str, ...]
    tests: tuple[str, ...]
    note: Text | None = None

    def __post_init__(self) -> None:
        refuse_unless(bool(ROW.match(self.id)), self.id, "is no row of the mission")
        refuse_unless(bool(self.screens and self.tests), self.id, "names no screen or no test")


@dataclass(frozen=True)
class Answered:
    """A row with the module that answers it."""

    row: Row
    module: str

    @property
    def folder(self) -> str:
        return f"src/kangshu/{self.module}"


def answered() -> list[Answered]:
    """Every row that a module claims, by module and in its order."""
    root = Path(__file__).parent.parent
    found = []
    for file in sorted(root.glob("*/mission.py")):
        module = file.parent.name
        name = f"kangshu.{module}.mission"
        if module != "declare" and find_spec(name) is not None:
            found += [Answered(row, module) for row in importlib.import_module(name).rows]
    return found

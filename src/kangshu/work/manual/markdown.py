"""Markdown, and the two languages of the manual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Tongue:
    """The language a page is written in: "zh" or "en"."""

    code: str

    def say(self, zh: str, en: str) -> str:
        return en if self.code == "en" else zh

    def text(self, text: Text | None) -> str:
        return "" if text is None else text.in_language(self.code)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; empty when there is no row. Columns without any content are left out."""
    if not rows:
        return ""
    kept = [index for index in range(len(heads)) if any(row[index] for row in rows)]
    lines = [_row([heads[index] for index in kept]), _row(["---"] * len(kept))]
    lines += [_row([row[index] for index in kept]) for row in rows]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def page(*parts: str) -> str:
    """Parts with an empty line between them; empty parts are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"

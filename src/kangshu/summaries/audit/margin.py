"""An audited document laid out for reading: lines in pieces, each marked as surely as it is accused, and
beside each line the findings that end there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kangshu.summaries.audit.values import LEVEL_ORDER, Audit, Finding, Level


@dataclass(frozen=True)
class Note:
    """A finding with its number in the document, from 1."""

    number: int
    finding: Finding


@dataclass(frozen=True)
class Piece:
    """Words with the surest level that accuses them, None where nothing does, and those findings' numbers."""

    text: str
    level: Level | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the text as it was read."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...] = ()


def lines_of(audit: Audit) -> list[Line]:
    """The document with its findings; blank lines are left out."""
    notes = [Note(number, finding) for number, finding in enumerate(audit.findings, start=1)]
    lines, start = [], 0
    for words in audit.text.splitlines(keepends=True):
        end = start + len(words)
        if words.strip():
            here = [note for note in notes if start <= note.finding.quotes[-1].start < end]
            lines.append(
                Line(tuple(_pieces(audit.text, start, start + len(words.rstrip()), notes)), tuple(here))
            )
        start = end
    return lines


def _pieces(text: str, start: int, end: int, notes: Sequence[Note]) -> list[Piece]:
    """Cut a line wherever a quote begins or ends."""
    cuts = {start, end}
    for note in notes:
        for quote in note.finding.quotes:
            cuts |= {place for place in (quote.start, quote.end) if start < place < end}
    places = sorted(cuts)
    pieces = []
    for begin, stop in pairwise(places):
        over = [n for n in notes if any(q.start < stop and begin < q.end for q in n.finding.quotes)]
        level = min((note.finding.level for note in over), key=LEVEL_ORDER.index, default=None)
        pieces.append(Piece(text[begin:stop], level, tuple(note.number for note in over)))
    return pieces

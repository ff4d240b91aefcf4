"""Tables as a text holds them: rows of cells, set apart by tabs, bars or wide blanks, whose numbers
stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kangshu.summaries.audit.layout import Layout
from kangshu.summaries.audit.numerals import Printed, read_number
from kangshu.summaries.audit.values import Quote

CELL = re.compile(r"[^\t|｜]+" r"|(?<=[\t|｜])(?=[\t|｜])")
APART = re.compile(r"\S+(?:[ ]\S+)*")
NUMBER = re.compile(r"[-−－]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?(%|％|‰)?")
NOTHING = {"-", "—", "–", "－", "/", "—— ", "——", "－－", "0"}
TOTAL = re.compile(r"^(?:合计|总计|共计|小计|总数|累计|全[县市区](?:合计|总计)?)$")
FEWEST_ROWS = 3


@dataclass(frozen=True)
class Cell:
    """A cell of numbers: what is printed, or None where it holds nothing; `share` when it carries % or ‰."""

    printed: Printed | None
    share: Fraction
    quote: Quote

    @property
    def value(self) -> Fraction | None:
        if self.printed is None or self.printed.value is None:
            return None
        return self.printed.value * self.share

    @property
    def place(self) -> Fraction:
        return self.printed.place * self.share if self.printed is not None else Fraction(0)


@dataclass(frozen=True)
class Row:
    """A label and its numbers, as many in every row of a table."""

    label: str
    quote: Quote
    cells: tuple[Cell, ...]

    @property
    def is_total(self) -> bool:
        return bool(TOTAL.match(self.label))


@dataclass(frozen=True)
class Table:
    """Rows of numbers under column heads ('' where a column has none)."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, at: int) -> list[Cell]:
        return [row.cells[at] for row in self.rows]


def find_tables(layout: Layout) -> Iterator[Table]:
    """Runs of at least three neighbouring lines with a label and equally many numbers."""
    run: list[Row] = []
    heads: list[str] = []
    before: list[str] = []
    for start, line in lines(layout.original):
        if not line.strip() or not line.strip(" \u3000\t|.…-—─━=_+┄┈"):
            continue  # empty, ruled, or …… for the rows left out
        pieces = pieces_of(line)
        row = _row(layout.original, start, pieces)
        if row is not None and run and len(row.cells) == len(run[0].cells):
            run.append(row)
            continue
        yield from _table(run, heads)
        run = [row] if row is not None else []
        if row is not None:
            heads = before
        before = [words for _, words in pieces]
    yield from _table(run, heads)


def _table(run: list[Row], heads: list[str]) -> Iterator[Table]:
    if len(run) < FEWEST_ROWS:
        return
    width = len(run[0].cells)
    named = heads[-width:] if len(heads) >= width else [""] * width
    yield Table(tuple(named), tuple(run))


def lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line.rstrip("\r")
        start += len(line) + 1


def pieces_of(line: str) -> list[tuple[int, str]]:
    """Cells with their places. Wide blanks part cells only where there are neither tabs nor bars."""
    if "\t" in line or line.count("|") > 1 or line.count("｜") > 1:
        found = [(match.start(), match[0]) for match in CELL.finditer(line)]
    else:
        found = []
        for match in APART.finditer(line.replace("\u3000", "  ")):
            found.append((match.start(), match[0]))
        if line.count("\u3000") and len(line.replace("\u3000", "  ")) != len(line):
            found = [(match.start(), match[0]) for match in re.finditer(r"[^\s\u3000]+", line)]
        found = [piece for one in found for piece in _numbers_apart(*one)]
    return [(at + len(words) - len(words.lstrip()), words.strip()) for at, words in found if words.strip()]


def _numbers_apart(at: int, words: str) -> Iterator[tuple[int, str]]:
    """45.0 45.0: numbers stand apart even with one blank between."""
    parts = [(at + match.start(), match[0]) for match in re.finditer(r"\S+", words)]
    if sum(_is_number(piece) for _, piece in parts) > 1 or (len(parts) > 1 and _is_number(parts[-1][1])):
        yield from parts
    else:
        yield at, words


def _is_number(words: str) -> bool:
    return words in NOTHING or NUMBER.fullmatch(words) is not None


def _row(text: str, line_start: int, pieces: list[tuple[int, str]]) -> Row | None:
    """The label and the numbers behind it; None when the line is none."""
    first = next((at for at, (_, words) in enumerate(pieces) if _is_number(words)), None)
    if first == 0 and len(pieces) > 2 and not _is_number(pieces[1][1]):
        first = next((at for at, (_, words) in enumerate(pieces[1:], 1) if _is_number(words)), None)
    if first is None or first == 0 or not all(_is_number(words) for _, words in pieces[first:]):
        return None
    label = "".join(words for _, words in pieces[:first])
    if len(label) > 30 or re.search(r"[。；]", label):
        return None
    begin, (last, words) = pieces[0][0] + line_start, pieces[first - 1]
    end = line_start + last + len(words)
    cells = tuple(_cell(text, line_start + at, words) for at, words in pieces[first:])
    return Row(re.sub(r"[\s\u3000]", "", label), Quote(begin, end, text[begin:end]), cells)


def _cell(text: str, at: int, words: str) -> Cell:
    quote = Quote(at, at + len(words), text[at : at + len(words)])
    match = NUMBER.fullmatch(words)
    if match is None or match[0][0] in "-−－":
        return Cell(None, Fraction(1), quote)
    digits = "".join(chr(ord(one) - 0xFEE0) if 0xFF10 <= ord(one) <= 0xFF19 else one for one in words)
    share = {"%": Fraction(1, 100), "％": Fraction(1, 100), "‰": Fraction(1, 1000)}.get(
        match[1] or "", Fraction(1)
    )
    return Cell(read_number(re.sub(r"[%％‰，,]", "", digits).replace("．", ".")), share, quote)

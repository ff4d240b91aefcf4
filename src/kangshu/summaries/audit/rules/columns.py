"""Tables: columns against their total row, rows against their sum column, and columns that are
others' quotients.

What a column is, its rows say: where all rows but one are the quotient (or the sum, or the product)
of the same other columns, the column is that, and the row left over is wrong.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.numerals import stands_for
from kangshu.summaries.audit.reading import Reading, plain, shown
from kangshu.summaries.audit.repair import slips
from kangshu.summaries.audit.tables import Cell, Row, Table, find_tables
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

NOT_ADDED = re.compile(r"率|占比|比例|比重|平均|均|名次|排名|同比|增幅|±|‰|%|年份|序号")
OF_OTHERS = re.compile(r"^其中|^[#＃]|^（?含")
SCALES = (Fraction(1), Fraction(1, 10_000), Fraction(10_000))


@dataclass(frozen=True)
class Formula:
    """What a column is of others: its name for sentences, and its value from the cells of a row."""

    column: int
    of: tuple[int, ...]
    sign: str
    value: Callable[[Sequence[Fraction]], Fraction | None]
    kind: Kind

    def computed(self, row: Row) -> Fraction | None:
        values = [row.cells[at].value for at in self.of]
        if any(value is None for value in values):
            if self.sign != "+" or all(value is None for value in values):
                return None
            values = [value or Fraction(0) for value in values]
        return self.value([value for value in values if value is not None])

    def fits(self, row: Row) -> bool | None:
        cell, value = row.cells[self.column], self.computed(row)
        if value is None or cell.value is None:
            return None
        return _stands_for(cell, value, slack=len(self.of) - 1 if self.sign == "+" else 0)


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every table of the text."""
    for table in find_tables(reading.layout):
        formulas = list(_formulas(table))
        yield from _totals(table, formulas)
        for formula in formulas:
            yield from _rows(table, formula)


def _stands_for(cell: Cell, value: Fraction, *, slack: int) -> bool:
    assert cell.printed is not None
    assert cell.value is not None
    if stands_for(cell.printed, cell.share, value, padded=True):
        return True
    return bool(cell.printed.decimals) and abs(value - cell.value) <= cell.place * Fraction(slack + 1, 2)


def _mended(items: list[Row], at: int, formulas: list[Formula]) -> Fraction | None:
    """The sum of a column when a row that its own formula calls wrong is put right."""
    formula = next((one for one in formulas if one.column == at), None)
    wrong = [row for row in items if formula is not None and formula.fits(row) is False]
    if formula is None or len(wrong) != 1:
        return None
    values = [formula.computed(row) if row in wrong else row.cells[at].value for row in items]
    return sum((value or Fraction(0) for value in values), Fraction(0))


def _totals(table: Table, formulas: list[Formula]) -> Iterator[Finding | Held]:
    totals = [row for row in table.rows if row.is_total]
    items = [row for row in table.rows if not row.is_total and not OF_OTHERS.match(row.label)]
    if len(totals) != 1 or len(items) < 2:
        return
    total = totals[0]
    columns = [
        at for at in range(len(total.cells)) if _is_added(table, at) and total.cells[at].value is not None
    ]
    sums = {at: sum((row.cells[at].value or Fraction(0) for row in items), Fraction(0)) for at in columns}
    fitting = [at for at in columns if _adds_up(total.cells[at], sums[at], len(items))]
    for at in columns:
        stated = total.cells[at]
        words = " + ".join(row.cells[at].quote.text for row in items) + f" = {shown(sums[at])}"
        quotes = (total.quote, stated.quote)
        if at in fitting:
            yield Held(Kind.PARTS_AND_TOTAL, tuple(sorted(quotes)), Text(words, words))
            continue
        mended = _mended(items, at, formulas)
        if mended is not None and _adds_up(stated, mended, len(items)):
            continue  # the row is wrong, not the total
        level = _level(table, stated, sums[at], at, others=len(fitting), of=len(columns))
        if level is None:
            continue
        head = f"“{table.heads[at]}”" if table.heads[at] else ""
        yield Finding(
            Kind.PARTS_AND_TOTAL,
            level,
            tuple(sorted(quotes)),
            Text(
                f"表中{head}{words}，合计写为{stated.quote.text}。",
                f"{words}, but the table's total is {stated.quote.text}.",
            ),
            stated=stated.quote.text,
            computed=plain(sums[at]),
            suggestion=Text("请核对合计行和各行。", "Check the total and each row."),
        )


def _is_added(table: Table, at: int) -> bool:
    return not NOT_ADDED.search(table.heads[at]) and all(cell.share == 1 for cell in table.column(at))


def _adds_up(stated: Cell, value: Fraction, items: int) -> bool:
    return _stands_for(stated, value, slack=min(items, 6) - 1)


def _level(table: Table, stated: Cell, value: Fraction, at: int, *, others: int, of: int) -> Level | None:
    """A column wrong alone is wrong; where none adds up, rows may hold one another, or places be missing."""
    assert stated.printed is not None
    slip = _one_slip(stated, value) or any(
        cell.value is not None and _one_slip(cell, (stated.value or Fraction(0)) - (value - cell.value))
        for row, cell in zip(table.rows, table.column(at), strict=True)
        if not row.is_total
    )
    if others and others * 2 >= of - 1:
        return Level.PROVEN
    if slip:
        return Level.PROVEN if others else Level.NEAR_CERTAIN
    near = stated.value is not None and abs(stated.value - value) <= stated.value / 20
    return Level.NEAR_CERTAIN if near and of <= 2 else Level.ASK if near else None


def _one_slip(cell: Cell, value: Fraction) -> bool:
    if cell.printed is None or value <= 0:
        return False
    wanted = [digits for digits in slips(cell.printed.digits, lost=False) if not digits.startswith(".")]
    return any(abs(Fraction(digits) * cell.share - value) <= cell.place / 2 for digits in wanted)


def _formulas(table: Table) -> Iterator[Formula]:
    """What most rows say each column is of the others."""
    width = len(table.heads)
    for column in range(width):
        found = [formula for formula in _candidates(table, column, width) if _confirmed(table, formula)]
        if found:
            yield max(found, key=lambda one: sum(one.fits(row) is True for row in table.rows))


def _candidates(table: Table, column: int, width: int) -> Iterator[Formula]:
    others = [at for at in range(width) if at != column]
    if _is_added(table, column):
        for length in range(2, len(others) + 1):
            for start in range(len(others) - length + 1):
                run = others[start : start + length]
                if all(_is_added(table, at) for at in run) and run[-1] - run[0] == length - 1:
                    yield Formula(
                        column, tuple(run), "+", lambda values: sum(values, Fraction(0)), Kind.PARTS_AND_TOTAL
                    )
    shares = any(cell.share != 1 for cell in table.column(column)) or "率" in table.heads[column]
    percent = "%" in table.heads[column] or "％" in table.heads[column]
    for first, second in itertools.permutations(others, 2):
        for scale in SCALES:
            factor = scale * 100 if percent or (shares and table.column(column)[0].share == 1) else scale
            yield Formula(column, (first, second), "÷", _quotient(factor), Kind.RATE)
            if first < second and not shares:
                yield Formula(column, (first, second), "×", _product(scale), Kind.PRODUCT)


def _quotient(factor: Fraction) -> Callable[[Sequence[Fraction]], Fraction | None]:
    return lambda values: values[0] / values[1] * factor if values[1] else None


def _product(factor: Fraction) -> Callable[[Sequence[Fraction]], Fraction | None]:
    return lambda values: values[0] * values[1] * factor


def _confirmed(table: Table, formula: Formula) -> bool:
    """Rows enough that say so with numbers long enough to be no chance."""
    judged = [(row, formula.fits(row)) for row in table.rows]
    told = [(row, fits) for row, fits in judged if fits is not None]
    fitting = [row for row, fits in told if fits]
    long = [
        row
        for row in fitting
        if (cell := row.cells[formula.column].printed) and len(cell.digits.replace(".", "").strip("0")) > 1
    ]
    return len(long) >= 2 and len(fitting) >= max(2, len(told) - max(1, len(told) // 4))


def _rows(table: Table, formula: Formula) -> Iterator[Finding | Held]:
    for row in table.rows:
        fits, value = formula.fits(row), formula.computed(row)
        if fits is None or value is None:
            continue
        cell = row.cells[formula.column]
        sign = f" {formula.sign} "
        right = shown(value / cell.share, 4) + cell.quote.text.lstrip("0123456789.,，０１２３４５６７８９")
        words = f"{row.label}：{sign.join(row.cells[at].quote.text for at in formula.of)} = {right}"
        quotes = tuple(sorted({row.quote, cell.quote, *(row.cells[at].quote for at in formula.of)}))
        if fits:
            yield Held(formula.kind, quotes, Text(words, words))
            continue
        yield Finding(
            formula.kind,
            Level.PROVEN,
            quotes,
            Text(f"{words}，表中为{cell.quote.text}。", f"{words}, but the table says {cell.quote.text}."),
            stated=cell.quote.text,
            computed=plain(round(value / cell.share, 4)),
            suggestion=Text("请核对这一行的各数。", "Check the numbers of this row."),
        )

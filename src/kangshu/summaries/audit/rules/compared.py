"""Comparisons that name both sides: 三季度比二季度增长5.3%; rows of a table whose last cell is the change;
and falls by so many times, which nothing can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import Printed, read_number, stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, plain, shown
from kangshu.summaries.audit.repair import slips
from kangshu.summaries.audit.rules.changes import Change, direction_of, judge
from kangshu.summaries.audit.tables import lines, pieces_of
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level, Quote

SIDES = re.compile(
    r"(?P<now>[\u4e00-\u9fff\d]{2,10}?)(?:环?比|较)(?P<before>[\u4e00-\u9fff\d]{2,10}?)(?:同比|环比|相比)?"
    r"(?:增长|上升|提高|增加|多|高|下降|减少|降低|少|低|净增|净减)了?(?:约)?$"
)
YEARLY = re.compile(r"上年|去年|同期|往年|年初|20\d\d年|同比")
FALL = re.compile(r"(?:下降|减少|降低|缩短|缩小|压缩|减|降)了?(?:近|约)?$")
CHANGE_CELL = re.compile(
    r"(?P<sign>[+＋\-−－↑↓]|增加?|增长|上升|提高|升|减少?|下降|降低?|缩短|延长|少|多)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>%|％|‰|个百分点|百分点|个千分点)?(?P<other>[\u4e00-\u9fff]{0,4})(?P<arrow>[↑↓])?"
)
VALUE_CELL = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>%|％|‰)?")
FALLS = re.compile(r"[\-−－↓减降少]|缩短")
RISES = re.compile(r"[+＋↑增升多]|上升|提高|延长")
OF_CHANGE = re.compile(r"增长|增减|同比|增幅|变化|升降|涨幅|±|增速|变动|较上年|比上年")
OF_POINTS = re.compile(r"百分点")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Sides named in sentences, then the rows of tables."""
    for figures in reading.by_paragraph.values():
        for by in figures:
            if by.is_masked or by.value is None:
                continue
            yield from _times_less(reading, by, figures)
            yield from _named_sides(reading, by, figures)
    yield from _table_rows(reading)


def _times_less(reading: Reading, by: Figure, figures: list[Figure]) -> Iterator[Finding]:
    """由3.4%降到1.7%，下降了一倍: once less is nothing at all."""
    if by.unit.name != "倍" or not FALL.search(by.subject) or (by.value or 0) < 1:
        return
    before = [
        one for one in figures if one.sentence == by.sentence and one.number in (by.number - 1, by.number - 2)
    ]
    yield reading.finding(
        Kind.CHANGE,
        Level.NEAR_CERTAIN,
        [*before, by],
        Text(
            f"减少不能用倍数表示：下降{as_printed(by)}即减为0或负数。",
            f"Nothing falls by {as_printed(by)}: once less is nothing.",
        ),
        stated=plain(by.printed.value),
        suggestion=Text("减少一半应写为“下降50%”或“下降一半”。", "Write “fell by half” or the per cent."),
    )


def _named_sides(reading: Reading, by: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    up = direction_of(by)
    match = SIDES.search(by.subject)
    if up is None or match is None or YEARLY.search(match[0]) or by.unit.name == "倍":
        return
    now, before = (_of_name(match[name], by, figures) for name in ("now", "before"))
    if now is None or before is None or now is before or now.unit.name != before.unit.name:
        return
    if by.unit.dimension in {Dimension.COUNT, Dimension.MONEY} and by.unit.name != now.unit.name:
        return
    yield from judge(reading, Change(now, before, by, up))


def _of_name(name: str, by: Figure, figures: list[Figure]) -> Figure | None:
    """The one figure of the sentences around that is said of this name and nothing else."""
    found = [
        one
        for one in figures
        if one is not by
        and 0 <= by.sentence - one.sentence <= 1
        and one.subject
        and direction_of(one) is None
        and one.is_exact
        and re.fullmatch(rf"(?:其中)?{re.escape(name)}(?:为|是|达|达到|完成|实现)?", one.subject)
    ]
    return found[0] if len({one.value for one in found}) == 1 else None


@dataclass(frozen=True)
class _Row:
    """Two values and their change: shares of one where they carry %, `points` where the change does."""

    quotes: tuple[Quote, ...]
    label: str
    before: Fraction
    now: Fraction
    change: Printed
    kind: str  # 'share', 'points', 'amount'
    up: bool | None
    slack: Fraction  # what rounding of the two values may move the change by

    def reckoned(self) -> Fraction | None:
        gap = self.now - self.before
        if self.kind != "share":
            return gap
        return gap / self.before * 100 if self.before else None

    def fits(self) -> bool | None:
        meant = self.reckoned()
        if meant is None or self.change.value is None:
            return None
        if self.up is not None and meant and (meant > 0) != self.up:
            return False
        return (
            stands_for(self.change, Fraction(1), abs(meant), padded=True)
            or abs(abs(meant) - self.change.value) <= self.slack + self.change.place / 2
        )


def _table_rows(reading: Reading) -> Iterator[Finding | Held]:
    """Runs of rows that each hold a value, an earlier one and the change between them."""
    run: list[_Row] = []
    heads: list[str] = []
    for start, line in lines(reading.layout.original):
        if not line.strip():
            continue
        cells = [(start + at, words) for at, words in pieces_of(line)]
        row = _row(reading, cells, heads)
        if row is not None:
            run.append(row)
            continue
        if run and len(cells) > 2:
            continue  # a row without a change between rows that have one
        yield from _judged(run)
        run = []
        heads = [words for _, words in cells]
    yield from _judged(run)


def _row(reading: Reading, cells: list[tuple[int, str]], heads: list[str]) -> _Row | None:
    if len(cells) < 4 or VALUE_CELL.fullmatch(cells[0][1]):
        return None
    at = next((n for n in range(1, len(cells) - 2) if VALUE_CELL.fullmatch(cells[n][1])), None)
    if at is None:
        return None
    first, second, last = cells[at : at + 3]
    one, other, change = (
        VALUE_CELL.fullmatch(first[1]),
        VALUE_CELL.fullmatch(second[1]),
        CHANGE_CELL.fullmatch(last[1]),
    )
    if one is None or other is None or change is None:
        return None
    head = heads[at - len(cells) + 2] if len(heads) >= len(cells) - 2 and heads else ""
    offset = len(heads) - len(cells)
    named = heads[at + 2 + offset] if heads and 0 <= at + 2 + offset < len(heads) else ""
    signed = (change["sign"] or "") + (change["arrow"] or "")
    if not (signed or OF_CHANGE.search(named)):
        return None
    values = [read_number(match["number"]) for match in (one, other, change)]
    if any(value is None or value.value is None for value in values):
        return None
    earlier_first = not re.search(r"今年|本年|本期|实绩|完成|改革后", head)
    return _read_row(reading, cells, at, values, change, one, named, signed, earlier_first)  # type: ignore[arg-type]


def _read_row(
    reading: Reading,
    cells: list[tuple[int, str]],
    at: int,
    values: list[Printed],
    change: re.Match[str],
    one: re.Match[str],
    named: str,
    signed: str,
    earlier_first: bool,
) -> _Row:
    first, second, by = values
    before, now = (first, second) if earlier_first else (second, first)
    kind = "share" if change["unit"] in {"%", "％"} or (not change["unit"] and "%" in named) else "amount"
    if OF_POINTS.search(change["unit"] or "") or (one["unit"] and not change["unit"]):
        kind = "points"
    up = False if FALLS.search(signed) else True if RISES.search(signed) or signed else None
    if not signed and OF_CHANGE.search(named):
        up = True
    assert before.value is not None
    assert now.value is not None
    spread = max(before.place, now.place)
    slack = (
        spread / 2 * 2 if kind != "share" else (spread / before.value * 100 if before.value else Fraction(0))
    )
    quotes = tuple(
        Quote(start, start + len(words), words) for start, words in (cells[0], *cells[at : at + 3])
    )
    return _Row(quotes, cells[0][1], before.value, now.value, by, kind, up, slack)


def _judged(run: list[_Row]) -> Iterator[Finding | Held]:
    """Rows of a table that mostly agree: those that do not are wrong. The order of the columns may be
    the other way round."""
    if len(run) < 2:
        return
    turned = [_Row(r.quotes, r.label, r.now, r.before, r.change, r.kind, r.up, r.slack) for r in run]
    best = max((run, turned), key=lambda rows: sum(row.fits() is True for row in rows))
    told = [row for row in best if row.fits() is not None]
    fitting = [row for row in told if row.fits()]
    if len(fitting) < 2 or len(fitting) * 2 < len(told):
        return
    for row in told:
        meant = row.reckoned()
        assert meant is not None
        unit = {"share": "%", "points": "个百分点", "amount": ""}[row.kind]
        sum_ = f"({shown(row.now)} − {shown(row.before)})" + (
            f" ÷ {shown(row.before)}" if row.kind == "share" else ""
        )
        words = f"{row.label}：{sum_} = {shown(meant, 2)}{unit}"
        if row.fits():
            yield Held(Kind.CHANGE, row.quotes, Text(words, words))
            continue
        slip = any(
            read is not None and stands_for(read, Fraction(1), abs(meant), padded=False)
            for read in (read_number(digits) for digits in slips(row.change.digits, lost=False))
        )
        yield Finding(
            Kind.CHANGE,
            Level.PROVEN if slip or len(fitting) >= 3 else Level.NEAR_CERTAIN,
            row.quotes,
            Text(
                f"{words}，表中为{row.quotes[-1].text}。",
                f"{words}, but the table says {row.quotes[-1].text}.",
            ),
            stated=row.quotes[-1].text,
            computed=plain(round(meant, 2)),
        )

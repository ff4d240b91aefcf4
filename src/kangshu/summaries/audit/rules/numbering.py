"""Marks that count: 一、二、四; （一）（三）; 一是…二是…二是; and lists of another length than said."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kangshu.kernel.text import Text
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.numerals import read_chinese
from kangshu.summaries.audit.reading import Reading
from kangshu.summaries.audit.values import Finding, Held, Kind, Level, Quote

WORDS = "一二三四五六七八九十"
NUMERAL = f"[{WORDS}]{{1,3}}"
LINE_MARKS = (
    ("part", re.compile(rf"^(第{NUMERAL}(?:部分|篇|章))")),
    ("chinese", re.compile(rf"^({NUMERAL})[、.．]")),
    ("bracket", re.compile(rf"^（({NUMERAL})）")),
    ("arabic", re.compile(r"^(\d{1,2})[、.．](?!\d)")),
    ("arabic bracket", re.compile(r"^（(\d{1,2})）")),
)
RUNNING = re.compile(rf"(?:^|[，。；：！？、”）])({NUMERAL})(是|要)(?![一-九]?[否非])")
BELOW = {"part": 0, "chinese": 1, "bracket": 2, "arabic": 3, "arabic bracket": 4}
FOREIGN = re.compile(r"相关文章|上一篇|下一篇|本文档|网站|版权|附件")


@dataclass(frozen=True)
class Mark:
    """A counting mark: its number and where it stands."""

    paragraph: Paragraph
    start: int
    end: int
    number: int


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every run of marks."""
    yield from _lines(reading)
    yield from _running(reading)


def _lines(reading: Reading) -> Iterator[Finding | Held]:
    """Marks at the beginning of paragraphs; a higher one begins the lower ones anew."""
    runs: dict[str, list[Mark]] = {}
    for paragraph in reading.layout.paragraphs:
        if FOREIGN.search(paragraph.text[:60]):
            yield from _finished(reading, runs)
            runs = {}
            continue
        for style, pattern in LINE_MARKS:
            match = pattern.match(paragraph.text)
            if match is None:
                continue
            number = _number(match[1])
            if number is None:
                break
            for lower in [name for name in runs if BELOW[name] > BELOW[style]]:
                yield from _judge(reading, runs.pop(lower))
            run = runs.setdefault(style, [])
            if number == 1 and run:
                yield from _judge(reading, run)
                runs[style] = run = []
            run.append(Mark(paragraph, 0, min(len(paragraph.text), match.end() + 14), number))
            break
    yield from _finished(reading, runs)


def _finished(reading: Reading, runs: dict[str, list[Mark]]) -> Iterator[Finding | Held]:
    for run in runs.values():
        yield from _judge(reading, run)


def _running(reading: Reading) -> Iterator[Finding | Held]:
    """一是 …；二是 … inside paragraphs, going on in the following ones."""
    run: list[Mark] = []
    for paragraph in reading.layout.paragraphs:
        if any(pattern.match(paragraph.text) for _, pattern in LINE_MARKS) and run:
            yield from _judge(reading, run)
            run = []
        nested = False
        for match in RUNNING.finditer(paragraph.text):
            number = read_chinese(match[1])
            if number is None:
                continue
            if number == 1 and run:
                # A paragraph that itself begins with 三是 may count 一是, 二是 inside.
                nested = run[-1].paragraph is paragraph and run[-1].start == 0 and match.start() > 0
                yield from _judge(reading, run)
                run = []
            at = match.start(1)
            run.append(Mark(paragraph, at, min(len(paragraph.text), match.end() + 8), number))
        if nested:
            run = []
    yield from _judge(reading, run)


def _number(words: str) -> int | None:
    words = re.sub(r"第|部分|篇|章", "", words)
    return int(words) if words.isdigit() else read_chinese(words)


def _judge(reading: Reading, run: list[Mark]) -> Iterator[Finding | Held]:
    if len(run) < 2:
        return
    wrong = [(one, other) for one, other in itertools.pairwise(run) if other.number != one.number + 1]
    # Marks that jump about, or run from elsewhere, are no counting of this text.
    if len(wrong) > 2 or len(wrong) * 2 > len(run):
        return
    if not wrong:
        if len(run) > 2 and run[0].number == 1:
            words = f"1—{run[-1].number}"
            yield Held(
                Kind.NUMBERING, (_quote(reading, run[0]), _quote(reading, run[-1])), Text(words, words)
            )
        return
    one, other = wrong[0]
    repeated = other.number == one.number
    skipped = other.number > one.number + 1
    zh = "重复" if repeated else "缺号" if skipped else "次序颠倒"
    en = "is repeated" if repeated else "skips a number" if skipped else "goes back"
    yield Finding(
        Kind.NUMBERING,
        Level.PROVEN if repeated or other.number <= one.number + 2 else Level.NEAR_CERTAIN,
        (_quote(reading, one), _quote(reading, other)),
        Text(
            f"序号{zh}：{one.number}之后为{other.number}，应为{one.number + 1}。",
            f"The numbering {en}: {other.number} after {one.number}, where {one.number + 1} is due.",
        ),
        stated=other.number,
        computed=one.number + 1,
        suggestion=Text("请核对序号，或补上缺少的一项。", "Check the numbers, or add what is missing."),
    )


def _quote(reading: Reading, mark: Mark) -> Quote:
    return reading.layout.quote(mark.paragraph, mark.start, mark.end)

"""Rates told one after another of counts told one after another: A人、B人，分别占总数的p%、q%.

A list of rates belongs to the lists of counts that give all of them but one at most. Where one is left over
and a slip would mend it, the sentence leaves no other reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, quotient
from kangshu.summaries.audit.repair import rate_needs_one_slip
from kangshu.summaries.audit.units import alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import says_change

EACH = re.compile(r"分别")
Run = Sequence[Figure]


@dataclass(frozen=True)
class Division:
    """Counts and their wholes, one of each for every rate."""

    counts: Run
    wholes: Run
    rates: Run

    def fits(self, at: int) -> bool:
        count, whole, rate = self.counts[at], self.wholes[at], self.rates[at]
        return bool(whole.value) and count.value is not None and rate.may_be(count.value / whole.value)  # type: ignore[operator]

    @property
    def wrong(self) -> list[int]:
        return [at for at in range(len(self.rates)) if not self.fits(at)]


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every list of rates behind 分别."""
    for figures in reading.by_paragraph.values():
        for rates in _rates(figures):
            yield from _judge(reading, rates, figures)


def _rates(figures: list[Figure]) -> Iterator[Run]:
    for index, first in enumerate(figures):
        if not first.is_ratio or not first.is_exact or not EACH.search(first.subject):
            continue
        if says_change(first.subject):
            continue
        run = [first]
        for figure in figures[index + 1 :]:
            goes_on = figure.unit is first.unit and figure.is_exact and not figure.subject
            if not goes_on or figure.segment != first.segment or figure.number - run[-1].number != 1:
                break
            run.append(figure)
        if len(run) > 1:
            yield run


def _judge(reading: Reading, rates: Run, figures: list[Figure]) -> Iterator[Finding | Held]:
    divisions = sorted(_divisions(rates, figures), key=lambda one: len(one.wrong))
    if not divisions:
        return
    best = divisions[0]
    if not best.wrong:
        for at in range(len(rates)):
            yield _held(reading, best, at)
        return
    rivals = [one for one in divisions if len(one.wrong) == len(best.wrong)]
    if len(best.wrong) > 1 or len(rivals) > 1:
        return
    at = best.wrong[0]
    if rate_needs_one_slip(best.counts[at], best.wholes[at], rates[at]):
        for other in range(len(rates)):
            if other != at:
                yield _held(reading, best, other)
        yield _wrong(reading, best, at)


def _divisions(rates: Run, figures: list[Figure]) -> Iterator[Division]:
    """Lists of counts before the rates (or in a bracket behind) over one whole, or over a list of wholes."""
    length, first = len(rates), rates[0]
    runs = [run for run in _runs(figures, length) if abs(run[0].sentence - first.sentence) <= 1]
    before = [run for run in runs if run[-1].end <= first.start]
    if "占" in first.subject or "完成" in first.subject:
        for counts in before:
            if counts[-1].number != first.number - 1:
                continue
            for whole in figures:
                if whole.end <= counts[0].start and _is_whole(whole, counts):
                    yield Division(counts, [whole] * length, rates)
        return
    for counts in before:
        if counts[-1].number == first.number - 1:
            for whole in figures:  # 实筛7164人，确诊甲4例、乙1例，确诊率分别为…
                if whole.end <= counts[0].start and whole.is_count and whole.is_exact and whole.value:
                    division = Division(counts, [whole] * length, rates)
                    if not division.wrong:
                        yield division
    for wholes in before:
        if re.search(r"应", wholes[0].subject) and re.search(r"实|已", wholes[1].subject):
            continue  # 应筛7199人，实筛7164人: one whole told twice, not two
        for counts in runs:
            apart = counts[0].number - wholes[0].number
            if abs(apart) >= length and all(_is_whole(w, [c]) for w, c in zip(wholes, counts, strict=True)):
                yield Division(counts, wholes, rates)


def _runs(figures: list[Figure], length: int) -> Iterator[Run]:
    for start in range(len(figures) - length + 1):
        run = figures[start : start + length]
        first = run[0]
        if all(
            one.is_count
            and one.is_exact
            and one.value
            and one.segment == first.segment
            and alike(one.unit, first.unit)
            for one in run
        ):
            yield run


def _is_whole(whole: Figure, counts: Run) -> bool:
    if not whole.is_count or not whole.is_exact or not alike(whole.unit, counts[0].unit):
        return False
    return all(count.value is not None and (whole.value or 0) >= count.value for count in counts)


def _quoted(division: Division, at: int) -> list[Figure]:
    return [division.wholes[at], division.counts[at], division.rates[at]]


def _words(division: Division, at: int) -> str:
    count, whole, rate = division.counts[at], division.wholes[at], division.rates[at]
    assert count.value is not None
    assert whole.value
    return quotient(count.printed.digits, whole, rate, count.value / whole.value)


def _held(reading: Reading, division: Division, at: int) -> Held:
    words = _words(division, at)
    return reading.held(Kind.RATE, _quoted(division, at), Text(words, words))


def _wrong(reading: Reading, division: Division, at: int) -> Finding:
    words, rate = _words(division, at), division.rates[at]
    count, whole = division.counts[at].value, division.wholes[at].value
    assert count is not None
    assert whole
    return reading.finding(
        Kind.RATE,
        Level.PROVEN,
        _quoted(division, at),
        Text(
            f"{words}，文中写为{as_printed(rate)}。",
            f"{words}, but the text says {as_printed(rate)}.",
        ),
        stated=printed(rate),
        computed=plain(round(count / whole / rate.factor, max(rate.printed.decimals, 2))),
        suggestion=Text("请逐项核对人数和比率。", "Check each count and its rate."),
    )

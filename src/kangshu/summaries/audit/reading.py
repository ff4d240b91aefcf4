"""A document read: its layout, its figures, which of them are of this year, and helpers for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import PRIOR, TARGET, Figure, find_figures, quote_of
from kangshu.summaries.audit.layout import Layout, Paragraph, lay_out
from kangshu.summaries.audit.units import alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level, Number, Quote

PLAN = re.compile(
    r"(?:工作)?(?:打算|计划|思路|安排|目标|设想|重点|要点)(?:如下)?[：:]?$|^.{0,12}(?:下一步|明年|下半年|来年|今后).{0,16}$"
)
AIM = re.compile(r"力争|争取|打算|要求|确保|应达|预计|拟|将(?!近)|不低于|达到.{0,4}以上")
RESULT = re.compile(r"总结|回顾|完成情况|主要工作|成效|问题")


@dataclass(frozen=True)
class Reading:
    """What the rules look at."""

    layout: Layout
    figures: tuple[Figure, ...]
    planned: frozenset[int]  # paragraphs that speak of plans

    def in_paragraph(self, paragraph: Paragraph) -> list[Figure]:
        return self.by_paragraph.get(paragraph.index, [])

    @cached_property
    def by_paragraph(self) -> dict[int, list[Figure]]:
        found: dict[int, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.paragraph.index, []).append(figure)
        return found

    def quotes(self, figures: Iterable[Figure]) -> tuple[Quote, ...]:
        """The quotes of figures in the order of the text, each once."""
        return tuple(sorted({quote_of(self.layout, figure) for figure in figures}))

    def is_planned(self, figure: Figure) -> bool:
        """Whether the figure is an aim rather than a result."""
        return figure.paragraph.index in self.planned or bool(TARGET.search(figure.subject))

    def is_aim(self, figure: Figure) -> bool:
        """Whether a rate is what is aimed at; 完成任务的, 占计划的 are not."""
        return figure.paragraph.index in self.planned or bool(AIM.search(figure.subject))

    def is_prior(self, figure: Figure) -> bool:
        """Whether the figure is of an earlier period."""
        return bool(PRIOR.search(figure.subject))

    def finding(
        self,
        kind: Kind,
        level: Level,
        figures: Iterable[Figure],
        why: Text,
        *,
        stated: Number | tuple[Number, ...] = None,
        computed: Number = None,
        suggestion: Text | None = None,
    ) -> Finding:
        return Finding(kind, level, self.quotes(figures), why, stated, computed, suggestion)

    def held(self, kind: Kind, figures: Iterable[Figure], why: Text) -> Held:
        return Held(kind, self.quotes(figures), why)


def read_text(text: str) -> Reading:
    """Lay out a text and find its figures."""
    layout = lay_out(text)
    return Reading(layout, tuple(find_figures(layout)), frozenset(_planned(layout)))


def _planned(layout: Layout) -> Iterator[int]:
    """Numbers of the paragraphs under a heading that announces plans."""
    in_plan = False
    for paragraph in layout.paragraphs:
        words = paragraph.text.strip()
        is_title = len(words) <= 30 and not words.endswith(("。", "；"))
        # A title over all ("…工作总结及…工作打算") opens no plan.
        if is_title and paragraph.index >= 2:
            if PLAN.search(words) and not RESULT.search(words):
                in_plan = True
            elif in_plan and re.match(r"^[一二三四五六七八九十]{1,3}、", words) and RESULT.search(words):
                in_plan = False
        if in_plan:
            yield paragraph.index


def printed(figure: Figure) -> Number:
    """The number as printed, without its scale: 394.648 of 394.648万元."""
    return plain(figure.printed.value) if figure.printed.value is not None else figure.printed.digits


def plain(value: Fraction | None, places: int = 6) -> Number:
    """An exact value as JSON can carry it."""
    if value is None:
        return None
    if value.denominator == 1:
        return int(value)
    return round(float(value), places)


def shown(value: Fraction, places: int = 4) -> str:
    """A value for a sentence, at most so many places, without trailing zeros."""
    text = f"{float(round(value, places)):.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quotient(count: object, whole: Figure, rate: Figure, share: Fraction, places: int = 4) -> str:
    """A division as a sentence shows it: 268 ÷ 288 = 93.0556%."""
    return f"{count} ÷ {whole.printed.digits} = {shown(share / rate.factor, places)}{rate.unit.name}"


def as_printed(figure: Figure) -> str:
    """The figure without its subject: 394.648万元."""
    return figure.paragraph.text[figure.start : figure.end]


def one_digit_apart(stated: str, wanted: Iterable[str]) -> bool:
    """Whether a printed number differs from one of the wanted ones in exactly one digit."""
    return any(
        len(stated) == len(other) and sum(a != b for a, b in zip(stated, other, strict=True)) == 1
        for other in wanted
    )


def could_be_compared(first: Figure, second: Figure) -> bool:
    return alike(first.unit, second.unit)


def bigrams(words: str) -> set[str]:
    kept = re.sub(r"[^\u4e00-\u9fff]", "", words)
    return {kept[index : index + 2] for index in range(len(kept) - 1)}

"""Rates whose whole stands in an earlier sentence of the paragraph: 产妇4106人。… 管理3695人，管理率….

Many counts of one paragraph may be a whole, so a fit must be close to count as a check, and a rate is only
accused where one whole alone is meant by its words and one slip of the pen would mend the division.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import stands_for
from kangshu.summaries.audit.repair import rate_itself_slipped, rate_needs_one_slip
from kangshu.summaries.audit.units import alike, is_times
from kangshu.summaries.audit.vocabulary import RateWords, rate_name

MOST_WHOLES = 3  # of more, one will fit by chance


@dataclass(frozen=True)
class Across:
    """A count, the whole of an earlier sentence, and whether they fit; `sure` if other rates share it."""

    numerator: Figure
    whole: Figure
    fits: bool
    sure: bool


def whole_before(
    rate: Figure, row: RateWords | None, figures: list[Figure], is_counted: Callable[[Figure], bool]
) -> Across | None:
    """The pair that a rate comes from when its sentence has no whole; None when no pair speaks."""
    of_share = "占" in rate.subject
    if not rate.is_exact or (row is None and not of_share) or rate.printed.decimals < 1 or not rate.value:
        return None
    numerator = _numerator(rate, figures, is_counted, of_share=of_share)
    if numerator is None:
        return None
    wholes = [one for one in figures if _may_be_whole(one, numerator)]
    for whole in reversed(wholes):
        if _is_quotient(numerator, whole, rate):
            return Across(numerator, whole, True, True)
    meant = [one for one in wholes if row is not None and row.among.search(one.subject)]
    if of_share or not meant or len({one.value for one in meant}) > MOST_WHOLES:
        return None
    long = len(rate.printed.digits.replace(".", "")) > 3
    slipped = rate_needs_one_slip if long or _has_its_name(numerator, rate) else rate_itself_slipped
    mended = [
        one
        for one in meant
        if (rate_needs_one_slip if _is_just_before(one, numerator, figures) else slipped)(
            numerator, one, rate
        )
    ]
    if mended:
        alone = len({one.value for one in meant}) == 1
        shared = alone and _is_shared(mended[-1], rate, figures)
        return Across(numerator, mended[-1], False, shared)
    # 孕产妇系统管理3911人，系统管理率93.21%: count and rate have one name, and no whole gives it.
    close = [one for one in meant if _is_close(numerator, one, rate)]
    if close and _has_its_name(numerator, rate) and rate.number - numerator.number == 1:
        return Across(numerator, close[0], False, False)
    return None


def _is_shared(whole: Figure, rate: Figure, figures: list[Figure]) -> bool:
    """Whether another rate of the paragraph comes from the same whole."""
    others = [one for one in figures if one.is_ratio and one.is_exact and one is not rate]
    counts = [one for one in figures if one.is_count and one.is_exact and one is not whole]
    return any(
        _is_quotient(count, whole, other)
        for other in others
        for count in counts
        if 0 < other.number - count.number <= 2
    )


def _is_close(numerator: Figure, whole: Figure, rate: Figure) -> bool:
    assert numerator.value is not None
    assert whole.value
    assert rate.value
    return abs(numerator.value / whole.value - rate.value) <= rate.value / 10


def _is_just_before(whole: Figure, numerator: Figure, figures: list[Figure]) -> bool:
    """老年人68532人。为其体检49823人: nothing stands between the two."""
    between = [one for one in figures if whole.number < one.number < numerator.number]
    return not between and numerator.sentence - whole.sentence == 1


def _has_its_name(numerator: Figure, rate: Figure) -> bool:
    name = rate_name(rate.subject).removesuffix("率")
    return len(name) >= 4 and numerator.subject.endswith(name[-4:])


def _numerator(
    rate: Figure, figures: list[Figure], is_counted: Callable[[Figure], bool], *, of_share: bool
) -> Figure | None:
    before = [
        one
        for one in figures
        if (one.is_count or one.scale > 1 or one.unit.name == "元")
        and not one.is_ratio
        and one.end <= rate.start
        and one.segment == rate.segment
        and one.sentence == rate.sentence
        and rate.number - one.number <= 2
    ]
    if not before or not before[-1].value or not before[-1].is_exact:
        return None
    return before[-1] if of_share or is_counted(before[-1]) else None


def _may_be_whole(figure: Figure, numerator: Figure) -> bool:
    if figure.sentence >= numerator.sentence or not figure.is_exact or figure.is_ratio:
        return False
    groups = {figure.unit.group, numerator.unit.group}
    related = alike(figure.unit, numerator.unit) or is_times(figure.unit, numerator.unit)
    if not related and groups != {"people", "papers"}:
        return False
    return bool(figure.value and numerator.value and figure.value >= numerator.value)


def _is_quotient(numerator: Figure, whole: Figure, rate: Figure) -> bool:
    if not numerator.value or not whole.value:
        return False
    return stands_for(rate.printed, rate.factor, numerator.value / whole.value, padded=False)

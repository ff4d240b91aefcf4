"""Which slips of the pen would explain a contradiction: one digit wrong, missing, doubled, or two swapped.

A relation that one slip would make exact was almost surely meant. That is how strongly the audit speaks where
the words alone would leave doubt, and what it can suggest.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import read_number, stands_for


def slips(digits: str, *, lost: bool = True) -> Iterator[str]:
    """Every number one slip away from the printed digits (with or without a decimal point). `lost`: a
    digit too many counts as a slip as well."""
    for index, digit in enumerate(digits):
        if not digit.isdigit():
            continue
        for other in "0123456789":
            if other != digit:
                yield digits[:index] + other + digits[index + 1 :]
    places = [index for index, digit in enumerate(digits) if digit.isdigit()]
    for left, right in itertools.pairwise(places):  # 98.77 for 97.87: over the point as well
        if digits[left] != digits[right]:
            yield (
                digits[:left] + digits[right] + digits[left + 1 : right] + digits[left] + digits[right + 1 :]
            )
    if lost and len(digits) > 2:
        for index, digit in enumerate(digits):
            if digit.isdigit():
                yield digits[:index] + digits[index + 1 :]


def values_one_slip_away(figure: Figure, *, lost: bool = True) -> Iterator[Fraction]:
    """Base values of the figure if one digit was mistyped."""
    if figure.printed.in_words or figure.is_masked:
        return
    for digits in slips(figure.printed.digits, lost=lost):
        if digits.strip(".") and digits[0] != "." and digits[-1] != ".":
            yield Fraction(digits) * figure.factor


def is_slip_of(value: Fraction, figure: Figure, *, lost: bool = True) -> bool:
    """Whether the figure would stand for `value` but for one slip."""
    if figure.printed.in_words or figure.is_masked:
        return False
    for digits in slips(figure.printed.digits, lost=lost):
        meant = read_number(digits)
        if meant is not None and stands_for(meant, figure.factor, value, padded=False):
            return True
    return False


def rate_itself_slipped(numerator: Figure, denominator: Figure, rate: Figure) -> bool:
    """Whether one slip in the rate alone makes it right. A rate of three digits is near many quotients, so
    where its counts are not sure either, only this says something."""
    if not numerator.value or not denominator.value:
        return False
    share = numerator.value / denominator.value
    meant = (read_number(digits) for digits in slips(rate.printed.digits, lost=False))
    return any(one is not None and stands_for(one, rate.factor, share, padded=True) for one in meant)


def rate_needs_one_slip(numerator: Figure, denominator: Figure, rate: Figure) -> bool:
    """Whether one slip in one of the three makes the rate right."""
    top, bottom, share = numerator.value, denominator.value, rate.value
    if not top or not bottom or share is None:
        return False
    for digits in slips(rate.printed.digits, lost=False):
        meant = read_number(digits)
        if meant is not None and stands_for(meant, rate.factor, top / bottom, padded=True):
            return True
    if any(rate.may_be(top / bottom * move) for move in (Fraction(1, 10), Fraction(10))):
        return True  # the decimal point one place off
    if any(rate.may_be(value / bottom) for value in values_one_slip_away(numerator, lost=False)):
        return True
    return any(value and rate.may_be(top / value) for value in values_one_slip_away(denominator, lost=False))

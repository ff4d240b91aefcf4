"""Numbers as they stand in Chinese reports: Arabic, full-width (made equal before), with thousand separators,
in Chinese numerals, masked (`x`, `XX`, `*`), and what is said around them: 近, 约, 余, 以上.

A number has a printed value and an interval of what it may stand for. Both rounding and truncation are
customary, so a value printed with unit `u` in its last place stands for `v - u/2` up to, without, `v + u`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "O": 0,
    "0": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
POWERS = {"十": 10, "百": 100, "千": 1000}
MASK = "xX*＊"


class Approximation(Enum):
    """How exactly a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    NEARLY = "nearly"
    AND_MORE = "and more"


BEFORE = {
    "近": Approximation.NEARLY,
    "将近": Approximation.NEARLY,
    "接近": Approximation.NEARLY,
    "不足": Approximation.NEARLY,
    "不到": Approximation.NEARLY,
    "约": Approximation.ABOUT,
    "大约": Approximation.ABOUT,
    "约为": Approximation.ABOUT,
    "大概": Approximation.ABOUT,
    "超过": Approximation.AT_LEAST,
    "超": Approximation.AT_LEAST,
    "逾": Approximation.AT_LEAST,
    "突破": Approximation.AT_LEAST,
    "不低于": Approximation.AT_LEAST,
    "不少于": Approximation.AT_LEAST,
    "至少": Approximation.AT_LEAST,
    "高于": Approximation.AT_LEAST,
    "大于": Approximation.AT_LEAST,
    "低于": Approximation.AT_MOST,
    "小于": Approximation.AT_MOST,
    "不超过": Approximation.AT_MOST,
    "不高于": Approximation.AT_MOST,
    "控制在": Approximation.AT_MOST,
}
AFTER = {
    "余": Approximation.AND_MORE,
    "多": Approximation.AND_MORE,
    "几": Approximation.AND_MORE,
    "左右": Approximation.ABOUT,
    "上下": Approximation.ABOUT,
    "以上": Approximation.AT_LEAST,
    "及以上": Approximation.AT_LEAST,
    "以下": Approximation.AT_MOST,
    "以内": Approximation.AT_MOST,
    "之内": Approximation.AT_MOST,
}


@dataclass(frozen=True)
class Printed:
    """A number as printed: `digits` as they stand, `decimals` after the point, `value` None where masked."""

    digits: str
    value: Fraction | None
    decimals: int
    in_words: bool = False

    @property
    def is_masked(self) -> bool:
        return self.value is None

    @cached_property
    def place(self) -> Fraction:
        """Worth of the last printed place."""
        return Fraction(1, 10**self.decimals)


_WORDS = "[零〇一二两三四五六七八九十百千]+"
# 二十八万七千, 一亿二千三百万, 九十五点七, 3亿5000万, 12万3456: one number in several pieces.
PIECES = (
    rf"{_WORDS}亿{_WORDS}万(?:{_WORDS})?|{_WORDS}[万亿]{_WORDS}(?![万亿])|{_WORDS}点[零〇一二三四五六七八九]+"
    r"|\d+(?:\.\d+)?亿\d+(?:\.\d+)?万|\d+万\d{4}(?![\d.])|\d+万\d千"
)


def read_pieces(text: str) -> tuple[Printed, int] | None:
    """A number in several pieces as one would print it in digits, and its scale: 28.7 and 10,000 of
    二十八万七千; None when it is none."""
    if not re.fullmatch(PIECES, text):
        return None
    scale = 100_000_000 if "亿" in text else 10_000 if "万" in text else 1
    if "点" in text:
        whole, _, part = text.partition("点")
        digits = f"{read_chinese(whole)}.{''.join(str(DIGITS[one]) for one in part)}"
        return Printed(digits, Fraction(digits), len(part)), 1
    value = Fraction(0)
    for name, worth in (("亿", 100_000_000), ("万", 10_000)):
        piece, found, rest = text.partition(name)
        if found:
            value += (_piece(piece) or 0) * worth
            text = rest
    value = (value + (_piece(text) or 0)) / scale
    places = next(places for places in range(9) if (value * 10**places).denominator == 1)
    digits = f"{float(value):.{places}f}"
    return Printed(digits, Fraction(digits), places), scale


def _piece(text: str) -> Fraction | None:
    if text.endswith("千") and text[:-1].isdigit():
        return Fraction(text[:-1]) * 1000
    printed = read_number(text) if text else None
    return printed.value if printed is not None else None


def read_number(text: str) -> Printed | None:
    """Read digits, Chinese numerals or a mask; None when it is no number."""
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        _whole, _, part = plain.partition(".")
        return Printed(plain, Fraction(plain), len(part))
    if re.fullmatch(rf"[\d{re.escape(MASK)}]+(?:\.[\d{re.escape(MASK)}]+)?", plain):
        _, _, part = plain.partition(".")
        return Printed(plain, None, len(part))
    value = read_chinese(plain)
    return None if value is None else Printed(plain, Fraction(value), 0, in_words=True)


def read_chinese(text: str) -> int | None:
    """The value of Chinese numerals up to 9999, or digit by digit as in years (二〇〇七)."""
    if not text or any(one not in DIGITS and one not in POWERS for one in text):
        return None
    if not any(one in POWERS for one in text):
        return int("".join(str(DIGITS[one]) for one in text)) if len(text) > 1 else DIGITS[text]
    total, digit = 0, None
    for one in text:
        if one in POWERS:
            total += (1 if digit is None else digit) * POWERS[one]
            digit = None
        else:
            digit = DIGITS[one]
    return total + (digit or 0)


def interval(
    printed: Printed, factor: Fraction, approximation: Approximation, *, rounds: bool
) -> tuple[Fraction, Fraction]:
    """Lowest and highest value meant, in the base unit. `rounds`: the number was rounded, as rates are."""
    assert printed.value is not None
    value, place = printed.value, printed.place
    if approximation is Approximation.ABOUT:
        return value * factor * Fraction(9, 10), value * factor * Fraction(11, 10)
    if approximation is Approximation.NEARLY:
        return value * factor * Fraction(85, 100), value * factor
    if approximation is Approximation.AT_LEAST:
        return value * factor, max(value * factor * 2, value * factor + 1)
    if approximation is Approximation.AT_MOST:
        return Fraction(0), value * factor
    if approximation is Approximation.AND_MORE:
        return value * factor, (value + _last_nonzero_place(printed)) * factor
    if not rounds:
        return value * factor, value * factor
    return (value - place / 2) * factor, (value + place) * factor


def _last_nonzero_place(printed: Printed) -> Fraction:
    if printed.decimals:
        return printed.place
    trailing = len(printed.digits) - len(printed.digits.rstrip("0")) if not printed.in_words else 0
    if printed.in_words:
        value = int(printed.value or 0)
        trailing = len(str(value)) - len(str(value).rstrip("0"))
    return Fraction(10**trailing)


def stands_for(printed: Printed, factor: Fraction, value: Fraction, *, padded: bool) -> bool:
    """Whether a printed number may stand for a value: rounded, truncated, or (`padded`) rounded to fewer
    places and filled up with 0, as rates are."""
    assert printed.value is not None
    stated, place = printed.value * factor, printed.place * factor
    # A hair below half a place: 98.86499 was rounded to 98.865 first, and then to 98.87.
    if stated - place * Fraction(505, 1000) <= value < stated + place:
        return True
    digits = printed.digits
    places = printed.decimals if padded else 0
    while places > 1 and digits.endswith("0"):
        digits, places = digits[:-1], places - 1
        place *= 10
        if stated - place / 2 <= value <= stated + place / 2:
            return True
    return False

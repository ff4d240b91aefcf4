"""Periods of reports: a year, half, quarter, month, or any run of months. First and last day are included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kangshu.kernel.dates import add_months, last_of_month
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class BadPeriod(Refusal, ValueError):
    """A text that names no period."""


@dataclass(frozen=True, order=True)
class Period:
    """Days from `first` to `last`, both included. Written `2026`, `2026-H1`, `2026-Q3`, `2026-09`,
    `2025-10..2026-09` when it is made of whole months, and `2026-01-05..2026-02-03` when not.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends before it begins: {self.first} to {self.last}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and self.last == last_of_month(self.last)

    def months(self) -> tuple[Period, ...]:
        """The calendar months touched by the period, clipped to it, in order."""
        parts = []
        first = self.first
        while first <= self.last:
            last = min(last_of_month(first), self.last)
            parts.append(Period(first, last))
            first = last + timedelta(days=1)
        return tuple(parts)

    def previous(self) -> Period:
        """The period of the same length just before: in months when it is of whole months, else days."""
        last = self.first - timedelta(days=1)
        if self.is_whole_months:
            return Period(add_months(self.first, -len(self.months())), last)
        return Period(last - timedelta(days=self.days - 1), last)

    def year_before(self) -> Period:
        """The same period of the year before (同期), ends of February included as such."""
        last = add_months(self.last, -12)
        if self.is_whole_months:
            last = last_of_month(last)
        return Period(add_months(self.first, -12), last)

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        if not self.is_whole_months:
            return f"{self.first}..{self.last}"
        count = len(self.months())
        year, month = self.first.year, self.first.month
        if count == 12 and month == 1:
            return f"{year}"
        if count == 6 and month in (1, 7):
            return f"{year}-H{1 if month == 1 else 2}"
        if count == 3 and month in (1, 4, 7, 10):
            return f"{year}-Q{(month + 2) // 3}"
        if count == 1:
            return f"{year}-{month:02d}"
        return f"{year}-{month:02d}..{self.last.year}-{self.last.month:02d}"

    def title(self) -> Text:
        """As a report's heading says it."""
        text = str(self)
        year = text[:4]
        if re.fullmatch(r"\d{4}", text):
            return Text(f"{year}年", year)
        if half := re.fullmatch(r"\d{4}-H([12])", text):
            return Text(f"{year}年{'上' if half[1] == '1' else '下'}半年", f"half {half[1]} of {year}")
        if quarter := re.fullmatch(r"\d{4}-Q([1-4])", text):
            return Text(f"{year}年第{'一二三四'[int(quarter[1]) - 1]}季度", f"quarter {quarter[1]} of {year}")
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return Text(f"{year}年{self.first.month}月", f"{self.first:%B} {year}")
        if self.is_whole_months:
            return Text(
                f"{year}年{self.first.month}月至{self.last.year}年{self.last.month}月",
                f"{self.first:%B %Y} to {self.last:%B %Y}",
            )
        return Text(f"{self.first}至{self.last}", f"{self.first} to {self.last}")


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def half(number: int, which: int) -> Period:
    """`which`: 1 or 2."""
    return _months(number, 6 * (which - 1) + 1, 6)


def quarter(number: int, which: int) -> Period:
    """`which`: 1 to 4."""
    return _months(number, 3 * (which - 1) + 1, 3)


def month(number: int, which: int) -> Period:
    """`which`: 1 to 12."""
    return _months(number, which, 1)


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return month(day.year, day.month)


def parse_period(text: str) -> Period:
    """Read `2026`, `2026-H1`, `2026-Q3`, `2026-09`, or two of these, or two days, joined by `..`.

    Raises `BadPeriod`.
    """
    cleaned = text.strip().upper()
    first, dots, last = cleaned.partition("..")
    try:
        if dots:
            return Period(_part(first).first, _part(last).last)
        return _part(first)
    except ValueError:
        raise BadPeriod(
            "period.form",
            Text(
                f"无法识别的统计期“{text}”。可写作 2026、2026-H1、2026-Q3、2026-09 或 2025-10..2026-09。",
                f"“{text}” is no period. Write 2026, 2026-H1, 2026-Q3, 2026-09 or 2025-10..2026-09.",
            ),
        ) from None


def _part(text: str) -> Period:
    match = re.fullmatch(r"([0-9]{4})(?:-(?:H([12])|Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?", text)
    if match is None:
        raise ValueError(text)
    number = int(match[1])
    if match[5]:
        day = date(number, int(match[4]), int(match[5]))
        return Period(day, day)
    if match[2]:
        return half(number, int(match[2]))
    if match[3]:
        return quarter(number, int(match[3]))
    if match[4]:
        return month(number, int(match[4]))
    return year(number)


def _months(number: int, first_month: int, count: int) -> Period:
    first = date(number, first_month, 1)
    return Period(first, add_months(first, count) - timedelta(days=1))

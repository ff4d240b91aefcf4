"""One series as far as a child has come in it: which doses are filled, and where the next one goes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kangshu.immunisation.forecast.schedule import Gap, Line, Series
from kangshu.kernel.dates import add_months

#: Days of birth repeat in a county, and each is asked for the same ages for every child and every dose.
age_reached = lru_cache(maxsize=65_536)(add_months)


def after(start: date, gap: Gap) -> date:
    """The first day that keeps an interval."""
    return start + timedelta(days=gap.days) if gap.days else add_months(start, gap.months)


class Course:
    """The state of one series while a history is walked through in order of days."""

    __slots__ = ("antigens", "by", "filled", "first_on", "latest_on", "lines", "live", "series")

    def __init__(self, series: Series) -> None:
        self.series = series
        self.lines = series.lines
        self.live = series.live
        self.filled: list[date | None] = [None] * len(series.lines)
        #: The antigen that fills each line.
        self.by: list[str | None] = [None] * len(series.lines)
        self.antigens: list[str] = []
        self.first_on: date | None = None
        self.latest_on: date | None = None

    def place_for(self, antigen: str) -> int | None:
        """The first open dose that an antigen fills; None when there is none."""
        for index, line in enumerate(self.lines):
            if self.filled[index] is not None:
                continue
            if antigen in (line.takes or (line.vaccine,)) or self._completes_measles(antigen, index):
                # Group A after A and C is superfluous; polio alone may be filled out of its order.
                if self.series.name == "men" and any(self.filled[index + 1 :]):
                    continue
                return index
        return None

    def _completes_measles(self, antigen: str, index: int) -> bool:
        """After an MMR in an older cohort any vaccine with measles makes the second dose (norms B4)."""
        takes = self.lines[0].takes
        return self.series.name == "measles" and index == 1 and antigen in takes and "MMR" in self.antigens

    def fill(self, index: int, antigen: str, on: date) -> None:
        """Count a dose."""
        self.filled[index] = on
        self.by[index] = antigen
        self.note(antigen, on)

    def note(self, antigen: str, on: date) -> None:
        """Remember a counted dose that is not one of the lines (DT after DTaP)."""
        self.antigens.append(antigen)
        if self.first_on is None:
            self.first_on = on
        self.latest_on = on


def age_of(line: Line, leaflet: bool) -> int:
    """The minimum age of a line in months; a product outside the programme follows its leaflet."""
    return line.leaflet_age if leaflet and line.leaflet_age is not None else line.age

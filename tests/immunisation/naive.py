"""A second forecaster, slow and simple: it walks through days and asks of each whether a dose may be given.

It shares no code with `kangshu.immunisation.forecast`: ages are counted by comparing calendar fields, the
table is text, and what a child may get is a set of questions put to one day. It knows the edition of today
(null with `as_of` from 2026-06-17), which is where the random histories live.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)

# vaccine dose age-in-months limit-in-months(-: none) interval (d days, m months) upper-age-in-months
COMMON = """
HepB 1 0 D1 - 216 | HepB 2 1 - 28d 216 | HepB 3 6 12 60d 216
BCG 1 0 3 - 48
MMR 1 8 12 - 180 | MMR 2 18 24 28d 180
MPSV-A 1 6 12 - 24 | MPSV-A 2 9 24 3m 24 | MPSV-AC 3 36 48 12m 216 | MPSV-AC 4 72 84 36m 216
"""
HEPB_SMALL = "HepB 1 0 D1 - 216 | HepB 2 1 - 28d 216 | HepB 3 2 - 28d 216 | HepB 4 7 12 60d 216"
POLIO_NEW = "IPV 1 2 - 28d 216 | IPV 2 3 - 28d 216 | bOPV 3 4 12 28d 216 | bOPV 4 48 60 28d 216"
POLIO_OLD = "IPV 1 2 - 28d 216 | bOPV 2 3 - 28d 216 | bOPV 3 4 12 28d 216 | bOPV 4 48 60 28d 216"
DTAP_NEW = (
    "DTaP 1 2 - 28d 84 | DTaP 2 4 - 28d 84 | DTaP 3 6 12 28d 84 | DTaP 4 18 24 6m 84 | DTaP 5 72 84 12m 84"
)
DTAP_OLD = (
    "DTaP 1 3 - 28d 84 | DTaP 2 4 - 28d 84 | DTaP 3 5 12 28d 84 | DTaP 4 18 24 6m 84 | DTaP 5 72 84 12m 84"
)
JE = {
    "live": "JE-L 1 8 12 - 216 | JE-L 2 24 36 12m 216",
    "inactivated": "JE-I 1 8 12 - 216 | JE-I 2 8 12 7d 216 | JE-I 3 24 36 1m 216 | JE-I 4 72 84 36m 216",
}
HEPA = {"live": "HepA-L 1 18 24 - 216", "inactivated": "HepA-I 1 18 24 - 216 | HepA-I 2 24 36 6m 216"}
HPV = "2vHPV 1 156 168 - 216 | 2vHPV 2 162 F12 5m 216"

CONTENTS = {
    "DTaP-IPV-Hib": ("DTaP", "IPV"),
    "MMRV": ("MMR",),
    "MCV4": ("MCV",),
    "VarV": (),
    "PCV13": (),
    "IG": (),
}
# What they contain beyond the programme, which makes two of them on one day a duplicate.
ALSO = {"MMRV": ("MMR", "varicella"), "VarV": ("varicella",), "PCV13": ("PCV13",)}
KNOWN = {
    *("HepB", "BCG", "IPV", "bOPV", "tOPV", "DTaP", "DT", "MMR", "MR", "JE-L", "JE-I", "MPSV-A", "MPSV-AC"),
    *("HepA-L", "HepA-I", "2vHPV", *CONTENTS),
}
LIVE = {"BCG", "MMR", "MR", "MMRV", "JE-L", "HepA-L", "VarV"}
FAMILIES = [
    {"HepB"},
    {"BCG"},
    {"IPV", "bOPV", "tOPV"},
    {"DTaP", "DT"},
    {"MMR", "MR", "MMRV"},
    {"JE-L", "JE-I"},
    {"MPSV-A", "MPSV-AC", "MCV", "MCV4"},
    {"HepA-L", "HepA-I"},
    {"2vHPV"},
]
FORBIDDEN = {
    "hiv_exposed": {"BCG", "bOPV", "JE-L", "HepA-L"},
    "hiv_infected": {"BCG", "bOPV", "JE-L", "HepA-L"},
    "hiv_infected_asymptomatic": {"BCG", "bOPV", "JE-L", "HepA-L"},
    "hiv_infected_symptomatic": {"BCG", "bOPV", "MMR", "JE-L", "HepA-L"},
    "immune_deficiency": {"BCG", "bOPV", "MMR", "JE-L", "HepA-L"},
}


def family(code: str) -> int:
    """Which group of vaccines a code belongs to; -1 for none."""
    return next((at for at, codes in enumerate(FAMILIES) if code in codes), -1)


def last_day(on: date) -> bool:
    """Whether a day ends its month."""
    return (on + DAY).month != on.month


def months_old(start: date, on: date, months: int) -> bool:
    """Whether `months` calendar months have passed: the day number is reached, or the month is at its end."""
    passed = (on.year - start.year) * 12 + on.month - start.month
    if passed != months:
        return passed > months
    return on.day >= start.day or last_day(on)


def first_day(start: date, months: int) -> date:
    """The first day on which `months` have passed, found by looking at one day after another."""
    on = start + months * 28 * DAY
    while not months_old(start, on, months):
        on += DAY
    return on


def kept(start: date, on: date, interval: str) -> bool:
    """Whether an interval such as 28d or 6m lies between two days."""
    if interval == "-":
        return True
    size, unit = int(interval[:-1]), interval[-1]
    return (on - start).days >= size if unit == "d" else months_old(start, on, size)


@dataclass
class Row:
    """One line of the table."""

    vaccine: str
    dose: int
    age: int
    limit: str
    interval: str
    upper: int
    given: date | None = None
    by: str = ""

    @property
    def name(self) -> str:
        return f"{self.vaccine} {self.dose}"


def rows_of(text: str) -> list[Row]:
    """The lines of a piece of table."""
    found = []
    for line in text.replace("\n", "|").split("|"):
        if line.strip():
            vaccine, dose, age, limit, interval, upper = line.split()
            found.append(Row(vaccine, int(dose), int(age), limit, interval, int(upper)))
    return found


@dataclass
class Naive:
    """One child's forecast, asked day by day."""

    birth: date
    as_of: date
    girl: bool
    states: list[str]
    je: str
    hepa: str
    history: list[tuple[str, date]]
    globulin: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = self._table()
        self.live: list[tuple[str, date]] = []
        self.dt: list[date] = []
        self.verdicts = ["" for _ in self.history]
        # Before the change there was no other oral vaccine than the trivalent one.
        self.history = [
            ("tOPV" if code == "bOPV" and on < date(2016, 5, 1) else code, on) for code, on in self.history
        ]
        for code, on in self.history:
            if code == "IG" and self.birth <= on <= self.as_of:
                self.globulin.append(on)
        for at in sorted(range(len(self.history)), key=lambda at: (self.history[at][1], at)):
            self.verdicts[at] = self._judge(at)

    def _table(self) -> list[Row]:
        mother = "mother_hbsag_positive" in self.states or "mother_hbsag_unknown" in self.states
        small = mother and "birth_weight_under_2000" in self.states
        rows = [row for row in rows_of(COMMON) if not (small and row.vaccine == "HepB")]
        if small:
            rows = rows_of(HEPB_SMALL) + rows
        rows += rows_of(POLIO_NEW if self.birth >= date(2019, 10, 1) else POLIO_OLD)
        rows += rows_of(DTAP_NEW if self.birth >= date(2024, 11, 1) else DTAP_OLD)
        rows += rows_of(JE[self._begun("JE-L", "JE-I", 8) or self.je])
        rows += rows_of(HEPA[self._begun("HepA-L", "HepA-I", 18) or self.hepa])
        return rows + rows_of(HPV)

    def _begun(self, live: str, inactivated: str, months: int) -> str | None:
        for on in sorted({on for code, on in self.history if code in (live, inactivated)}):
            if self.birth <= on <= self.as_of and months_old(self.birth, on, months):
                here = [code for code, day in self.history if day == on and code in (live, inactivated)]
                return (
                    "inactivated"
                    if live not in here
                    else "live"
                    if inactivated not in here
                    else "inactivated"
                )
        return None

    def series(self, code: str) -> list[Row]:
        """The rows of a code's family."""
        return [row for row in self.rows if family(row.vaccine) == family(code)]

    def days(self, code: str) -> list[date]:
        """When counted doses of a family were given."""
        days = [row.given for row in self.series(code) if row.given]
        return sorted(days + (self.dt if code in ("DTaP", "DT") else []))

    # --- the past -------------------------------------------------------------------------------------------

    def _judge(self, at: int) -> str:
        code, on = self.history[at]
        if code not in KNOWN:
            return "unknown_vaccine"
        if on < self.birth:
            return "before_birth"
        if on > self.as_of:
            return "after_as_of"
        if code == "IG":
            return "surplus"
        contents = CONTENTS.get(code, (code,))
        earlier = {
            each
            for other, (named, day) in enumerate(self.history)
            if day == on and other < at
            for each in ALSO.get(named, CONTENTS.get(named, (named,)))
        }
        found = [self._judge_one(code, each, on, earlier) for each in contents or ALSO.get(code, (code,))]
        if code in LIVE:
            self.live.append((code, on))
        if "counted" in found:
            return "counted"
        return next((each for each in found if each != "surplus"), "surplus")

    def _judge_one(self, code: str, antigen: str, on: date, earlier: set[str]) -> str:
        if antigen in earlier:
            return "duplicate"
        if family(antigen) < 0:
            return (
                "live_too_close" if self._near_live(code, on) else self._near_globulin(code, on) or "surplus"
            )
        if antigen == "2vHPV" and not self.girl:
            return "surplus"
        if antigen == "DT":
            return self._judge_dt(on)
        row = self._place(antigen)
        if isinstance(row, str):
            return row
        why = self._too_early(row, on, leaflet=code in CONTENTS or antigen == "IPV")
        if why:
            return why
        if self._near_live(code, on):
            return "live_too_close"
        if self._near_globulin(code, on):
            return "after_immunoglobulin"
        row.given, row.by = on, antigen
        if antigen == "MMR":
            self.mmr = True
        return "counted"

    def _place(self, antigen: str) -> Row | str:
        rows = self.series(antigen)
        open_rows = [row for row in rows if row.given is None]
        if antigen in ("JE-L", "JE-I", "HepA-L", "HepA-I") and rows[0].vaccine != antigen:
            return "mixed_products"
        if antigen == "MCV":
            if any(row.given for row in rows[2:]):
                open_rows = [row for row in open_rows if row.dose > 2]
            return open_rows[0] if open_rows else "surplus"
        if antigen == "MPSV-A" and any(row.given for row in rows[2:]):
            return "surplus"
        if antigen in ("IPV", "tOPV"):
            return open_rows[0] if open_rows else "surplus"
        if antigen == "MR":
            if not open_rows:
                return "surplus"
            old = self.birth < date(2019, 10, 1)
            return (
                open_rows[0] if old and (open_rows[0].dose == 1 or hasattr(self, "mmr")) else "wrong_product"
            )
        wanted = [row for row in open_rows if row.vaccine == antigen]
        return wanted[0] if wanted else "surplus"

    def _too_early(self, row: Row, on: date, *, leaflet: bool) -> str:
        age = row.age
        if leaflet:
            by_leaflet = {"MPSV-A 1": 3, "MPSV-A 2": 3, "MPSV-AC 3": 24, "bOPV 4": 18}
            combined = {"DTaP 1": 2, "DTaP 2": 3, "DTaP 3": 4} if self.birth < date(2024, 11, 1) else {}
            combined |= {"DTaP 2": 3, "DTaP 3": 4}
            age = (by_leaflet | combined).get(row.name, age)
        if not months_old(self.birth, on, age):
            return "before_minimum_age"
        days = self.days(row.vaccine)
        interval = "28d" if leaflet and row.vaccine == "MPSV-A" and row.dose == 2 else row.interval
        if days and not kept(days[-1], on, interval):
            return "before_minimum_interval"
        if row.name == self._last_hepb() and days and not months_old(days[0], on, 4):
            return "before_minimum_interval"
        return ""

    def _last_hepb(self) -> str:
        return "HepB 4" if any(row.name == "HepB 4" for row in self.rows) else "HepB 3"

    def _near_live(self, code: str, on: date) -> bool:
        if code not in LIVE:
            return False
        for other, day in self.live:
            same = family(other) == family(code) if family(code) >= 0 else other == code
            if not same and 0 < (on - day).days < 28:
                return True
        return False

    def _near_globulin(self, code: str, on: date) -> str:
        if code not in LIVE or code == "BCG":
            return ""
        near = any(day <= on and not months_old(day, on, 3) for day in self.globulin)
        return "after_immunoglobulin" if near else ""

    def _judge_dt(self, on: date) -> str:
        dtap = sum(row.given is not None for row in self.series("DTaP"))
        if dtap >= 5 or (dtap + len(self.dt) >= 3 and self.dt):
            return "surplus"
        if not months_old(self.birth, on, 72):
            return "before_minimum_age"
        days = self.days("DTaP")
        if days and not kept(days[-1], on, self._dt_interval(dtap, dtap + len(self.dt))):
            return "before_minimum_interval"
        self.dt.append(on)
        return "counted"

    @staticmethod
    def _dt_interval(dtap: int, total: int) -> str:
        if total < 3:
            return ("-", "1m", "6m")[total]
        return "6m" if dtap <= 3 else "12m"

    # --- the future -----------------------------------------------------------------------------------------

    def answer(self) -> dict[str, tuple[str, date | None]]:
        """Status and earliest day of each dose; no day where it is given or not to be given."""
        found: dict[str, tuple[str, date | None]] = {}
        for code in ("HepB", "BCG", "IPV", "DTaP", "MMR", "JE-L", "MPSV-A", "HepA-L", "2vHPV"):
            days = self.days(code)
            for row in self.series(code):
                status, on = self._ask(row, days)
                found[row.name] = (status, on)
                if status in ("due", "overdue", "not_yet"):
                    assert on is not None
                    days = sorted([*days, max(on, self.as_of)])
        for number, (status, on) in enumerate(self._dt_rows(), start=1):
            found[f"DT {number}"] = (status, on)
        return found

    def _ask(self, row: Row, days: list[date]) -> tuple[str, date | None]:
        if row.given:
            return ("not_needed" if row.vaccine == "IPV" and row.by == "tOPV" else "done"), None
        if row.vaccine == "2vHPV" and (not self.girl or self.birth < date(2011, 11, 10)):
            return "not_needed", None
        if row.vaccine == "MPSV-A" and any(other.given for other in self.series("MPSV-A")[2:]):
            return "not_needed", None
        if row.name == "DTaP 5" and self.dt:
            return "not_needed", None
        too_old = months_old(self.birth, self.as_of, row.upper)
        if not too_old and any(row.vaccine in FORBIDDEN.get(state, ()) for state in self.states):
            return "contraindicated", None
        on = self.birth + row.age * 28 * DAY
        if days:
            on = max(on, days[-1])
        while not self._may(row, on, days):
            on += DAY
        if too_old or months_old(self.birth, on, row.upper):
            return "aged_out", None
        if self.as_of < on:
            return "not_yet", on
        return ("overdue" if self._past(row, days) else "due"), on

    def _may(self, row: Row, on: date, days: list[date]) -> bool:
        if not months_old(self.birth, on, row.age):
            return False
        if days and not kept(days[-1], on, row.interval):
            return False
        if row.name == self._last_hepb() and days and not months_old(days[0], on, 4):
            return False
        return row.vaccine not in LIVE or self._may_live(row, on)

    def _may_live(self, row: Row, on: date) -> bool:
        for other, day in self.live:
            if family(other) == family(row.vaccine):
                continue
            if day == self.as_of and on <= day:
                continue
            if (on - day).days < 28:
                return False
        return row.vaccine == "BCG" or all(months_old(day, on, 3) for day in self.globulin)

    def _past(self, row: Row, days: list[date]) -> bool:
        if row.limit == "-":
            return False
        if row.limit == "D1":
            return (self.as_of - self.birth).days > 1
        if row.limit == "F12":
            return bool(days) and months_old(days[0], self.as_of - DAY, 12)
        return months_old(self.birth, self.as_of - DAY, int(row.limit))

    def _dt_rows(self) -> list[tuple[str, date | None]]:
        rows: list[tuple[str, date | None]] = [("done", None) for _ in self.dt]
        dtap = sum(row.given is not None for row in self.series("DTaP"))
        total, days = dtap + len(self.dt), self.days("DTaP")
        if not months_old(self.birth, self.as_of, 84) or dtap >= 5 or (total >= 3 and self.dt):
            return rows
        if total >= 3 and months_old(self.birth, self.as_of, 144):
            return rows
        for have in range(total, max(3, total + 1)):
            on = self.birth + 84 * 28 * DAY
            if days:
                on = max(on, days[-1])
            interval = self._dt_interval(dtap, have)
            while not (months_old(self.birth, on, 84) and (not days or kept(days[-1], on, interval))):
                on += DAY
            if have < 3 and months_old(self.birth, max(on, self.as_of), 144):
                return rows  # the adults' vaccine from here on: not compared
            if months_old(self.birth, on, 144):
                rows.append(("aged_out", None))
                return rows
            rows.append(("not_yet" if self.as_of < on else "due", on))
            days = sorted([*days, max(on, self.as_of)])
        return rows

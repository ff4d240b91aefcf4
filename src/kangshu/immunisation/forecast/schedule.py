"""The schedule itself: every dose with its minimum age, time limit and minimum interval, by edition and
cohort.

A line reads: vaccine and dose number as the 2026 table numbers them, minimum age in full months, the age by
which it is in time (months; the last day is the day that age is reached), the minimum interval to the dose
before. `tag` says how sure the source is: V checked against copies of the published table, M1 to M3 from
memory with falling certainty. What an M2 or M3 says is a parameter, not a law.

Which lines a child gets: the edition in force on `as_of` (or the one asked for), and inside it the cohort's
own lines by birth date: `plan_for`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kangshu.kernel.dates import add_months

EDITION_2026 = "国家免疫规划疫苗儿童免疫程序及说明（2026年版）"
EDITION_2021 = "国家免疫规划疫苗儿童免疫程序及说明（2021年版）"
EDITION_2016 = "国家免疫规划儿童免疫程序及说明（2016年版）"


@dataclass(frozen=True, slots=True)
class Gap:
    """A minimum interval: calendar months (clamped to the month's end) or days, both ends inclusive."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One dose of the schedule. Ages are full calendar months since birth."""

    vaccine: str
    number: int
    age: int
    before: int | None = None
    gap: Gap | None = None
    source: str = ""
    tag: str = "V"
    #: Antigens that fill this dose; the vaccine's own unless said.
    takes: tuple[str, ...] = ()
    #: Minimum interval to the first dose of the series.
    from_first: Gap | None = None
    #: The interval that is recommended, where it is longer than the minimum.
    usual_gap: Gap | None = None
    #: Time limit in days after birth, or in months after the first dose, instead of an age.
    before_days: int | None = None
    before_from_first: Gap | None = None
    #: Minimum age for a product outside the programme, by its leaflet.
    leaflet_age: int | None = None
    #: From this age in months the dose is no longer given.
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The doses of one vaccine, in order."""

    name: str
    lines: tuple[Line, ...]
    live: bool = False


ADULT = 216  # 18 full years in months: the programme is for those who are younger
DAYS_28 = Gap(days=28)

# fmt: off
HEPB = Series("hepb", (
    Line("HepB", 1, 0, before_days=1, until=ADULT, source="2026 程序表；出生后24小时内"),
    Line("HepB", 2, 1, None, DAYS_28, until=ADULT, source="2026 程序表"),
    Line("HepB", 3, 6, 12, Gap(days=60), from_first=Gap(months=4), until=ADULT,
         source="2026 程序表；第1、3剂间隔≥4个月 [M1]"),
))
# Mother HBsAg positive or unknown and a birth weight under 2000 g: one dose at birth that does not replace
# the three at full 1, 2 and 7 months (norms B3).
HEPB_UNDER_2000 = Series("hepb", (
    Line("HepB", 1, 0, before_days=1, until=ADULT, source="特殊健康状态：母亲HBsAg阳性或不详且<2000克"),
    Line("HepB", 2, 1, None, DAYS_28, until=ADULT, source="同上，满1月龄"),
    Line("HepB", 3, 2, None, DAYS_28, until=ADULT, source="同上，满2月龄"),
    Line("HepB", 4, 7, 12, Gap(days=60), from_first=Gap(months=4), until=ADULT, source="同上，满7月龄"),
))
BCG = Series("bcg", (
    Line("BCG", 1, 0, 3, until=48, source="2026 程序表；≥4岁不再补种"),
), live=True)
_IPV, _OPV = ("IPV", "tOPV"), ("bOPV", "IPV", "tOPV")
# The first IPV has an interval too: an oral dose may have come before it.
POLIO_2_IPV = Series("polio", (
    Line("IPV", 1, 2, None, DAYS_28, until=ADULT, takes=_IPV, source="2026 程序表"),
    Line("IPV", 2, 3, None, DAYS_28, until=ADULT, takes=_IPV, source="2026 程序表"),
    Line("bOPV", 3, 4, 12, DAYS_28, until=ADULT, takes=_OPV, source="2026 程序表"),
    Line("bOPV", 4, 48, 60, DAYS_28, until=ADULT, takes=_OPV, leaflet_age=18, tag="M1",
         source="2026 程序表；间隔 [M1]；含IPV疫苗按说明书第4剂18月龄"),
))
# The same table asked for by name for a child born before two IPV were the rule: an oral dose that was right
# in its day is the second one.
POLIO_2_IPV_OR_ORAL = replace(
    POLIO_2_IPV,
    lines=tuple(
        replace(line, takes=_OPV) if (line.vaccine, line.number) == ("IPV", 2) else line
        for line in POLIO_2_IPV.lines
    ),
)
POLIO_1_IPV = Series("polio", (
    Line("IPV", 1, 2, None, DAYS_28, until=ADULT, takes=_IPV, tag="M1", source="2016 程序表"),
    Line("bOPV", 2, 3, None, DAYS_28, until=ADULT, takes=_OPV, tag="M1", source="2016 程序表"),
    Line("bOPV", 3, 4, 12, DAYS_28, until=ADULT, takes=_OPV, tag="M1", source="2016 程序表"),
    Line("bOPV", 4, 48, 60, DAYS_28, until=ADULT, takes=_OPV, leaflet_age=18, tag="M1", source="2016 程序表"),
))
POLIO = {"one_ipv": POLIO_1_IPV, "two_ipv": POLIO_2_IPV, "two_ipv_or_oral": POLIO_2_IPV_OR_ORAL}
# The first DTaP has an interval too: DT may have come before it.
DTAP_246 = Series("dtp", (
    Line("DTaP", 1, 2, None, DAYS_28, until=84, source="2026 程序表；2025-01-01 起"),
    Line("DTaP", 2, 4, None, DAYS_28, until=84, leaflet_age=3, source="2026 程序表；2025-01-01 起"),
    Line("DTaP", 3, 6, 12, DAYS_28, until=84, leaflet_age=4, source="2026 程序表；2025-01-01 起"),
    Line("DTaP", 4, 18, 24, Gap(months=6), until=84, source="2026 程序表"),
    Line("DTaP", 5, 72, 84, Gap(months=12), until=84, source="2026 程序表；取代6岁白破"),
))
# Children who began under 3-4-5 go on with it and have the fifth dose at six (norms B1.2).
DTAP_345_AND_6 = Series("dtp", (
    Line("DTaP", 1, 3, None, DAYS_28, until=84, leaflet_age=2, tag="M2", source="百白破过渡：3-4-5月龄程序"),
    Line("DTaP", 2, 4, None, DAYS_28, until=84, leaflet_age=3, tag="M2", source="同上"),
    Line("DTaP", 3, 5, 12, DAYS_28, until=84, leaflet_age=4, tag="M2", source="同上"),
    Line("DTaP", 4, 18, 24, Gap(months=6), until=84, tag="M2", source="同上"),
    Line("DTaP", 5, 72, 84, Gap(months=12), until=84, tag="M2", source="同上；满6岁第5剂"),
))
DTAP_345 = Series("dtp", (
    Line("DTaP", 1, 3, None, DAYS_28, until=72, leaflet_age=2, source="2021 程序表"),
    Line("DTaP", 2, 4, None, DAYS_28, until=72, leaflet_age=3, source="2021 程序表"),
    Line("DTaP", 3, 5, 12, DAYS_28, until=72, leaflet_age=4, source="2021 程序表"),
    Line("DTaP", 4, 18, 24, Gap(months=6), until=72, source="2021 程序表"),
))
# DT: routine at six until the 2021 edition, since 2025 only to catch up from seven to eleven (norms B4).
DT_ROUTINE = Line("DT", 1, 72, 84, until=144, source="2021 程序表；6岁白破")
DT_CATCH_UP = Line("DT", 1, 84, None, until=144, source="2026 补种：7～11岁用白破")
DT_GAPS = (None, Gap(months=1), Gap(months=6))  # by how many DTaP and DT doses stand, until there are three
DT_AFTER_THREE, DT_AFTER_FOUR = Gap(months=6), Gap(months=12)  # [M2]
ADULT_DT_AGE = 144

MMR_UNTIL = 180  # catch-up to 14 full years (norms B4)
MMR_TWO = Series("measles", (
    Line("MMR", 1, 8, 12, None, until=MMR_UNTIL, source="2026 程序表"),
    Line("MMR", 2, 18, 24, DAYS_28, until=MMR_UNTIL, source="2026 程序表"),
), live=True)
# Born before 2019-10-01: two doses with measles, one each with mumps and rubella, whatever the product.
MMR_CATCH_UP = Series("measles", (
    Line("MMR", 1, 8, 12, None, takes=("MMR", "MR", "M"), until=MMR_UNTIL, tag="M1", source="2020-06 起补种"),
    Line("MMR", 2, 18, 24, DAYS_28, until=MMR_UNTIL, tag="M1", source="2020-06 起补种"),
), live=True)
MR_THEN_MMR = Series("measles", (
    Line("MR", 1, 8, 12, None, takes=("MR", "MMR", "M"), until=MMR_UNTIL, tag="M1", source="2016 程序表"),
    Line("MMR", 2, 18, 24, DAYS_28, until=MMR_UNTIL, tag="M1", source="2016 程序表"),
), live=True)
JE_LIVE = Series("je", (
    Line("JE-L", 1, 8, 12, None, until=ADULT, source="2026 程序表"),
    Line("JE-L", 2, 24, 36, Gap(months=12), until=ADULT, source="2026 程序表"),
), live=True)
JE_INACTIVATED = Series("je", (
    Line("JE-I", 1, 8, 12, None, until=ADULT, source="2026 程序表"),
    Line("JE-I", 2, 8, 12, Gap(days=7), until=ADULT, source="2026 程序表；第1、2剂间隔7～10天"),
    Line("JE-I", 3, 24, 36, Gap(months=1), until=ADULT, source="2026 程序表；间隔1～12个月 [M1]"),
    Line("JE-I", 4, 72, 84, Gap(months=36), until=ADULT, source="2026 程序表；间隔≥3年 [M1]"),
))
_A, _AC = ("MPSV-A", "MCV-AC"), ("MPSV-AC", "MPSV-4", "MCV-AC")
MENINGOCOCCAL = Series("men", (
    Line("MPSV-A", 1, 6, 12, None, takes=_A, leaflet_age=3, until=24,
         source="2026 程序表；满24月龄不再补种A群"),
    Line("MPSV-A", 2, 9, 24, Gap(months=3), takes=_A, leaflet_age=3, until=24,
         source="2026 程序表；满24月龄不再补种A群"),
    Line("MPSV-AC", 3, 36, 48, Gap(months=12), takes=_AC, leaflet_age=24, until=ADULT,
         source="2026 程序表；与A群末剂间隔≥12个月"),
    Line("MPSV-AC", 4, 72, 84, Gap(months=36), takes=_AC, until=ADULT, source="2026 程序表"),
))
HEPA_LIVE = Series("hepa", (
    Line("HepA-L", 1, 18, 24, None, until=ADULT, source="2026 程序表"),
), live=True)
HEPA_INACTIVATED = Series("hepa", (
    Line("HepA-I", 1, 18, 24, None, until=ADULT, source="2026 程序表"),
    Line("HepA-I", 2, 24, 36, Gap(months=6), until=ADULT, source="2026 程序表"),
))
HPV = Series("hpv", (
    Line("2vHPV", 1, 156, 168, None, takes=("HPV",), leaflet_age=108, until=ADULT,
         source="2025-11-10 起；2011-11-10 及以后出生 [M2]"),
    Line("2vHPV", 2, 162, None, Gap(months=5), takes=("HPV",), usual_gap=Gap(months=6),
         before_from_first=Gap(months=12), leaflet_age=108, until=ADULT, tag="M3",
         source="2025-11-10 起；间隔6个月，最短5个月 [M3]，12个月内完成"),
))
# fmt: on

HPV_FROM = date(2025, 11, 10)
HPV_BORN_FROM = date(2011, 11, 10)
DTAP_CHANGED_ON = date(2025, 1, 1)
TWO_IPV_BORN_FROM = date(2019, 10, 1)
TWO_MMR_BORN_FROM = date(2019, 10, 1)
MMR_FROM = date(2020, 6, 1)
TOPV_UNTIL = date(2016, 5, 1)

#: Editions and the day each came into force. 2025 is the 2021 edition with the changed DTaP plan.
EDITIONS: tuple[tuple[str, date], ...] = (
    ("2016", date(2016, 12, 6)),
    ("2021", date(2021, 3, 1)),
    ("2025", DTAP_CHANGED_ON),
    ("2026", date(2026, 6, 17)),
)
EDITION_CODES = tuple(code for code, _ in EDITIONS)


def edition_on(as_of: date) -> str:
    """The edition in force on a day; the oldest one known for days before it."""
    found = EDITIONS[0][0]
    for code, from_on in EDITIONS:
        if from_on <= as_of:
            found = code
    return found


def dtap_variant_of(birth: date) -> str:
    """Whoever reaches two months on or after 2025-01-01 follows 2-4-6, all others 3-4-5 (norms B1.2)."""
    return "2-4-6" if add_months(birth, 2) >= DTAP_CHANGED_ON else "3-4-5"


@dataclass(frozen=True, slots=True)
class PlanKey:
    """Everything about a child that decides which lines count."""

    edition: str
    dtap: str
    polio: str
    measles: str
    je: str
    hepa: str
    four_hepb: bool
    hpv: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The series a child follows; `dt` is the line of the DT dose after them, routine or to catch up."""

    key: PlanKey
    series: tuple[Series, ...]
    dt: Line
    routine_dt: bool


@lru_cache(maxsize=1024)
def plan_of(key: PlanKey) -> Plan:
    """The lines for a key."""
    old = key.edition in ("2016", "2021")
    changed = DTAP_246 if key.dtap == "2-4-6" else DTAP_345_AND_6
    dtap = DTAP_345 if old else changed
    men = MENINGOCOCCAL
    if key.edition != "2026":
        first, second, *rest = men.lines
        men = replace(
            men, lines=(first, replace(second, before=18, source="2021 程序表；<18月龄完成"), *rest)
        )
    measles = {"two": MMR_TWO, "catch_up": MMR_CATCH_UP, "mr": MR_THEN_MMR}[key.measles]
    series = [
        HEPB_UNDER_2000 if key.four_hepb else HEPB,
        BCG,
        POLIO[key.polio],
        dtap,
        measles,
        JE_LIVE if key.je == "live" else JE_INACTIVATED,
        men,
        HEPA_LIVE if key.hepa == "live" else HEPA_INACTIVATED,
    ]
    if key.hpv:
        series.append(HPV)
    return Plan(key, tuple(series), DT_ROUTINE if old else DT_CATCH_UP, old)


def plan_for(
    *,
    birth: date,
    as_of: date,
    edition: str | None,
    dtap_variant: str | None,
    je: str,
    hepa: str,
    four_hepb: bool,
) -> Plan:
    """The plan of one child.

    Without an edition: the one in force on `as_of`, with polio and measles by birth cohort. With one: its own
    table. The DTaP plan inside 2025 and 2026 is always the cohort's, because the change says so itself.
    """
    chosen = edition or edition_on(as_of)
    if edition is None:
        polio = "two_ipv" if birth >= TWO_IPV_BORN_FROM else "one_ipv"
        measles = "two" if birth >= TWO_MMR_BORN_FROM else ("catch_up" if as_of >= MMR_FROM else "mr")
        hpv = as_of >= HPV_FROM
    else:
        later = "two_ipv" if birth >= TWO_IPV_BORN_FROM else "two_ipv_or_oral"
        polio = "one_ipv" if chosen == "2016" else later
        measles = "mr" if chosen == "2016" else ("two" if birth >= TWO_MMR_BORN_FROM else "catch_up")
        hpv = chosen == "2026" or (chosen == "2025" and as_of >= HPV_FROM)
    dtap = dtap_variant or dtap_variant_of(birth)
    return plan_of(PlanKey(chosen, dtap, polio, measles, je, hepa, four_hepb, hpv))

"""Enumerated, due, done, refused, contraindicated; coverage of those who should be vaccinated (norms K8)."""

from __future__ import annotations

from kangshu.catalogue.screening.hepatitis_b_catch_up.forms import ENUMERATION, ID, SOURCE
from kangshu.catalogue.screening.hepatitis_b_catch_up.schedule import IS_HEPATITIS_B
from kangshu.declare import Direction, Indicator, Text
from kangshu.declare.expression import Expression, case, performed_on, period, records
from kangshu.declare.terms import IN_PERIOD

LISTED = records(ENUMERATION.id).where(performed_on <= period.last)
IN_CAMPAIGN = records(ENUMERATION.id).where(IN_PERIOD)
LAST = LISTED.last()
SHOULD = IN_CAMPAIGN.exists() & LAST.assessment("should").equals(True)
GIVEN = records("immunisation.dose").where(
    IS_HEPATITIS_B & (performed_on <= period.last) & (performed_on >= case.opened_on)
)
SHOULD_WORDS = Text("期内摸底的应种人数（不含HBsAg阳性、已免疫和禁忌）", "people who should be vaccinated")


def _count(name: str, zh: str, en: str, numerator: Expression, aliases: tuple[str, ...] = ()) -> Indicator:
    return Indicator(
        id=f"hepatitis_b_catch_up.{name}",
        version=1,
        title=Text(f"乙肝疫苗补种{zh}", f"Hepatitis B catch-up: {en}"),
        unit="人",
        numerator=numerator,
        case_kind=ID,
        decimals=0,
        numerator_words=Text(f"期内摸底者中{zh}", f"of those enumerated in the period: {en}"),
        aliases=aliases,
        source=SOURCE,
    )


def _coverage(name: str, zh: str, en: str, numerator: Expression, aliases: tuple[str, ...] = ()) -> Indicator:
    return Indicator(
        id=f"hepatitis_b_catch_up.{name}",
        version=1,
        title=Text(f"乙肝疫苗补种{zh}", f"Hepatitis B catch-up: {en}"),
        unit="%",
        numerator=numerator,
        denominator=SHOULD,
        case_kind=ID,
        direction=Direction.UP,
        numerator_words=Text("其中已接种人数", "of these, vaccinated"),
        denominator_words=SHOULD_WORDS,
        aliases=aliases,
        source=SOURCE,
    )


INDICATORS = (
    _count(
        "enumerated", "摸底人数", "people enumerated", IN_CAMPAIGN.exists(), ("摸底目标人数", "补种摸底人数")
    ),
    _count("should", "应种人数", "people who should be vaccinated", SHOULD, ("应种人数", "补种应种人数")),
    _count("done", "实种人数", "people vaccinated", SHOULD & GIVEN.exists(), ("实种人数", "补种人数")),
    *(
        _count(name, zh, en, IN_CAMPAIGN.exists() & LAST.assessment("outcome").equals(name))
        for name, zh, en in (
            ("refused", "拒种人数", "people who refused"),
            ("contraindicated", "禁忌人数", "people with a contraindication"),
            ("infected", "HBsAg阳性人数", "people with HBsAg"),
            ("away", "外出人数", "people away"),
        )
    ),
    _coverage("coverage", "接种率", "coverage", GIVEN.exists(), ("补种率", "乙肝疫苗补种率", "补种接种率")),
    _coverage(
        "full_course",
        "全程接种率",
        "all missing doses given",
        GIVEN.count() >= LAST.assessment("missing"),
        ("补种全程接种率",),
    ),
)

"""Same-year issue rate, and how many were issued, replaced and reissued (norms H2)."""

from __future__ import annotations

from kangshu.catalogue.maternal.birth_certificate.forms import FIRST, REISSUE, REPLACEMENT, SOURCE
from kangshu.declare import Counts, Direction, Form, Indicator, Months, Text
from kangshu.declare.expression import performed_on, period, person, records
from kangshu.declare.terms import IN_PERIOD, YEAR_FIRST


def _number(id: str, zh: str, en: str, form: Form, aliases: tuple[str, ...]) -> Indicator:
    return Indicator(
        id=f"birth_certificate.{id}",
        version=1,
        title=Text(zh, en),
        unit="份",
        numerator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=form.id,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内份数", "in the period"),
        aliases=aliases,
        source=SOURCE,
    )


INDICATORS = (
    Indicator(
        id="birth_certificate.same_year_rate",
        version=1,
        title=Text("出生医学证明当年签发率", "Certificates issued in the year of birth"),
        unit="%",
        numerator=records(FIRST.id).where(performed_on.between(YEAR_FIRST, period.last)).exists(),
        denominator=person.birth_date.between(YEAR_FIRST, period.last),
        direction=Direction.UP,
        numerator_words=Text("其中已首次签发的人数", "of these, first certificate issued"),
        denominator_words=Text("年度内出生的活产数", "live births of the year"),
        aliases=("出生医学证明当年签发率", "当年签发率", "出生医学证明签发率"),
        source=SOURCE,
    ),
    _number("first", "出生医学证明首次签发数", "First certificates issued", FIRST, ("首次签发出生医学证明",)),
    _number("replaced", "出生医学证明换发数", "Certificates replaced", REPLACEMENT, ("换发出生医学证明",)),
    _number(
        "reissued",
        "出生医学证明补发数",
        "Certificates reissued",
        REISSUE,
        ("补发出生医学证明", "补办出生医学证明"),
    ),
)

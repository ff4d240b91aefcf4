"""The rates of maternal care (norms A5.4, H1).

The denominator of the norm is live births. What the platform knows are the delivery records of women under
management: a woman whose delivery with a live birth lies in the year counts once, twins or not. Live births
that were reported and never managed are not in it.
"""

from __future__ import annotations

from dataclasses import replace

from kangshu.catalogue.managed import Figures
from kangshu.catalogue.maternal.care.forms import ANTENATAL, CAESAREAN, DELIVERY, IN_HOSPITAL
from kangshu.catalogue.maternal.care.questions import SOURCE
from kangshu.catalogue.maternal.care.schedule import (
    ANTENATAL_FORM,
    BOOKING_FORM,
    CHECK_42_FORM,
    DELIVERY_FORM,
    POSTPARTUM_FORM,
)
from kangshu.declare import Direction, Indicator, Text
from kangshu.declare.expression import (
    Events,
    Expression,
    all_of,
    answer,
    any_of,
    assessment,
    case,
    performed_on,
    period,
    records,
)
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_IN_YEAR, NOT_A_MISTAKE, YEAR_FIRST

H1 = "norms H1, A5.4"
FIGURES = Figures(
    prefix="maternal",
    kind="maternal.care",
    form=ANTENATAL,
    name=Text("孕产妇", "Maternal care"),
    patients=Text("孕产妇", "pregnant and newly delivered women"),
    source=f"{SOURCE}; {H1}",
)

SINCE_OPENED = performed_on.between(case.opened_on, period.last)
BORN_ALIVE = answer("live_births") >= 1
DELIVERED = records(DELIVERY_FORM).where(
    all_of(SINCE_OPENED, BORN_ALIVE, answer("delivered_on").between(YEAR_FIRST, period.last))
)
MOTHERS = all_of(NOT_A_MISTAKE, DELIVERED.exists())
MOTHERS_WORDS = Text(
    "年内在管且分娩有活产的产妇人数（按分娩记录，双胎计1人；未纳入管理的活产不在内）",
    "women under management whose delivery with a live birth lies in the year (by delivery records, twins "
    "once; live births never managed are not in it)",
)


def _own(form: str) -> Events:
    return records(form).where(SINCE_OPENED)


def _in(trimester: str) -> Expression:
    return _own(ANTENATAL_FORM).where(assessment("trimester").equals(trimester)).count()


def _booked_in(trimester: str) -> Expression:
    return _own(BOOKING_FORM).where(assessment("trimester").equals(trimester)).count()


BOOKED = _own(BOOKING_FORM).exists()
EARLY = _own(BOOKING_FORM).where(assessment("early").equals("yes")).exists()
CHECKS = _own(BOOKING_FORM).count() + _own(ANTENATAL_FORM).count()
FIVE = all_of(
    CHECKS >= 5,
    _booked_in("early") + _in("early") >= 1,
    _booked_in("middle") + _in("middle") >= 2,
    _booked_in("late") + _in("late") >= 2,
)
VISITED = _own(POSTPARTUM_FORM).where(assessment("counted").equals("yes")).exists()
IN_HOSPITAL_BORN = DELIVERED.where(answer("place").is_in(*IN_HOSPITAL)).exists()

ASSESSED = any_of(
    *(
        records(form).where(IN_YEAR & assessment("risk").is_known()).exists()
        for form in (BOOKING_FORM, ANTENATAL_FORM)
    )
)
HIGH = any_of(
    *(
        records(form).where(IN_YEAR & assessment("high_risk").equals("yes")).exists()
        for form in (BOOKING_FORM, ANTENATAL_FORM)
    )
)
FILED = any_of(
    *(
        records(form).where(IN_YEAR & answer("special_file").equals("2")).exists()
        for form in (BOOKING_FORM, ANTENATAL_FORM)
    )
)
BIRTH_IN_PERIOD = all_of(BORN_ALIVE, answer("delivered_on").between(period.first, period.last))
BIRTHS_WORDS = Text(
    "期内有活产的分娩例数（按在管孕产妇的分娩记录）",
    "deliveries with a live birth in the period (records of women under management)",
)


def _of_mothers(id: str, zh: str, en: str, numerator: Expression, words: Text, *aliases: str) -> Indicator:
    return FIGURES.rate(
        id, Text(zh, en), numerator, words, aliases, denominator=MOTHERS, denominator_words=MOTHERS_WORDS
    )


INDICATORS: tuple[Indicator, ...] = (
    _of_mothers(
        "early_booking_rate",
        "早孕建册率",
        "Early booking rate",
        EARLY,
        Text("其中孕13周前建册并进行第一次产前检查的人数", "of these, booked and checked before 13 weeks"),
        "孕早期建册率",
        "早孕建卡率",
        "孕早期检查率",
        "早检率",
    ),
    _of_mothers(
        "booking_rate",
        "孕产妇建卡率",
        "Booking rate",
        BOOKED,
        Text("其中已建册的人数", "of these, booked at any time"),
        "建卡率",
        "孕产妇建册率",
        "孕产妇保健建卡率",
    ),
    _of_mothers(
        "antenatal_rate",
        "产前检查率",
        "Antenatal check rate",
        CHECKS >= 1,
        Text("其中至少接受1次产前检查的人数", "of these, checked at least once"),
        "产检率",
        "孕产妇产前检查率",
    ),
    _of_mothers(
        "five_checks_rate",
        "5次及以上产前检查率",
        "Antenatal checks: five and more",
        FIVE,
        Text(
            "其中产前检查5次及以上（孕早期≥1次、孕中期≥2次、孕晚期≥2次）的人数",
            "of these, five checks and more: one early, two in the middle, two late",
        ),
        "孕产妇健康管理率",
        "产前检查≥5次率",
    ),
    _of_mothers(
        "postpartum_visit_rate",
        "产后访视率",
        "Postpartum visit rate",
        VISITED,
        Text("其中出院后28天内接受产后访视的人数", "of these, visited within 28 days after discharge"),
        "产妇访视率",
        "孕产妇产后访视率",
    ),
    _of_mothers(
        "systematic_rate",
        "孕产妇系统管理率",
        "Systematic management rate",
        all_of(EARLY, FIVE, IN_HOSPITAL_BORN, VISITED),
        Text(
            "其中孕早期检查、产前检查≥5次、住院分娩并接受产后访视的人数",
            "of these, checked early, five times and more, delivered in hospital and visited after it",
        ),
        "系统管理率",
        "孕产妇系统化管理率",
        "孕产妇保健系统管理率",
    ),
    _of_mothers(
        "check_42_rate",
        "产后42天健康检查率",
        "42-day check rate",
        _own(CHECK_42_FORM).exists(),
        Text("其中接受产后42天健康检查的人数", "of these, checked after 42 days"),
        "产后42天检查率",
    ),
    FIGURES.rate(
        "risk_screening_rate",
        Text("高危孕产妇筛查率", "High-risk screening rate"),
        ASSESSED,
        Text("其中年内至少进行1次妊娠风险评估的人数", "of these, risk judged at least once in the year"),
        ("高危筛查率", "妊娠风险筛查率"),
    ),
    FIGURES.rate(
        "high_risk_management_rate",
        Text("高危孕产妇管理率", "High-risk management rate"),
        FILED,
        Text("其中纳入专案管理的人数", "of these, under special management"),
        ("高危孕产妇专案管理率", "高危管理率"),
        denominator=all_of(MANAGED_IN_YEAR, HIGH),
        denominator_words=Text(
            "年内曾评为橙色、红色或紫色的孕妇人数", "women judged orange, red or purple in the year"
        ),
    ),
    FIGURES.visits(
        "hospital_delivery_rate",
        Text("住院分娩率", "Hospital delivery rate"),
        answer("place").is_in(*IN_HOSPITAL),
        Text("其中在有助产资质的机构分娩的例数", "of these, in a licensed institution"),
        ("孕产妇住院分娩率",),
        form=DELIVERY,
        denominator=BIRTH_IN_PERIOD,
        denominator_words=BIRTHS_WORDS,
    ),
    replace(
        FIGURES.visits(
            "caesarean_rate",
            Text("剖宫产率", "Caesarean rate"),
            answer("mode").equals(CAESAREAN),
            Text("其中剖宫产例数", "of these, by caesarean section"),
            ("剖宫产比例",),
            form=DELIVERY,
            denominator=BIRTH_IN_PERIOD,
            denominator_words=BIRTHS_WORDS,
        ),
        direction=Direction.DOWN,
    ),
    FIGURES.visits(
        "deliveries",
        Text("在管孕产妇分娩例数", "Deliveries of women under management"),
        answer("delivered_on").between(period.first, period.last),
        Text("期内分娩例数", "deliveries in the period"),
        unit="例",
        form=DELIVERY,
    ),
    FIGURES.visits(
        "antenatal_checks",
        Text("产前随访人次（第2～5次）", "Antenatal checks, second to fifth"),
        IN_PERIOD,
        Text("期内产前随访人次", "antenatal checks in the period"),
        ("产前检查人次",),
        unit="人次",
    ),
    replace(
        FIGURES.managed_people(("在管孕产妇人数", "孕产妇管理人数")),
        title=Text("孕产妇在管人数", "Women under maternal care"),
        numerator_words=Text("期末仍在管理的孕产妇人数", "women under care on the last day"),
    ),
)

"""Coverage by dose (norms B7): of the children who reached the dose's limit in the year, how many had it.

A dose counts when a record says that it counts as it (`counts_as`): the clinic's page fills that from the
forecaster, so an early dose is on record and not in the figure. Children are those at home in the county.
"""

from __future__ import annotations

from kangshu.catalogue.immunisation.vaccination.adverse_event import (
    ADVERSE_EVENT,
    HOURS_TO_REPORT,
)
from kangshu.catalogue.immunisation.vaccination.forms import DOSE_ID
from kangshu.catalogue.immunisation.vaccination.handling import CERTIFICATE_ID, INVESTIGATION_ID, WENT
from kangshu.declare import Counts, Direction, Indicator, Months, Text
from kangshu.declare.expression import (
    Expression,
    add_days,
    add_months,
    all_of,
    answer,
    days_between,
    hours_between,
    performed_on,
    period,
    person,
    records,
)
from kangshu.declare.terms import IN_PERIOD, YEAR_FIRST

SOURCE = "预防接种工作规范；norms B7"
FIVE = ("BCG-1", "HepB-3", "bOPV-3", "DTaP-3", "MMR-1")


def had(dose: str) -> Expression:
    """The dose is on record by the end of the period."""
    given = answer("counts_as").includes(dose) & (performed_on <= period.last)
    return records(DOSE_ID).where(given).exists()


def had_by(dose: str, months: int) -> Expression:
    """The dose is on record by an age in months."""
    in_time = answer("counts_as").includes(dose) & (performed_on <= add_months(person.birth_date, months))
    return records(DOSE_ID).where(in_time).exists()


def reached(months: int) -> Expression:
    """The child reached an age in the year, alive."""
    on = add_months(person.birth_date, months)
    alive = person.death_on.is_missing() | (person.death_on > on)
    return all_of(on.between(YEAR_FIRST, period.last), alive)


def coverage(dose: str, name: str, zh: str, en: str, months: int, aliases: tuple[str, ...] = ()) -> Indicator:
    """The share of children who reached the time limit of a dose in the year and had it."""
    return Indicator(
        id=f"immunisation.coverage_{name}",
        version=1,
        title=Text(f"{zh}接种率", f"Coverage: {en}"),
        unit="%",
        numerator=had(dose),
        denominator=reached(months),
        direction=Direction.UP,
        numerator_words=Text(f"其中已接种{zh}的儿童", f"of these, with {en}"),
        denominator_words=Text(
            f"年内满{months}月龄的儿童", f"children who reached {months} months in the year"
        ),
        aliases=aliases,
        source=SOURCE,
    )


_NEWBORNS = person.birth_date.between(YEAR_FIRST, add_days(period.last, -1)) & (
    person.death_on.is_missing() | (days_between(person.birth_date, person.death_on) > 1)
)
_FIRST_DAY = records(DOSE_ID).where(
    answer("counts_as").includes("HepB-1") & (performed_on <= add_days(person.birth_date, 1))
)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="immunisation.hepb_first_day",
        version=1,
        title=Text("乙肝疫苗首针及时接种率", "HepB first dose in time"),
        unit="%",
        numerator=_FIRST_DAY.exists(),
        denominator=_NEWBORNS,
        direction=Direction.UP,
        numerator_words=Text(
            "出生当日或次日接种首针的新生儿", "newborns with the first dose on the day of birth or the next"
        ),
        denominator_words=Text("年内出生的儿童", "children born in the year"),
        aliases=("乙肝首针及时接种率", "乙肝疫苗首剂24小时内及时接种率", "乙肝首针及时率"),
        source=SOURCE,
    ),
    coverage("BCG-1", "bcg", "卡介苗", "BCG", 3, ("卡介苗接种率",)),
    coverage("HepB-3", "hepb3", "乙肝疫苗第3剂", "HepB 3", 12, ("乙肝疫苗全程接种率", "乙肝疫苗接种率")),
    coverage("bOPV-3", "polio3", "脊灰疫苗第3剂", "polio 3", 12, ("脊灰疫苗接种率", "脊髓灰质炎疫苗接种率")),
    coverage("DTaP-3", "dtap3", "百白破疫苗第3剂", "DTaP 3", 12, ("百白破疫苗接种率",)),
    coverage(
        "MMR-1",
        "mmr1",
        "含麻疹成分疫苗第1剂",
        "measles first dose",
        12,
        ("麻腮风疫苗接种率", "麻疹疫苗接种率"),
    ),
    coverage("MPSV-A-2", "mpsv_a2", "A群流脑疫苗第2剂", "meningococcal A 2", 24, ("流脑疫苗接种率",)),
    coverage("DTaP-4", "dtap4", "百白破疫苗第4剂", "DTaP 4", 24),
    coverage("MMR-2", "mmr2", "含麻疹成分疫苗第2剂", "measles second dose", 24),
    Indicator(
        id="immunisation.coverage_je1",
        version=1,
        title=Text("乙脑疫苗第1剂接种率", "Coverage: Japanese encephalitis, first dose"),
        unit="%",
        numerator=had("JE-L-1") | had("JE-I-1"),
        denominator=reached(12),
        direction=Direction.UP,
        numerator_words=Text("其中已接种乙脑疫苗第1剂的儿童", "of these, with a first dose"),
        denominator_words=Text("年内满12月龄的儿童", "children who reached 12 months in the year"),
        aliases=("乙脑疫苗接种率",),
        source=SOURCE,
    ),
    Indicator(
        id="immunisation.coverage_hepa1",
        version=1,
        title=Text("甲肝疫苗第1剂接种率", "Coverage: hepatitis A, first dose"),
        unit="%",
        numerator=had("HepA-L-1") | had("HepA-I-1"),
        denominator=reached(24),
        direction=Direction.UP,
        numerator_words=Text("其中已接种甲肝疫苗第1剂的儿童", "of these, with a first dose"),
        denominator_words=Text("年内满24月龄的儿童", "children who reached 24 months in the year"),
        aliases=("甲肝疫苗接种率",),
        source=SOURCE,
    ),
    Indicator(
        id="immunisation.five_vaccines",
        version=1,
        title=Text("五苗全程接种率", "Full course of five vaccines by 12 months"),
        unit="%",
        numerator=all_of(*(had_by(dose, 12) for dose in FIVE)),
        denominator=reached(12),
        direction=Direction.UP,
        numerator_words=Text(
            "其中12月龄内完成卡介苗、乙肝3剂、脊灰3剂、百白破3剂和含麻疹成分疫苗1剂的儿童",
            "of these, with BCG, three HepB, polio and DTaP and one measles dose by 12 months",
        ),
        denominator_words=Text("年内满12月龄的儿童", "children who reached 12 months in the year"),
        aliases=("五苗接种率", "“五苗”全程接种率", "五苗全程合格接种率"),
        source=SOURCE,
    ),
    Indicator(
        id="immunisation.doses_given",
        version=1,
        title=Text("预防接种剂次数", "Doses given"),
        unit="剂次",
        numerator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=DOSE_ID,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内接种的剂次", "doses given in the period"),
        aliases=("接种疫苗剂次", "预防接种人次", "接种剂次"),
        source=SOURCE,
    ),
    Indicator(
        id="immunisation.certificate_rate",
        version=1,
        title=Text("预防接种证建证率", "Children with a vaccination certificate"),
        unit="%",
        numerator=records(CERTIFICATE_ID)
        .where(all_of(performed_on <= period.last, ~answer("event").equals(WENT)))
        .exists(),
        denominator=all_of(
            person.age_on(period.last) < 7,
            add_months(person.birth_date, 1) <= period.last,
            person.death_on.is_missing() | (person.death_on > period.last),
        ),
        direction=Direction.UP,
        numerator_words=Text("其中已建预防接种证的儿童", "of these, with a certificate"),
        denominator_words=Text(
            "期末满1月龄、未满7周岁的儿童", "children from one month to under seven years on the last day"
        ),
        aliases=("建证率", "接种证建证率", "建卡率", "预防接种建卡率"),
        source=SOURCE,
    ),
    Indicator(
        id="immunisation.adverse_events",
        version=1,
        title=Text("疑似预防接种异常反应报告数", "Adverse events reported"),
        unit="例",
        numerator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=ADVERSE_EVENT.id,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内报告的个案", "reports of the period"),
        aliases=("AEFI报告数", "疑似预防接种异常反应例数"),
        source="norms B6",
    ),
    Indicator(
        id="immunisation.adverse_events_in_time",
        version=1,
        title=Text("疑似预防接种异常反应48小时内报告率", "Adverse events reported within 48 hours"),
        unit="%",
        numerator=HOURS_TO_REPORT <= 48,
        denominator=IN_PERIOD & answer("found_at").is_known(),
        counts=Counts.RECORDS,
        form=ADVERSE_EVENT.id,
        direction=Direction.UP,
        months=Months.EACH,
        numerator_words=Text("其中发现后48小时内报告的", "of these, reported within 48 hours"),
        denominator_words=Text("期内报告的个案", "reports of the period"),
        aliases=("AEFI及时报告率", "疑似预防接种异常反应及时报告率"),
        source="norms B7",
    ),
    Indicator(
        id="immunisation.investigations_in_time",
        version=1,
        title=Text("疑似预防接种异常反应48小时内调查率", "Investigations begun within 48 hours"),
        unit="%",
        numerator=hours_between(answer("found_at"), answer("started_at")) <= 48,
        denominator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=INVESTIGATION_ID,
        direction=Direction.UP,
        months=Months.EACH,
        numerator_words=Text(
            "其中发现后48小时内开始调查的", "of these, begun within 48 hours of the finding"
        ),
        denominator_words=Text("期内的调查", "investigations of the period"),
        aliases=("AEFI及时调查率",),
        source="norms B7",
    ),
)

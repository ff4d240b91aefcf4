"""管理率 and 规范管理率 as for hypertension (norms A14); what "as required" asks is M2 and a parameter."""

from __future__ import annotations

from kangshu.catalogue.chronic.copd.forms import FACE_TO_FACE, FOLLOW_UP, LUNG_FUNCTION, SCREENING, SOURCE
from kangshu.catalogue.chronic.copd.parameters import TRIAL_EDITION
from kangshu.catalogue.managed import MANAGED_MONTHS, Figures, missed_soon
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import (
    add_days,
    add_months,
    all_of,
    assessment,
    ceil,
    parameter,
    performed_on,
    population,
    records,
    when,
)
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, MANAGED_IN_YEAR, complete

FIGURES = Figures(
    prefix="copd",
    kind="chronic.copd",
    form=FOLLOW_UP,
    name=Text("慢阻肺", "COPD"),
    patients=Text("慢阻肺患者", "COPD patients"),
    source=SOURCE,
    valid_from=TRIAL_EDITION,
)

NEEDS_SOON = assessment("action").is_in("emergency", "adjust")
VISITS = records(FOLLOW_UP.id).where(all_of(IN_YEAR, FACE_TO_FACE, complete(FOLLOW_UP)))
ENOUGH_VISITS = VISITS.count() >= ceil(MANAGED_MONTHS * parameter("copd.visits_per_year") / 12)
# "One lung-function test a year where able": a test, or the note that it cannot be done.
TESTED = records(LUNG_FUNCTION.id).where(IN_YEAR).exists()
AS_REQUIRED = all_of(ENOUGH_VISITS, TESTED, ~missed_soon(FOLLOW_UP, NEEDS_SOON))
DEADLINE = when(NEEDS_SOON).then(add_days(performed_on, 14)).otherwise(add_months(performed_on, 6))

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "management_rate",
        Text("慢阻肺患者健康管理率", "COPD management rate"),
        MANAGED_IN_YEAR,
        Text("年内已管理的慢阻肺患者人数", "patients managed in the year"),
        ("慢阻肺管理率", "慢性阻塞性肺疾病患者管理率"),
        denominator_words=Text(
            "估计患者数：40岁及以上常住居民×当地患病率",
            "estimated patients: residents of 40 and more × prevalence",
        ),
        estimate=population(age_from=40) * parameter("copd.adult_prevalence") / 100,
    ),
    FIGURES.rate(
        "standardised_management_rate",
        Text("慢阻肺患者规范管理率", "COPD standardised management rate"),
        AS_REQUIRED,
        Text("按照规范要求进行管理的患者人数", "patients managed as the specification requires"),
        ("慢阻肺规范管理率", "慢阻肺患者基层规范管理服务率", "慢性阻塞性肺疾病患者规范管理率"),
    ),
    FIGURES.rate(
        "lung_function_rate",
        Text("慢阻肺患者肺功能检查率", "COPD patients with a lung-function test"),
        TESTED,
        Text("年内做过肺功能检查或注明不能检查的人数", "tested in the year, or noted as unable"),
    ),
    FIGURES.managed_people(("慢阻肺管理人数", "慢阻肺患者管理人数")),
    FIGURES.follow_ups(("慢阻肺随访人次",)),
    FIGURES.on_time(DEADLINE),
    FIGURES.face_to_face(FACE_TO_FACE),
    FIGURES.visits(
        "screened_positive_share",
        Text("慢阻肺筛查阳性率", "COPD screening: share positive"),
        assessment("outcome").equals("positive"),
        Text("其中问卷阳性", "of these, positive"),
        form=SCREENING,
        denominator=IN_PERIOD,
        denominator_words=Text("期内筛查人次", "screened in the period"),
    ),
)

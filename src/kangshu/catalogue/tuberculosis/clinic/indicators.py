"""The figures of the TB clinic; the cohort of a year's cure rate was registered the year before."""

from __future__ import annotations

from kangshu.catalogue.managed import Figures
from kangshu.catalogue.tuberculosis.clinic.forms import CONTACTS, OUTCOME, REGISTRATION, SOURCE, TRACING
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import add_days, add_months, all_of, answer, performed_on, period, records
from kangshu.declare.terms import IN_PERIOD, IN_YEAR, YEAR_FIRST

FIGURES = Figures(
    prefix="tb_clinic",
    kind="tuberculosis.clinic",
    form=REGISTRATION,
    name=Text("肺结核", "TB"),
    patients=Text("肺结核患者", "TB patients"),
    source=SOURCE,
)
COHORT_FIRST = add_months(YEAR_FIRST, -12)
IN_COHORT = performed_on.between(COHORT_FIRST, add_days(YEAR_FIRST, -1))
SMEAR_POSITIVE = answer("smear").equals("1")
NEW_POSITIVE = SMEAR_POSITIVE & answer("category").equals("1")
REGISTERED = records(REGISTRATION.id).where(IN_YEAR)
COHORT = records(REGISTRATION.id).where(IN_COHORT & NEW_POSITIVE)
ENDED = records(OUTCOME.id).where(performed_on.between(COHORT_FIRST, period.last)).first()
COHORT_WORDS = Text("上一年度登记的新涂阳患者人数", "new smear-positive patients registered the year before")

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.people(
        "registered_people",
        Text("登记活动性肺结核患者人数", "Active TB patients registered"),
        REGISTERED.exists(),
        Text("年内登记的患者人数", "patients registered in the year"),
        ("发现活动性结核病人",),
    ),
    FIGURES.people(
        "new_smear_positive",
        Text("新发涂阳肺结核患者人数", "New smear-positive TB patients"),
        REGISTERED.where(NEW_POSITIVE).exists(),
        Text("年内登记的新涂阳患者人数", "new smear-positive patients registered in the year"),
        ("新涂阳病人", "新发涂阳"),
    ),
    FIGURES.people(
        "treated_free",
        Text("免费治疗肺结核患者人数", "TB patients treated free of charge"),
        REGISTERED.where(answer("free").equals(True)).exists(),
        Text("年内登记并纳入免费治疗的患者人数", "registered in the year and treated free of charge"),
        ("免费治疗病人",),
    ),
    FIGURES.rate(
        "cure_rate",
        Text("新涂阳肺结核患者治愈率", "New smear-positive TB: cured"),
        ENDED.answer("outcome").equals("1"),
        Text("其中转归为治愈的人数", "of these, cured"),
        ("新发涂阳肺结核病人治愈率", "涂阳治愈率", "新涂阳治愈率"),
        denominator=COHORT.exists(),
        denominator_words=COHORT_WORDS,
    ),
    FIGURES.rate(
        "success_rate",
        Text("新涂阳肺结核患者成功治疗率", "New smear-positive TB: treated with success"),
        ENDED.answer("outcome").is_in("1", "2"),
        Text("其中治愈或完成疗程的人数", "of these, cured or treatment completed"),
        ("成功治疗率",),
        denominator=COHORT.exists(),
        denominator_words=COHORT_WORDS,
    ),
    FIGURES.rate(
        "contact_rate",
        Text("涂阳患者密切接触者筛查率", "Smear-positive TB: contacts checked"),
        records(CONTACTS.id)
        .where(all_of(IN_YEAR, answer("contacts") > 0, answer("checked") >= answer("contacts")))
        .exists(),
        Text("其中密切接触者已全部筛查的患者人数", "of these, all contacts checked"),
        ("密切接触者检查率",),
        denominator=REGISTERED.where(SMEAR_POSITIVE).exists(),
        denominator_words=Text("年内登记的涂阳患者人数", "smear-positive patients registered in the year"),
    ),
    FIGURES.visits(
        "tracing_rate",
        Text("肺结核患者追踪到位率", "TB patients traced who came"),
        answer("result").equals("1"),
        Text("其中已到位的人次", "of these, came"),
        ("追踪到位率",),
        form=TRACING,
        denominator=IN_PERIOD,
        denominator_words=Text("期内追踪人次", "tracings in the period"),
    ),
)

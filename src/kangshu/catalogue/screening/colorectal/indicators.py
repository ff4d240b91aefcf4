"""The figures of colorectal screening (norms K3)."""

from __future__ import annotations

from kangshu.catalogue.cascade import outcome
from kangshu.catalogue.cascade_figures import count, figures, share
from kangshu.catalogue.screening.colorectal.forms import COLONOSCOPY, SCREENING
from kangshu.catalogue.screening.colorectal.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import (
    add_months,
    all_of,
    answer,
    assessment,
    parameter,
    performed_on,
    period,
    person,
    population,
    records,
)
from kangshu.declare.terms import IN_PERIOD

STILL_COUNTS = (performed_on <= period.last) & (
    add_months(performed_on, parameter("colorectal.interval", on=period.last)) > period.last
)
IN_AGE = person.age_on(period.last).between(45, 74)
FOUND = records(COLONOSCOPY.id).where(IN_PERIOD & outcome("cancer", "advanced"))

INDICATORS = (
    *figures(
        SHAPE,
        population_of=population(45, 74),
        group_words=Text("45～74岁常住居民数", "usual residents of 45 to 74"),
        screened_within=STILL_COUNTS,
        aliases=("结直肠癌筛查人数", "大肠癌筛查人数", "肠癌筛查人数"),
        rate_aliases=("结直肠癌筛查率", "结直肠癌筛查覆盖率"),
        step_aliases={"colonoscopy": ("肠镜顺应性", "肠镜依从率", "结肠镜检查率")},
    ),
    count(
        SHAPE,
        "colonoscopies",
        Text("结肠镜检查人数", "People with a colonoscopy"),
        records(COLONOSCOPY.id).where(IN_PERIOD & answer("done").equals("1")).exists(),
        Text("期内完成结肠镜检查的人数", "people with a colonoscopy in the period"),
        ("结肠镜检查人数", "肠镜检查人数", "肠镜任务数"),
    ),
    share(
        SHAPE,
        "fit_positive_rate",
        Text("粪便免疫化学检测阳性率", "Stool test positive rate"),
        records(SCREENING.id).where(IN_PERIOD & assessment("fit_positive").equals(True)).exists(),
        Text("其中FIT阳性的人数", "of these, with a positive stool test"),
        records(SCREENING.id)
        .where(IN_PERIOD & (answer("fit_1").is_in("1", "2") | answer("fit_2").is_in("1", "2")))
        .exists(),
        Text("期内做FIT的人数", "people with a stool test in the period"),
    ),
    share(
        SHAPE,
        "early_rate",
        Text("结直肠癌早诊率", "Early diagnosis of colorectal cancer"),
        records(COLONOSCOPY.id)
        .where(IN_PERIOD & (outcome("advanced") | all_of(outcome("cancer"), answer("stage").is_in("1", "2"))))
        .exists(),
        Text("其中癌前病变及0～Ⅰ期癌的人数", "of these, precancerous or stage 0 to I"),
        FOUND.exists(),
        Text("期内检出癌前病变及癌的人数", "people found precancerous or with cancer in the period"),
        ("结直肠癌早诊率",),
    ),
)

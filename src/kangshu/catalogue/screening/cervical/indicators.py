"""The figures of cervical screening (norms K1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import outcome
from kangshu.catalogue.cascade_figures import figures, share
from kangshu.catalogue.screening.cervical.forms import PATHOLOGY, SCREENING
from kangshu.catalogue.screening.cervical.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import (
    add_months,
    answer,
    assessment,
    parameter,
    performed_on,
    period,
    population,
    records,
)
from kangshu.declare.terms import IN_PERIOD

STILL_COUNTS = (performed_on <= period.last) & (
    add_months(performed_on, parameter("cervical.hpv_interval", on=period.last)) > period.last
)
FOUND = records(PATHOLOGY.id).where(IN_PERIOD & outcome("high_grade", "cancer"))
CYTOLOGY = records(SCREENING.id).where(IN_PERIOD & answer("tbs").is_known())
READ_TWICE = records(PATHOLOGY.id).where(IN_PERIOD & answer("agreed").is_known())

INDICATORS = (
    *figures(
        SHAPE,
        population_of=population(35, 64, "2"),
        group_words=Text("35～64岁常住妇女数", "usual-resident women of 35 to 64"),
        screened_within=STILL_COUNTS,
        aliases=("宫颈癌筛查人数", "宫颈癌检查人数"),
        rate_aliases=("宫颈癌筛查率", "宫颈癌筛查覆盖率"),
        step_aliases={"colposcopy": ("阴道镜检查率",), "treatment": ("宫颈癌前病变治疗率",)},
    ),
    share(
        SHAPE,
        "early_rate",
        Text("宫颈癌早诊率", "Early diagnosis of cervical cancer"),
        records(PATHOLOGY.id).where(IN_PERIOD & assessment("early").equals(True)).exists(),
        Text("其中癌前病变及ⅠA期的人数", "of these, precancerous or stage IA"),
        FOUND.exists(),
        Text("期内检出癌前病变及癌的人数", "people found precancerous or with cancer in the period"),
        ("宫颈癌早诊率",),
    ),
    share(
        SHAPE,
        "cytology_fit",
        Text("宫颈细胞学标本满意率", "Cytology specimens that were fit"),
        records(SCREENING.id)
        .where(IN_PERIOD & answer("tbs").is_known() & answer("tbs").differs_from("8"))
        .exists(),
        Text("其中标本满意的人数", "of these, with a fit specimen"),
        CYTOLOGY.exists(),
        Text("期内做细胞学的人数", "people with cytology in the period"),
    ),
    share(
        SHAPE,
        "pathology_agreed",
        Text("宫颈病理质控符合率", "Second reading of pathology agreed"),
        records(PATHOLOGY.id).where(IN_PERIOD & answer("agreed").equals("2")).exists(),
        Text("其中复核一致的人数", "of these, agreed"),
        READ_TWICE.exists(),
        Text("期内病理经复核的人数", "people whose pathology was read twice in the period"),
    ),
)

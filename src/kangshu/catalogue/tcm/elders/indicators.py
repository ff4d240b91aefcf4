"""老年人中医药健康管理率 (norms A11)."""

from __future__ import annotations

from kangshu.catalogue.managed import Figures
from kangshu.catalogue.tcm.elders.forms import CONSTITUTION, SOURCE
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import all_of, answer, assessment, period, person, population, records
from kangshu.declare.terms import IN_PERIOD, IN_YEAR

FIGURES = Figures(
    prefix="tcm_elders",
    kind="tcm.elders",
    form=CONSTITUTION,
    name=Text("老年人中医药", "Elders' TCM"),
    patients=Text("老年人", "elders"),
    source=SOURCE,
)

# The service is both: the constitution is found and advice is given.
SERVED = all_of(
    person.age_on(period.last) >= 65,
    records(CONSTITUTION.id).where(all_of(IN_YEAR, answer("guidance").is_known())).exists(),
)
SERVED_WORDS = Text(
    "年内接受中医体质辨识和保健指导的65岁及以上居民数",
    "residents of 65 and more whose constitution was found and who were advised in the year",
)

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "management_rate",
        Text("老年人中医药健康管理率", "Elders' TCM health management rate"),
        SERVED,
        SERVED_WORDS,
        ("65岁及以上老年人中医药健康管理率", "老年人中医药健康管理服务率", "老年人中医健康管理率"),
        denominator_words=Text("65岁及以上常住居民数", "usual residents of 65 and more"),
        estimate=population(age_from=65),
    ),
    FIGURES.people(
        "people",
        Text("老年人中医药健康管理人数", "Elders served with TCM"),
        SERVED,
        SERVED_WORDS,
        ("老年人中医体质辨识人数",),
    ),
    FIGURES.visits(
        "balanced_share",
        Text("老年人平和质比例", "Share of balanced constitutions"),
        assessment("balanced").is_in("yes", "basically"),
        Text("其中平和质（是、基本是）", "of these, balanced or basically so"),
        denominator=IN_PERIOD,
        denominator_words=Text("期内体质辨识人次", "constitutions found in the period"),
    ),
)

"""The women's disease survey: sessions in the villages, findings treated or referred (norms H1)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.cascade import (
    CLEAR,
    TREATED,
    Cascade,
    CascadeStep,
    Finding,
    Move,
    Rounds,
    cascade,
    months_parameter,
    outcome,
)
from kangshu.catalogue.cascade_figures import figures
from kangshu.catalogue.screening.women_disease.examples import EXAMPLES
from kangshu.catalogue.screening.women_disease.forms import DISEASES, EXAMINATION, ID, SOURCE, TREATMENT
from kangshu.declare import Interval, Text
from kangshu.declare.expression import (
    add_months,
    add_years,
    all_of,
    answer,
    parameter,
    performed_on,
    period,
    person,
    population,
)

INTERVAL = months_parameter(
    "women_disease.interval",
    Text("妇女常见病筛查间隔", "Interval of the women's survey"),
    36,
    date(2009, 1, 1),
    "norms H1",
)
SHAPE = Cascade(
    id=ID,
    prefix="women_disease",
    title=Text("妇女常见病筛查", "Women's disease screening"),
    source=SOURCE,
    rounds=Rounds(INTERVAL, until=add_years(person.birth_date, 65)),
    steps=(
        CascadeStep(
            "examination",
            Text("妇女常见病筛查", "Women's disease survey"),
            EXAMINATION,
            (
                Move(outcome("none"), CLEAR, Text("未检出", "nothing found")),
                Move(outcome("treat", "suspected"), "treatment", Text("检出疾病", "disease found")),
            ),
        ),
        CascadeStep(
            "treatment",
            Text("妇科疾病治疗追踪", "Women's disease: treatment"),
            TREATMENT,
            (Move(outcome("treated"), TREATED, Text("已治疗", "treated")),),
            within=Interval(months=1),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    findings=(
        Finding(
            "disease",
            Text("妇科疾病", "disease"),
            "examination",
            outcome("treat", "suspected"),
            ("查出妇科疾病人数", "妇科疾病人数"),
            ("妇科疾病患病率", "妇科疾病检出率"),
            scale=100,
            unit="%",
        ),
        *(
            Finding(
                f"disease_{choice.code}",
                choice.title,
                "examination",
                answer("diseases").includes(choice.code),
            )
            for choice in DISEASES[:-1]
        ),
    ),
)
STILL_COUNTS = (performed_on <= period.last) & (
    add_months(performed_on, parameter("women_disease.interval", on=period.last)) > period.last
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "20～64岁妇女每3年一次常见病筛查，检出疾病者治疗或转诊",
        "Women of 20 to 64 are examined every three years; findings are treated or referred",
    ),
    subject=Text("20～64岁常住妇女", "usual-resident women of 20 to 64"),
    rows=("D3-11",),
    eligible=all_of(person.sex.equals("2"), person.age_on(performed_on).between(20, 64)),
    indicators=figures(
        SHAPE,
        population_of=population(20, 64, "2"),
        group_words=Text("20～64岁常住妇女数", "usual-resident women of 20 to 64"),
        screened_within=STILL_COUNTS,
        aliases=("妇女病普查人数", "妇女常见病筛查人数"),
        rate_aliases=("妇女病普查率", "妇女常见病筛查率", "妇女病普查普治率"),
        step_aliases={"treatment": ("妇女病治疗率", "妇科疾病治疗率")},
    ),
    examples=EXAMPLES,
)

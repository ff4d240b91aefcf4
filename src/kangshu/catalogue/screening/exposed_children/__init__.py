"""Children of mothers with HIV or syphilis, behind the compartment, followed to 18 months (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import figures
from kangshu.catalogue.screening.exposed_children.examples import EXAMPLES
from kangshu.catalogue.screening.exposed_children.forms import BIRTH, ENDING, ID, SOURCE, VISIT
from kangshu.declare import Interval, Step, Text, Window
from kangshu.declare.expression import days_between, performed_on, person, records

AGES = (1, 3, 6, 9, 12, 15)

SHAPE = Cascade(
    id=ID,
    prefix="exposed_children",
    title=Text("艾滋病、梅毒暴露儿童管理", "Children of mothers with HIV or syphilis"),
    source=SOURCE,
    steps=(
        CascadeStep(
            "birth",
            Text("暴露儿童登记", "Exposed child"),
            BIRTH,
            (Move(outcome("given", "not_given"), "result", Text("已登记", "registered")),),
        ),
        CascadeStep(
            "result",
            Text("18月龄感染状态", "Result at 18 months"),
            ENDING,
            (
                Move(outcome("excluded"), CLEAR, Text("排除", "not infected")),
                Move(outcome("infected"), TREATED, Text("已转治疗", "referred for treatment")),
            ),
            opens=Interval(months=17),
            by_age=Interval(months=18),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
    ),
    beside=(VISIT,),
    further=(
        Step(
            id="visits",
            title=Text("暴露儿童按月龄随访", "Exposed child: visit by age"),
            form=VISIT.id,
            origin=person.birth_date,
            series=tuple(Window(Interval(months=age), Interval(months=age + 1)) for age in AGES),
            when=records(BIRTH.id).exists(),
            source=SOURCE,
        ),
    ),
    findings=(
        Finding(
            "infected", Text("母婴传播", "infection"), "result", outcome("infected"), scale=100, unit="%"
        ),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "暴露儿童出生后预防用药，按月龄随访检测至18月龄确定感染状态",
        "Prophylaxis after birth, visits by age, the result by 18 months",
    ),
    subject=Text("艾滋病、梅毒感染母亲所生儿童", "children of mothers with HIV or syphilis"),
    rows=("D3-09",),
    row_note=Text("暴露儿童随访至18月龄（保密）", "the children followed to 18 months, confidential"),
    eligible=days_between(person.birth_date, performed_on) <= 730,
    indicators=figures(SHAPE),
    examples=EXAMPLES,
    confidentiality="hiv",
)

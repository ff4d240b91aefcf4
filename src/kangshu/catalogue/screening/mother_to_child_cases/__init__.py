"""Pregnant women with HIV or syphilis, behind the compartment: treatment, end of the pregnancy (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import TREATED, Cascade, CascadeStep, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import figures
from kangshu.catalogue.screening.mother_to_child_cases.examples import EXAMPLES
from kangshu.catalogue.screening.mother_to_child_cases.forms import ENDED, ID, POSITIVE, SOURCE, TREATMENT
from kangshu.declare import Interval, Text
from kangshu.declare.expression import person

SHAPE = Cascade(
    id=ID,
    prefix="mother_to_child_cases",
    title=Text("艾滋病、梅毒感染孕产妇管理", "Pregnant women with HIV or syphilis"),
    source=SOURCE,
    steps=(
        CascadeStep(
            "positive",
            Text("感染孕产妇登记", "Infected pregnant woman"),
            POSITIVE,
            (Move(outcome("confirmed"), "treatment", Text("确证感染", "confirmed")),),
        ),
        CascadeStep(
            "treatment",
            Text("感染孕产妇用药", "Treatment in pregnancy"),
            TREATMENT,
            (Move(outcome("treated"), "ended", Text("已用药", "treated")),),
            within=Interval(days=14),
            again=Interval(days=14),
            again_when=outcome("waiting"),
        ),
        CascadeStep(
            "ended",
            Text("感染孕产妇妊娠结局", "End of the pregnancy"),
            ENDED,
            (Move(outcome("born", "lost_child"), TREATED, Text("妊娠结束", "the pregnancy ended")),),
            within=Interval(months=9),
            again=Interval(days=30),
            again_when=outcome("pregnant"),
        ),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "确证感染的孕产妇尽早规范用药，追踪至妊娠结局，所生儿童登记随访",
        "Confirmed women are treated early and followed to the end of the pregnancy; the child is followed",
    ),
    subject=Text("艾滋病、梅毒感染孕产妇", "pregnant women with HIV or syphilis"),
    rows=("D3-09",),
    row_note=Text("感染孕产妇管理（保密）", "the positive cases, confidential"),
    eligible=person.sex.equals("2"),
    indicators=figures(SHAPE, step_aliases={"treatment": ("感染孕产妇用药率",)}),
    examples=EXAMPLES,
    confidentiality="hiv",
)

"""Birth defects: the card with its ICD-10 codes, the outcome, the follow-up of the child (norms H1, H5)."""

from __future__ import annotations

from kangshu.catalogue.cascade import TREATED, Cascade, CascadeStep, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import count, figures
from kangshu.catalogue.screening.birth_defects.examples import EXAMPLES
from kangshu.catalogue.screening.birth_defects.forms import CARD, DEFECTS, FOLLOWED, ID, SOURCE
from kangshu.declare import Direction, Indicator, Interval, Months, Text
from kangshu.declare.expression import answer, assessment, period, person, records
from kangshu.declare.terms import IN_PERIOD

SHAPE = Cascade(
    id=ID,
    prefix="birth_defects",
    title=Text("出生缺陷监测", "Birth-defect monitoring"),
    source=SOURCE,
    steps=(
        CascadeStep(
            "card",
            Text("出生缺陷登记", "Birth-defect card"),
            CARD,
            (Move(outcome("perinatal", "later"), "follow_up", Text("存活，随访", "alive: follow")),),
        ),
        CascadeStep(
            "follow_up",
            Text("出生缺陷儿随访", "Child with a birth defect"),
            FOLLOWED,
            (Move(outcome("treated"), TREATED, Text("已治疗或康复", "treated")),),
            within=Interval(months=1),
            again=Interval(months=3),
            again_when=outcome("waiting"),
        ),
    ),
)
PERINATAL = records(CARD.id).where(IN_PERIOD & assessment("perinatal").equals(True))


def _rate() -> Indicator:
    return Indicator(
        id="birth_defects.rate",
        version=1,
        title=Text("围产儿出生缺陷发生率", "Perinatal birth-defect rate"),
        unit="/万",
        numerator=PERINATAL.exists(),
        divided_by="birth_defects.births",
        scale=10_000,
        months=Months.CUMULATIVE,
        direction=Direction.DOWN,
        numerator_words=Text("期内登记的围产期出生缺陷例数", "perinatal defects carded in the period"),
        denominator_words=Text("期内出生人数（按登记）", "births registered in the period"),
        aliases=("出生缺陷发生率", "新生儿出生缺陷发生率", "围产儿出生缺陷发生率"),
        source=SOURCE,
    )


INDICATORS = (
    *figures(SHAPE, aliases=("出生缺陷例数",)),
    count(
        SHAPE,
        "births",
        Text("登记出生人数", "Births registered"),
        person.birth_date.between(period.first, period.last),
        Text("期内出生人数（按登记）", "births registered in the period"),
    ),
    _rate(),
    *(
        count(
            SHAPE,
            f"type_{choice.code.lower().replace('.', '_')}",
            Text(f"出生缺陷例数：{choice.title.zh}", f"Birth defects: {choice.title.en}"),
            records(CARD.id).where(IN_PERIOD & answer("defects").includes(choice.code)).exists(),
            Text(f"期内登记的{choice.title.zh}例数", f"{choice.title.en} carded in the period"),
        )
        for choice in DEFECTS
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "登记围产期出生缺陷及诊断、转归，存活儿随访；关联婚检、叶酸、产前筛查三级预防",
        "Every birth defect on a card with its outcome; living children are followed; the card says which "
        "prevention was done",
    ),
    subject=Text("出生缺陷儿", "children with a birth defect"),
    rows=("D3-07",),
    indicators=INDICATORS,
    examples=EXAMPLES,
)

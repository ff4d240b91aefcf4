"""Children of HBsAg-positive mothers: immunoglobulin within 24 hours, test at 7 to 12 months (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import figures, share
from kangshu.catalogue.screening.hepatitis_b_exposed.examples import EXAMPLES
from kangshu.catalogue.screening.hepatitis_b_exposed.forms import BIRTH, GIVEN, ID, SOURCE, TESTING
from kangshu.catalogue.screening.hepatitis_b_exposed.parameters import PARAMETERS
from kangshu.declare import Interval, Text
from kangshu.declare.expression import assessment, days_between, performed_on, person, records
from kangshu.declare.posting import Short, StockPosting
from kangshu.declare.stock import Goods, GoodsKind
from kangshu.declare.terms import IN_PERIOD

IMMUNOGLOBULIN = "hbig"

goods = (
    Goods(
        IMMUNOGLOBULIN,
        Text("乙肝免疫球蛋白（100 IU）", "Hepatitis B immunoglobulin (100 IU)"),
        "支",
        GoodsKind.BATCHED,
        floor=5,
        source=SOURCE,
    ),
)

SHAPE = Cascade(
    id=ID,
    prefix="hepatitis_b_exposed",
    title=Text("乙肝暴露儿童管理", "Hepatitis B exposed children"),
    source=SOURCE,
    steps=(
        CascadeStep(
            "newborn",
            Text("乙肝免疫球蛋白注射登记", "Immunoglobulin after birth"),
            BIRTH,
            (Move(outcome("in_time", "late", "not_given"), "test", Text("已登记", "registered")),),
        ),
        CascadeStep(
            "test",
            Text("7～12月龄乙肝检测", "Hepatitis B test at 7 to 12 months"),
            TESTING,
            (
                Move(outcome("protected"), CLEAR, Text("有保护性抗体", "protected")),
                Move(outcome("unprotected", "infected"), TREATED, Text("已转专科", "referred")),
            ),
            opens=Interval(months=7),
            by_age=Interval(months=12),
            again=Interval(days=30),
            again_when=outcome("not_done"),
        ),
    ),
    findings=(
        Finding(
            "infected", Text("乙肝病毒感染", "infection"), "test", outcome("infected"), scale=100, unit="%"
        ),
    ),
)
REGISTERED = records(BIRTH.id).where(IN_PERIOD)
WORDS = Text("期内登记的HBsAg阳性母亲所生新生儿数", "newborns of HBsAg-positive mothers in the period")

INDICATORS = (
    *figures(SHAPE),
    share(
        SHAPE,
        "in_time_rate",
        Text("乙肝免疫球蛋白24小时内注射率", "Immunoglobulin within 24 hours"),
        REGISTERED.where(outcome("in_time")).exists(),
        Text("其中24小时内注射的人数", "of these, within 24 hours"),
        REGISTERED.exists(),
        WORDS,
        ("乙肝免疫球蛋白注射率", "乙肝免疫球蛋白及时注射率"),
    ),
    share(
        SHAPE,
        "in_12_rate",
        Text("乙肝免疫球蛋白12小时内注射率", "Immunoglobulin within 12 hours"),
        REGISTERED.where(assessment("in_12").equals(True)).exists(),
        Text("其中12小时内注射的人数", "of these, within 12 hours"),
        REGISTERED.exists(),
        WORDS,
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "HBsAg阳性母亲所生新生儿24小时内注射乙肝免疫球蛋白，7～12月龄检测阻断效果",
        "Immunoglobulin within 24 hours of birth; the test at 7 to 12 months says whether it helped",
    ),
    subject=Text("HBsAg阳性母亲所生儿童", "children of HBsAg-positive mothers"),
    rows=("D3-09",),
    row_note=Text("乙肝免疫球蛋白及暴露儿童随访", "immunoglobulin, and the children followed"),
    eligible=days_between(person.birth_date, performed_on) <= 550,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    examples=EXAMPLES,
    # What was injected was injected: a gap in the books must not keep it from being recorded.
    posts=(
        StockPosting(
            BIRTH.id, goods=IMMUNOGLOBULIN, batch="batch", when=GIVEN, short=Short.NOTE, where_kept=True
        ),
    ),
)

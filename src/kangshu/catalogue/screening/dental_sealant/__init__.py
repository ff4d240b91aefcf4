"""Dental sealing of first molars: class list, consent, chart, sealing, check after 3 months (norms K4)."""

from __future__ import annotations

from kangshu.catalogue.asking import number
from kangshu.catalogue.cascade import CLEAR, Cascade, CascadeStep, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import count, figures, share
from kangshu.catalogue.screening.dental_sealant.examples import EXAMPLES
from kangshu.catalogue.screening.dental_sealant.forms import EXAMINATION, ID, RECHECK, SEALING, SOURCE
from kangshu.declare import Counts, Direction, Form, Indicator, Interval, Months, Section, Text, Window
from kangshu.declare.expression import answer, assessment, performed_on, person, records
from kangshu.declare.fund import Fund
from kangshu.declare.posting import FundPosting
from kangshu.declare.terms import IN_PERIOD

FUND = "dental_sealant"
funds = (
    Fund(
        FUND,
        Text("窝沟封闭免费服务经费", "Free dental sealing"),
        Text("按封闭牙数结算给承担机构", "Paid for the teeth sealed"),
    ),
)

SETTLEMENT = Form(
    id=f"{ID}.settlement",
    version=1,
    title=Text("窝沟封闭免费服务结算", "Free sealing: settlement"),
    sections=(
        Section(
            "settlement",
            Text("结算", "Settlement"),
            (
                number(
                    "amount",
                    "结算金额",
                    "Amount",
                    "元",
                    (0, 1000),
                    (0, 400),
                    places=2,
                    measured=False,
                    carried=False,
                    required=True,
                ),
            ),
        ),
    ),
    source=SOURCE,
)

SHAPE = Cascade(
    id=ID,
    prefix="dental_sealant",
    title=Text("儿童窝沟封闭", "Children's dental sealing"),
    source=SOURCE,
    invited=Window(Interval(), Interval(months=5)),
    steps=(
        CascadeStep(
            "examination",
            Text("口腔检查", "Examination"),
            EXAMINATION,
            (
                Move(outcome("suitable"), "sealing", Text("适宜封闭", "suitable")),
                Move(
                    outcome("unsuitable", "refused"),
                    CLEAR,
                    Text("暂不适宜或未同意", "not suitable, or no consent"),
                ),
            ),
        ),
        CascadeStep(
            "sealing",
            Text("窝沟封闭", "Sealing"),
            SEALING,
            (Move(outcome("sealed"), "recheck", Text("已封闭", "sealed")),),
            within=Interval(days=90),
            again=Interval(days=30),
            again_when=outcome("not_sealed"),
        ),
        CascadeStep(
            "recheck",
            Text("窝沟封闭复查", "Check of the sealant"),
            RECHECK,
            (
                Move(outcome("kept"), CLEAR, Text("完好", "kept")),
                Move(outcome("again"), "sealing", Text("脱落，重新封闭", "lost: seal again")),
            ),
            opens=Interval(months=3),
            within=Interval(months=4),
        ),
    ),
    beside=(SETTLEMENT,),
)
CHECKED = records(RECHECK.id).where(IN_PERIOD)


def _teeth(name: str, title: Text, form: Form, value: str, aliases: tuple[str, ...]) -> Indicator:
    return Indicator(
        id=f"dental_sealant.{name}",
        version=1,
        title=title,
        unit="颗",
        numerator=IN_PERIOD,
        total=assessment(value),
        counts=Counts.RECORDS,
        form=form.id,
        months=Months.EACH,
        decimals=0,
        numerator_words=title,
        aliases=aliases,
        source=SOURCE,
    )


INDICATORS = (
    *figures(SHAPE, aliases=("窝沟封闭口腔检查人数",), step_aliases={"sealing": ("窝沟封闭完成率",)}),
    count(
        SHAPE,
        "children_sealed",
        Text("窝沟封闭儿童数", "Children sealed"),
        records(SEALING.id).where(IN_PERIOD & outcome("sealed")).exists(),
        Text("期内完成窝沟封闭的儿童数", "children sealed in the period"),
        ("窝沟封闭人数", "免费窝沟封闭人数", "小学生窝沟封闭人数"),
    ),
    _teeth("teeth_sealed", Text("窝沟封闭牙数", "Teeth sealed"), SEALING, "teeth", ("窝沟封闭颗数",)),
    Indicator(
        id="dental_sealant.kept_rate",
        version=1,
        title=Text("窝沟封闭完好率", "Sealants kept"),
        unit="%",
        numerator=IN_PERIOD,
        total=assessment("complete"),
        denominator=IN_PERIOD,
        denominator_total=assessment("checked"),
        counts=Counts.RECORDS,
        form=RECHECK.id,
        months=Months.EACH,
        direction=Direction.UP,
        numerator_words=Text("其中封闭剂完好的牙数", "of these, complete"),
        denominator_words=Text("期内复查的封闭牙数", "sealed teeth checked in the period"),
        aliases=("封闭剂保留率", "窝沟封闭完好率"),
        source=SOURCE,
    ),
    share(
        SHAPE,
        "caries_rate",
        Text("第一恒磨牙患龋率", "Caries of the first molars"),
        records(EXAMINATION.id).where(IN_PERIOD & (assessment("carious") > 0)).exists(),
        Text("其中有龋的儿童数", "of these, with caries"),
        records(EXAMINATION.id).where(IN_PERIOD & outcome("suitable", "unsuitable")).exists(),
        Text("期内检查的儿童数", "children examined in the period"),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "学校组织适龄儿童口腔检查，家长同意后封闭第一恒磨牙，3个月复查完好情况",
        "Schools bring the children; with consent the first molars are sealed and checked after 3 months",
    ),
    subject=Text("6～9岁儿童", "children of 6 to 9"),
    rows=("D9-03",),
    eligible=person.age_on(performed_on).between(6, 13),
    indicators=INDICATORS,
    examples=EXAMPLES,
    posts=(FundPosting(SETTLEMENT.id, fund=FUND, amount=answer("amount")),),
)

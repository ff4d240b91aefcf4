"""Prenatal screening: the risk, the recall of the high, the diagnosis (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import figures
from kangshu.catalogue.screening.prenatal.examples import EXAMPLES
from kangshu.catalogue.screening.prenatal.forms import DIAGNOSIS, ID, ORDER, SOURCE
from kangshu.catalogue.screening.prenatal.parameters import PARAMETERS
from kangshu.declare import Interval, Opening, Text, Window
from kangshu.declare.expression import performed_on, period, person, records
from kangshu.declare.terms import IN_PERIOD

SHAPE = Cascade(
    id=ID,
    prefix="prenatal",
    title=Text("产前筛查", "Prenatal screening"),
    source=SOURCE,
    invited=Window(Interval(), Interval(weeks=10)),
    steps=(
        CascadeStep(
            "screening",
            Text("产前筛查", "Prenatal screening"),
            ORDER,
            (
                Move(outcome("low", "refused"), CLEAR, Text("低风险或不同意", "low risk, or declined")),
                Move(
                    outcome("critical", "high"), "diagnosis", Text("高风险或临界", "high risk, or in between")
                ),
            ),
            again=Interval(days=14),
            again_when=outcome("unfit"),
        ),
        CascadeStep(
            "diagnosis",
            Text("产前诊断追踪", "Prenatal diagnosis"),
            DIAGNOSIS,
            (
                Move(
                    outcome("normal", "refused"), CLEAR, Text("未见异常或拒绝", "nothing found, or declined")
                ),
                Move(outcome("abnormal"), TREATED, Text("诊断异常，已咨询", "anomaly, counselled")),
            ),
            within=Interval(days=14),
            again=Interval(days=14),
            again_when=outcome("waiting"),
        ),
    ),
    findings=(
        Finding(
            "high_risk",
            Text("产前筛查高风险", "high risk"),
            "screening",
            outcome("high"),
            ("产前筛查高风险人数",),
            scale=100,
            unit="%",
        ),
        Finding(
            "anomaly",
            Text("胎儿异常", "foetal anomaly"),
            "diagnosis",
            outcome("abnormal"),
            ("产前诊断胎儿异常人数",),
        ),
    ),
)
PREGNANT = (
    records("maternal.booking").where(IN_PERIOD).exists()
    | records("maternal.delivery").where(IN_PERIOD).exists()
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "孕妇知情同意下做产前筛查，高风险者转产前诊断并追踪结果，与新生儿筛查衔接",
        "Pregnant women are screened with consent; the high are recalled and diagnosed",
    ),
    subject=Text("孕妇", "pregnant women"),
    rows=("D3-06",),
    eligible=person.sex.equals("2"),
    opens_on=(Opening("record:maternal.booking", Text("孕期建册", "booked"), enrols=True),),
    indicators=figures(
        SHAPE,
        group=PREGNANT,
        group_words=Text("期内建册或分娩的孕产妇数", "women booked or delivered in the period"),
        screened_within=(performed_on <= period.last) & outcome("low", "critical", "high"),
        aliases=("产前筛查人数",),
        rate_aliases=("产筛率", "产前筛查率"),
        step_aliases={"diagnosis": ("产前诊断率",)},
    ),
    parameters=PARAMETERS,
    examples=EXAMPLES,
)

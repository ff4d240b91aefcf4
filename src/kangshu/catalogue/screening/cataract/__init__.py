"""Cataract: screened, operated, what came of it (row D9-05)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, cascade, outcome
from kangshu.catalogue.cascade_figures import count, figures, share
from kangshu.catalogue.screening.cataract.examples import EXAMPLES
from kangshu.catalogue.screening.cataract.forms import ID, OPERATION, OUTCOME, SCREENING, SETTLEMENT, SOURCE
from kangshu.declare import Interval, Text
from kangshu.declare.expression import answer, performed_on, person, records
from kangshu.declare.fund import Fund
from kangshu.declare.posting import FundPosting
from kangshu.declare.terms import IN_PERIOD

FUND = "cataract"
funds = (
    Fund(
        FUND,
        Text("白内障复明手术补助", "Cataract operations"),
        Text("补助贫困白内障患者手术", "Operations of poor patients"),
    ),
)

SHAPE = Cascade(
    id=ID,
    prefix="cataract",
    title=Text("白内障复明筛查", "Cataract screening"),
    source=SOURCE,
    steps=(
        CascadeStep(
            "screening",
            Text("白内障筛查", "Cataract screening"),
            SCREENING,
            (
                Move(outcome("operate"), "operation", Text("适宜手术", "to be operated")),
                Move(outcome("none", "watch"), CLEAR, Text("无需手术", "no operation")),
            ),
        ),
        CascadeStep(
            "operation",
            Text("白内障手术", "Cataract operation"),
            OPERATION,
            (
                Move(outcome("operated"), "outcome", Text("已手术", "operated")),
                Move(outcome("unfit"), CLEAR, Text("不宜手术", "cannot be operated")),
            ),
            within=Interval(months=3),
            again=Interval(days=30),
            again_when=outcome("waiting"),
        ),
        CascadeStep(
            "outcome",
            Text("白内障术后复查", "After the operation"),
            OUTCOME,
            (Move(outcome("restored", "better", "worse"), TREATED, Text("已复查", "seen")),),
            within=Interval(months=1),
        ),
    ),
    beside=(SETTLEMENT,),
    findings=(
        Finding(
            "cataract",
            Text("需手术的白内障", "cataract to be operated"),
            "screening",
            outcome("operate"),
            ("白内障筛查阳性人数",),
        ),
    ),
)
SEEN = records(OUTCOME.id).where(IN_PERIOD)

capability = cascade(
    SHAPE,
    purpose=Text(
        "筛查白内障患者，安排复明手术，术后复查视力，登记补助",
        "Cataract is looked for, operated, and the vision checked; the subsidy is entered",
    ),
    subject=Text("50岁及以上常住居民", "usual residents of 50 and more"),
    rows=("D9-05",),
    eligible=person.age_on(performed_on) >= 18,
    indicators=(
        *figures(SHAPE, aliases=("白内障复明筛查例数", "白内障筛查人数")),
        count(
            SHAPE,
            "operated",
            Text("白内障复明手术人数", "Cataract: people operated"),
            records(OPERATION.id).where(IN_PERIOD & outcome("operated")).exists(),
            Text("期内接受白内障手术的人数", "people operated in the period"),
            ("白内障复明手术例数", "白内障手术人数"),
        ),
        share(
            SHAPE,
            "restored_rate",
            Text("白内障术后脱盲率", "Sight restored"),
            SEEN.where(answer("vision") >= 5).exists(),
            Text("其中术后视力0.05及以上的人数", "of these, with vision of 0.05 and more"),
            SEEN.exists(),
            Text("期内术后复查的人数", "people seen after the operation in the period"),
        ),
    ),
    examples=EXAMPLES,
    posts=(FundPosting(SETTLEMENT.id, fund=FUND, amount=answer("amount")),),
)

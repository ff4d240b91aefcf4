"""Free premarital examination: both partners, findings by sex, opinion, certificate, follow-up (norms H1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import cascade
from kangshu.catalogue.screening.premarital.examples import EXAMPLES
from kangshu.catalogue.screening.premarital.forms import SETTLEMENT
from kangshu.catalogue.screening.premarital.indicators import INDICATORS
from kangshu.catalogue.screening.premarital.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import answer, performed_on, person
from kangshu.declare.fund import Fund
from kangshu.declare.posting import FundPosting

FREE = "premarital_examination"

funds = (
    Fund(
        FREE,
        Text("免费婚前医学检查经费", "Free premarital examination"),
        Text("按实际免费婚检对象结算给婚检机构", "Paid to the clinic for those examined free of charge"),
    ),
)

capability = cascade(
    SHAPE,
    purpose=Text(
        "为准备结婚的男女双方免费做婚前医学检查、咨询，出具证明，检出疾病者转诊随访",
        "Both who want to marry are examined and counselled free of charge; findings are followed",
    ),
    subject=Text("准备登记结婚的男女双方", "couples who want to marry"),
    rows=("D3-10",),
    eligible=person.age_on(performed_on) >= 18,
    indicators=INDICATORS,
    examples=EXAMPLES,
    posts=(FundPosting(SETTLEMENT.id, fund=FREE, amount=answer("amount")),),
)

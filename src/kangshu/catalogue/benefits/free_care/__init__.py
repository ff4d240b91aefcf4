"""Four fees waived and three halved (四免三减半) for the poor, with the amount exempted posted to its
fund."""

from __future__ import annotations

from kangshu.catalogue.benefits.free_care.forms import EXEMPTION, SOURCE, TICKET
from kangshu.catalogue.benefits.free_care.indicators import INDICATORS
from kangshu.catalogue.managed import CLOSES_ON, enrolled_managed_closed
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import answer
from kangshu.declare.fund import Fund
from kangshu.declare.posting import FundPosting

FUND = "benefits.free_care"

funds = (
    Fund(
        FUND,
        Text("“四免三减半”惠民资金", "Waived and halved fees"),
        Text("向医疗机构补偿减免的费用", "Pays institutions back what they waived"),
    ),
)

capability = Capability(
    id="benefits.free_care",
    version=1,
    title=Text("“四免三减半”惠民措施", "Waived and halved fees"),
    purpose=Text(
        "困难群众凭优惠证就诊，免收四项、减半收取三项费用，减免金额逐笔登记、按机构结算",
        "With their card the poor pay none of four fees and half of three; each exemption is on "
        "record and settled "
        "with the institution",
    ),
    subject=Text("低保、特困、优抚等困难群众", "people on minimum income, in hardship, or honoured"),
    rows=("D9-07",),
    opens_on=(Opening(f"record:{TICKET.id}", TICKET.title, enrols=True),),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(EXEMPTION, Text("享受减免", "used it")),
    forms=(TICKET, EXEMPTION),
    indicators=INDICATORS,
    posts=(FundPosting(EXEMPTION.id, FUND, answer("exempted")),),
    screens=("work:register", "work:record", "ledger:fund"),
    tests=("tests/catalogue/benefits/test_free_care.py",),
    source=SOURCE,
)

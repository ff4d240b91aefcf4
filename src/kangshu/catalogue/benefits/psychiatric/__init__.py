"""Relief for people with a severe mental disorder: a subsidy, and free medicines from the institution's
stock."""

from __future__ import annotations

from kangshu.catalogue.benefits.pattern import Kind, benefit
from kangshu.catalogue.benefits.psychiatric.dispensing import DISPENSING, DISPENSING_STEP, DRUGS, ISSUES
from kangshu.declare import Text
from kangshu.declare.expression import answer
from kangshu.declare.fund import Fund
from kangshu.declare.posting import StockPosting
from kangshu.declare.stock import Goods, GoodsKind

SOURCE = "严重精神障碍患者救治救助（县级实施办法）"
FUND = "benefits.psychiatric"

goods = tuple(
    Goods(
        id,
        title,
        "盒",
        GoodsKind.BATCHED,
        floor=10,
        group=Text("免费精神科药品", "Free psychiatric medicines"),
        source=SOURCE,
    )
    for id, title in DRUGS.values()
)
funds = (
    Fund(
        FUND,
        Text("严重精神障碍患者救助资金", "Relief for severe mental disorder"),
        Text(
            "严重精神障碍患者住院、门诊和服药补助", "In-patient, out-patient and medicine costs of patients"
        ),
    ),
)

capability = benefit(
    id="benefits.psychiatric",
    title=Text("严重精神障碍患者救助", "Relief for severe mental disorder"),
    purpose=Text(
        "落实严重精神障碍患者救助政策：住院和门诊补助、免费服药，按复诊预约发药",
        "Subsidies for in-patient and out-patient care and free medicines, given out at booked "
        "re-examinations",
    ),
    subject=Text("严重精神障碍患者", "people with a severe mental disorder"),
    fund=FUND,
    kinds=(
        Kind("1", Text("住院救治", "in-patient care"), 6000),
        Kind("2", Text("门诊及服药", "out-patient care and medicines"), 2000),
        Kind("3", Text("监护人以奖代补", "guardian's allowance"), 2400),
    ),
    proof=Text(
        "诊断证明、残疾证或低保证、监护协议",
        "diagnosis, disability or poverty certificate, guardian's agreement",
    ),
    rows=("D6-03",),
    row_note=Text(
        "精神专科门诊服务点见精神专科门诊台账；复诊预约见免费发药",
        "Outpatient clinics are in their logbook; re-examinations are booked with the medicines",
    ),
    confidentiality="mental_health",
    forms=(DISPENSING,),
    steps=(DISPENSING_STEP,),
    posts=(
        StockPosting(
            DISPENSING.id,
            goods_by="drug",
            goods_of={code: id for code, (id, _) in DRUGS.items()},
            quantity=answer("boxes"),
            batch="batch",
        ),
    ),
    indicators=ISSUES,
    screens=("stock:ledger", "fieldwork:logbook"),
    tests=("tests/catalogue/benefits/test_psychiatric.py", "tests/catalogue/benefits/test_logbooks.py"),
    aliases=("精神障碍患者救助人数",),
    source=SOURCE,
)

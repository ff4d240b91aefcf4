"""Relief for poor mothers (降消项目)."""

from __future__ import annotations

from kangshu.catalogue.benefits.pattern import Kind, benefit
from kangshu.declare import Text
from kangshu.declare.expression import performed_on, person
from kangshu.declare.fund import Fund

SOURCE = "降低孕产妇死亡率和消除新生儿破伤风项目（县级实施方案）"
FUND = "benefits.mothers"

funds = (
    Fund(
        FUND,
        Text("贫困孕产妇救助资金", "Relief for poor mothers"),
        Text("救助贫困孕产妇住院分娩和危急重症", "Deliveries and emergencies of mothers in poverty"),
    ),
)

capability = benefit(
    id="benefits.mothers",
    title=Text("贫困孕产妇救助", "Relief for poor mothers"),
    purpose=Text(
        "对贫困孕产妇住院分娩和危急重症抢救费用给予救助，凭贫困证明申请，逐级审核后发放",
        "Help with the delivery and emergencies of mothers in poverty, on proof, checked and then paid",
    ),
    subject=Text("贫困孕产妇", "mothers in poverty"),
    fund=FUND,
    kinds=(
        Kind("1", Text("贫困孕产妇住院分娩", "delivery in hospital"), 3000),
        Kind("2", Text("危急重症抢救", "emergency"), 20000),
    ),
    proof=Text(
        "低保、特困或民政部门贫困证明，住院票据", "certificate of poverty by civil affairs, hospital bills"
    ),
    eligible=person.sex.equals("2") & person.age_on(performed_on).between(12, 55),
    rows=("D3-14",),
    row_note=Text(
        "卫生院督查见妇幼保健业务督查台账", "Visits to health centres are in the logbook of supervision"
    ),
    screens=("fieldwork:logbook",),
    tests=("tests/catalogue/benefits/test_logbooks.py",),
    aliases=("贫困孕产妇救助人数", "救助贫困孕产妇人数"),
    source=SOURCE,
)

"""Vouchers for child and maternal care: issued, used with a service, settled; never used twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.catalogue.vouchers.service.forms import ISSUE, SOURCE, USE, VOID
from kangshu.catalogue.vouchers.service.indicators import INDICATORS
from kangshu.declare import Capability, DatedValue, Parameter, Text
from kangshu.declare.fund import Fund
from kangshu.declare.posting import PaperStep, StockPosting
from kangshu.declare.stock import Goods, GoodsKind

FUND = "vouchers.service"
PAPERS = {"1": "voucher.child", "2": "voucher.maternal"}
GROUP = Text("编号证券", "Numbered papers")

goods = (
    Goods(
        "voucher.child",
        Text("儿童保健服务券", "Child-care vouchers"),
        "张",
        GoodsKind.NUMBERED,
        fund=FUND,
        worth="vouchers.child_worth",
        group=GROUP,
        source=SOURCE,
    ),
    Goods(
        "voucher.maternal",
        Text("孕产妇保健服务券", "Maternal-care vouchers"),
        "张",
        GoodsKind.NUMBERED,
        fund=FUND,
        worth="vouchers.maternal_worth",
        group=GROUP,
        source=SOURCE,
    ),
)
funds = (
    Fund(
        FUND,
        Text("妇幼保健服务券资金", "Service vouchers"),
        Text("按服务券向提供服务的机构结算", "Pays institutions for the vouchers that were used there"),
    ),
)


def _worth(id: str, zh: str, en: str, value: int) -> Parameter:
    return Parameter(
        f"vouchers.{id}_worth",
        Text(f"{zh}每张结算标准", f"What a {en} voucher is paid with"),
        "元",
        (DatedValue(date(2009, 1, 1), Decimal(value)),),
        local=True,
        source="由县级确定",
    )


def _papers(form: str, step: PaperStep) -> StockPosting:
    return StockPosting(form, goods_by="kind", goods_of=PAPERS, numbers="numbers", paper=step)


capability = Capability(
    id="vouchers.service",
    version=1,
    title=Text("妇幼保健服务券", "Service vouchers"),
    purpose=Text(
        "向0～36个月儿童和孕产妇发放保健服务券，凭券接受服务，按券结算，不得重复使用",
        "Vouchers for children of 0 to 36 months and mothers: used for a service, paid once, "
        "never used twice",
    ),
    subject=Text("0～36个月儿童、孕产妇", "children of 0 to 36 months, mothers"),
    rows=("D2-05",),
    forms=(ISSUE, USE, VOID),
    indicators=INDICATORS,
    parameters=(
        _worth("child", "儿童保健服务券", "child-care", 10),
        _worth("maternal", "孕产妇保健服务券", "maternal-care", 10),
    ),
    posts=(
        _papers(ISSUE.id, PaperStep.ISSUE),
        _papers(USE.id, PaperStep.REDEEM),
        _papers(VOID.id, PaperStep.CANCEL),
    ),
    screens=("work:record", "stock:ledger", "stock:settlement", "stock:number"),
    tests=("tests/catalogue/vouchers/test_service.py",),
    source=SOURCE,
)

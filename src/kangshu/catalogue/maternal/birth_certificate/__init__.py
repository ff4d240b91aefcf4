"""The medical birth certificate: first issue, replacement, reissue, each on a numbered paper (norms H2)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.maternal.birth_certificate.examples import EXAMPLES
from kangshu.catalogue.maternal.birth_certificate.forms import (
    FIRST,
    GOODS_ID,
    OLD_IS_OURS,
    REISSUE,
    REPLACEMENT,
    SOURCE,
)
from kangshu.catalogue.maternal.birth_certificate.indicators import INDICATORS
from kangshu.catalogue.maternal.birth_certificate.schedule import SCHEDULE
from kangshu.catalogue.maternal.birth_certificate.states import STATES
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.posting import PaperStep, StockPosting
from kangshu.declare.stock import Goods, GoodsKind

goods = (
    Goods(
        GOODS_ID,
        Text("《出生医学证明》空白证件", "Blank birth certificates"),
        "张",
        GoodsKind.NUMBERED,
        floor=50,
        group=Text("编号证券", "Numbered papers"),
        source=SOURCE,
    ),
)

capability = Capability(
    id="maternal.birth_certificate",
    version=1,
    title=Text("出生医学证明", "Birth certificate"),
    purpose=Text(
        "为每名活产新生儿签发一份《出生医学证明》，换发、补发、废证按编号管理，账证相符",
        "One certificate for every live birth; replacements, reissues and spoiled papers by "
        "their numbers, so that "
        "papers and books agree",
    ),
    subject=Text("在本县出生的新生儿", "children born in the county"),
    rows=("D3-12",),
    row_note=Text(
        "空白证件按编号领用、调拨、作废、遗失；真伪鉴定见核实鉴定台账；与公安的接口未接",
        "Blank papers by number; checks of authenticity are in the logbook of verifications; the police's "
        "interface is not connected",
    ),
    opens_on=(
        Opening("person.born", Text("新生儿", "a newborn"), enrols=True),
        *(Opening(f"record:{form.id}", form.title, enrols=True) for form in (FIRST, REPLACEMENT, REISSUE)),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(FIRST, REPLACEMENT, REISSUE),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    examples=EXAMPLES,
    posts=(
        StockPosting(FIRST.id, goods=GOODS_ID, numbers="certificate"),
        StockPosting(
            REPLACEMENT.id,
            goods=GOODS_ID,
            numbers="old_certificate",
            paper=PaperStep.VOID,
            when=OLD_IS_OURS,
            name="old",
        ),
        StockPosting(REPLACEMENT.id, goods=GOODS_ID, numbers="certificate", name="new"),
        StockPosting(REISSUE.id, goods=GOODS_ID, numbers="certificate"),
    ),
    screens=(
        "work:register",
        "work:record",
        "work:print",
        "stock:ledger",
        "stock:number",
        "fieldwork:logbook",
    ),
    tests=("tests/catalogue/maternal/test_birth_certificate.py", "tests/stock/test_actions.py"),
    source=SOURCE,
)

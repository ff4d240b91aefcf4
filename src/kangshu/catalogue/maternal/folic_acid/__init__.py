"""Folic acid against neural tube defects: whom it is for, bottles given out, whether it is taken and
known."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON, enrolled_managed_closed
from kangshu.catalogue.maternal.folic_acid.forms import GOODS_ID, INTAKE, ISSUE, SOURCE, SURVEY
from kangshu.catalogue.maternal.folic_acid.indicators import INDICATORS
from kangshu.catalogue.maternal.folic_acid.schedule import SCHEDULE
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import answer, performed_on, person
from kangshu.declare.posting import StockPosting
from kangshu.declare.stock import Goods, GoodsKind

goods = (
    Goods(
        GOODS_ID,
        Text("叶酸片（免费增补）", "Folic acid tablets (free)"),
        "瓶",
        GoodsKind.BATCHED,
        floor=20,
        group=Text("妇幼物资", "Maternal and child goods"),
        source=SOURCE,
    ),
)

capability = Capability(
    id="maternal.folic_acid",
    version=1,
    title=Text("增补叶酸预防神经管缺陷", "Folic acid"),
    purpose=Text(
        "为备孕和孕早期妇女免费发放叶酸，随访服用情况，调查知晓和依从情况",
        "Free folic acid for women who prepare a pregnancy or are in its first months; intake followed up, "
        "knowledge and adherence asked",
    ),
    subject=Text("准备怀孕和孕早期的妇女", "women before and in early pregnancy"),
    rows=("D3-08",),
    eligible=person.sex.equals("2") & person.age_on(performed_on).between(15, 49),
    opens_on=(
        Opening("record:maternal.booking", Text("孕早期建册", "booked in early pregnancy")),
        Opening(f"record:{ISSUE.id}", Text("发放叶酸", "folic acid was issued"), enrols=True),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(ISSUE, Text("发放叶酸", "folic acid issued")),
    forms=(ISSUE, INTAKE, SURVEY),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    posts=(StockPosting(ISSUE.id, goods=GOODS_ID, quantity=answer("bottles"), batch="batch"),),
    screens=("work:register", "work:record", "stock:ledger"),
    tests=("tests/catalogue/maternal/test_folic_acid.py", "tests/work/test_posting.py"),
    source=SOURCE,
)

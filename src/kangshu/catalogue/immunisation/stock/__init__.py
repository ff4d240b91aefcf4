"""Vaccines and syringes as goods: by batch and expiry, a dose taken for each vaccination record (norms B)."""

from __future__ import annotations

from kangshu.catalogue.immunisation.codes import VACCINES
from kangshu.catalogue.immunisation.stock.posts import GOODS_OF, PREFIX
from kangshu.declare import Text
from kangshu.declare.stock import Goods, GoodsKind

SOURCE = "疫苗管理法；疫苗储存和运输管理规范；预防接种工作规范；norms B"
GROUP = Text("疫苗与注射器", "Vaccines and syringes")

goods = (
    *(
        Goods(GOODS_OF[vaccine.code], vaccine.title, "剂", GoodsKind.BATCHED, group=GROUP, source=SOURCE)
        for vaccine in VACCINES
    ),
    Goods(
        "syringe.auto_disable",
        Text("自毁型注射器", "Auto-disable syringes"),
        "只",
        GoodsKind.BATCHED,
        floor=100,
        group=GROUP,
        against=PREFIX,
        source=SOURCE,
    ),
)

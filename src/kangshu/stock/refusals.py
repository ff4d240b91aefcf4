"""What the actions of the stock say when they cannot: one named refusal each, with what to do next."""

from __future__ import annotations

from datetime import date

from kangshu.declare.stock import Goods
from kangshu.declare.units import unit_in
from kangshu.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from kangshu.kernel.text import Text


def amount(goods: Goods, number: int) -> Text:
    """12瓶 / 12 bottles."""
    return Text(f"{number}{goods.unit}", f"{number} {unit_in(goods.unit, 'en')}")


class StockShort(Conflict):
    """There is not enough; `left` is what there is."""

    def __init__(
        self, goods: Goods, place: str, wanted: int, left: int, batch: str = "", where: str = ""
    ) -> None:
        named = goods.title
        if batch:
            named = Text(f"{named.zh}（批号 {batch}）", f"{named.en} (batch {batch})")
        super().__init__(
            "stock.short",
            Text(
                "{place}的{goods}库存不足：需要{wanted}，现有{left}。请先入库或核对批号。",
                "{place} has not enough {goods}: {wanted} needed, {left} left. "
                "Receive some first, or check the batch.",
            ).format(
                place=Text(place, place),
                goods=named,
                wanted=amount(goods, wanted),
                left=amount(goods, left),
            ),
            where=where or None,
        )
        self.left = left


class GoodsExpired(Refusal):
    def __init__(self, goods: Goods, batch: str, expires_on: date, where: str = "") -> None:
        super().__init__(
            "stock.expired",
            Text(
                "{goods}批号 {batch} 已于 {day} 过期，不能发放。请选择其他批号，过期的登记报损。",
                "Batch {batch} of {goods} expired on {day} and must not be given out. "
                "Take another batch, and write this one off.",
            ).format(goods=goods.title, batch=batch, day=expires_on.isoformat()),
            where=where or None,
        )


class BatchDiffers(Conflict):
    def __init__(self, goods: Goods, batch: str, known: date) -> None:
        super().__init__(
            "stock.batch_differs",
            Text(
                "{goods}批号 {batch} 已登记的有效期是 {day}，与这次不同。请核对实物。",
                "Batch {batch} of {goods} is known with another expiry date, {day}. Look at the goods.",
            ).format(goods=goods.title, batch=batch, day=known.isoformat()),
            where="expires_on",
        )


class PapersKnown(Conflict):
    def __init__(self, goods: Goods, numbers: str) -> None:
        super().__init__(
            "stock.papers_known",
            Text(
                "{goods}编号 {numbers} 已经登记过，不能重复入库。",
                "{goods}: {numbers} are in the books already and cannot be received again.",
            ).format(goods=goods.title, numbers=numbers),
            where="numbers",
        )


class PapersElsewhere(Conflict):
    """The numbers are not there, or not in the state that the act needs."""

    def __init__(self, goods: Goods, place: str, numbers: str, state: Text, where: str = "numbers") -> None:
        super().__init__(
            "stock.papers_elsewhere",
            Text(
                "{goods}编号 {numbers} 不能这样办理：{place}没有状态为“{state}”的这些编号。请先"
                "查询编号的去向。",
                "{goods} {numbers}: {place} does not have them as “{state}”. Look the numbers up first.",
            ).format(goods=goods.title, numbers=numbers, place=Text(place, place), state=state),
            where=where,
        )


class PaperMovedOn(Conflict):
    def __init__(self, goods: Goods, number: str) -> None:
        super().__init__(
            "stock.paper_moved_on",
            Text(
                "{goods} {number} 之后已另有办理（如已使用或已结算），这条记录不能再撤销或更正编"
                "号。请先处理后来的办理。",
                "{goods} {number} has been used or settled since; this record cannot give it back. "
                "Undo the later act first.",
            ).format(goods=goods.title, number=number),
            where="numbers",
        )


class NotYourPaper(Conflict):
    def __init__(self, goods: Goods, number: str) -> None:
        super().__init__(
            "stock.not_your_paper",
            Text(
                "{goods} {number} 没有发给这位居民，不能由其使用。请核对编号和姓名。",
                "{goods} {number} was not issued to this resident. Check the number and the name.",
            ).format(goods=goods.title, number=number),
            where="numbers",
        )


class TransferEnded(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "stock.transfer_ended",
            Text("这次调拨已经办结。", "This transfer has been dealt with already."),
        )


class TransferNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "stock.transfer_not_found",
            Text(
                "找不到这次调拨。请从列表重新打开。", "This transfer does not exist. Open it from the list."
            ),
        )


class GoodsNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "stock.goods_not_found",
            Text("没有这种物资。请从列表重新打开。", "There are no such goods. Open them from the list."),
        )


class NotYourStock(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "stock.not_yours",
            Text(
                "这是其他机构的库存，请由该机构或其上级办理。",
                "This is another institution's stock: it, or who is above it, has to do this.",
            ),
        )


class NothingToSettle(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "stock.nothing_to_settle",
            Text("没有待结算的券。", "There is nothing to settle."),
        )

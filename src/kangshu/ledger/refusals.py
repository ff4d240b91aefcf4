"""What the actions of the ledger say when they cannot: one named refusal each, with what to do next."""

from __future__ import annotations

from decimal import Decimal

from kangshu.declare.fund import Fund
from kangshu.kernel.errors import Conflict, NotFound, Refusal
from kangshu.kernel.text import Text


class FundNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "fund.not_found",
            Text("没有这项资金。请从列表重新打开。", "There is no such fund. Open it from the list."),
        )


class FundShort(Conflict):
    """The year's allotment does not cover it; `left` is what is left of it."""

    def __init__(self, fund: Fund, year: int, wanted: Decimal, left: Decimal, where: str = "") -> None:
        super().__init__(
            "fund.short",
            Text(
                "“{fund}”{year}年可用资金不足：需要{wanted}元，剩余{left}元。请先追加指标或核对金额。",
                "{fund} has not enough for {year}: {wanted} yuan needed, {left} yuan left. "
                "Raise the allotment first, or check the amount.",
            ).format(fund=fund.title, year=year, wanted=f"{wanted:,.2f}", left=f"{left:,.2f}"),
            where=where or None,
        )
        self.left = left


class PartsDiffer(Refusal):
    def __init__(self, parts: Decimal, total: Decimal) -> None:
        super().__init__(
            "fund.parts_differ",
            Text(
                "各来源合计{parts}元，与文件总额{total}元相差{gap}元。请核对。",
                "The sources add up to {parts} yuan and the document says {total}: {gap} yuan "
                "apart. Check them.",
            ).format(parts=f"{parts:,.2f}", total=f"{total:,.2f}", gap=f"{total - parts:,.2f}"),
            where="total",
        )


class AlreadyReversed(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "fund.already_reversed",
            Text("这笔账已经冲销过。", "This posting has been reversed already."),
        )


class PostingNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "fund.posting_not_found",
            Text("找不到这笔账，或者您无权查看。", "This posting does not exist, or is not yours to see."),
        )


class TooMuchBack(Conflict):
    def __init__(self, fund: Fund, spent: Decimal) -> None:
        super().__init__(
            "fund.too_much_back",
            Text(
                "退回金额超过“{fund}”当年已支出的{spent}元。",
                "More than {fund} has spent this year ({spent} yuan).",
            ).format(fund=fund.title, spent=f"{spent:,.2f}"),
            where="amount",
        )

"""What the vaccination clinic refuses."""

from __future__ import annotations

from datetime import date

from kangshu.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from kangshu.kernel.text import Text


class NoBirthDate(Refusal):
    """Without a birth date no dose has a day."""

    def __init__(self) -> None:
        super().__init__(
            "immunisation.no_birth_date",
            Text(
                "没有出生日期，无法推算接种时间。请先在档案中补上出生日期。",
                "There is no birth date to reckon from. Put it into the record first.",
            ),
            where="birth_date",
        )


class CodeKnown(Conflict):
    """A package comes in once."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(
            "immunisation.code_known",
            Text(
                "追溯码{code}已于{on}在本单位入库，不能重复入库。",
                "The package with code {code} was received here on {on} already.",
            ).format(code=code, on=on),
            where="codes",
        )


class DeliveryKnown(Conflict):
    """A batch comes in once by one delivery note."""

    def __init__(self, document: str, on: date) -> None:
        super().__init__(
            "immunisation.delivery_known",
            Text(
                "随货单{document}的这一批号已于{on}入库。若分次到货，请在单号后加“-2”。",
                "This batch of delivery note {document} was received on {on}. If it came in parts, add “-2”.",
            ).format(document=document, on=on),
            where="document",
        )


class DeliveryNotOpen(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "immunisation.delivery_not_open",
            Text("没有待说明的这批疫苗。", "There is no such delivery with a difference to explain."),
        )


class NotYourDelivery(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "immunisation.not_your_delivery",
            Text("这批疫苗不在您的管理范围。", "This delivery is not within your reach."),
        )

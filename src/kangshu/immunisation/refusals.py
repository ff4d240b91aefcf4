"""What the vaccination clinic refuses."""

from __future__ import annotations

from kangshu.kernel.errors import Refusal
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

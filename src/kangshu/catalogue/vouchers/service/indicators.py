"""Persons who were given vouchers, and services that were given for them."""

from __future__ import annotations

from kangshu.catalogue.vouchers.service.forms import ISSUE, SOURCE, USE
from kangshu.declare import Counts, Indicator, Months, Text
from kangshu.declare.expression import answer, records
from kangshu.declare.terms import IN_PERIOD


def _both(code: str, id: str, zh: str, en: str) -> tuple[Indicator, Indicator]:
    of_kind = answer("kind").equals(code)
    return (
        Indicator(
            id=f"vouchers.{id}_people",
            version=1,
            title=Text(f"发放{zh}人数", f"People given {en} vouchers"),
            unit="人",
            numerator=records(ISSUE.id).where(IN_PERIOD & of_kind).exists(),
            decimals=0,
            months=Months.EACH,
            numerator_words=Text("期内领到服务券的人数", "people given vouchers in the period"),
            aliases=(f"发放{zh}人数", f"{zh}发放人数"),
            source=SOURCE,
        ),
        Indicator(
            id=f"vouchers.{id}_services",
            version=1,
            title=Text(f"{zh}服务人次", f"Services given for {en} vouchers"),
            unit="人次",
            numerator=IN_PERIOD & of_kind,
            counts=Counts.RECORDS,
            form=USE.id,
            decimals=0,
            months=Months.EACH,
            numerator_words=Text("期内凭券服务的人次", "services for vouchers in the period"),
            aliases=(f"{zh}服务人次",),
            source=SOURCE,
        ),
    )


INDICATORS = (
    *_both("1", "child", "儿童保健服务券", "child-care"),
    *_both("2", "maternal", "孕产妇保健服务券", "maternal-care"),
)

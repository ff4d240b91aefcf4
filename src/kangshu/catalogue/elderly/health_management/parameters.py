"""The numbers of norms A6. The cut-offs of the screens are tagged M2, so a county may set its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

SECOND_EDITION = date(2011, 5, 24)


def _number(
    id: str, zh: str, en: str, unit: str, value: int, *, local: bool = False, source: str = "norms A6.2"
) -> Parameter:
    values = (DatedValue(SECOND_EDITION, Decimal(value)),)
    return Parameter(f"elderly.{id}", Text(zh, en), unit, values, local=local, source=source)


PARAMETERS = (
    _number("earliest_age", "服务的最低年龄", "Earliest age", "岁", 65, source="norms A6"),
    _number("self_care_mild", "轻度依赖起点", "Mild dependence from", "分", 4),
    _number("self_care_moderate", "中度依赖起点", "Moderate dependence from", "分", 9),
    _number("self_care_unable", "不能自理起点", "Unable from", "分", 19),
    _number("mmse_illiterate", "文盲MMSE异常上限", "MMSE abnormal up to, illiterate", "分", 17, local=True),
    _number("mmse_primary", "小学MMSE异常上限", "MMSE abnormal up to, primary school", "分", 20, local=True),
    _number(
        "mmse_middle", "中学及以上MMSE异常上限", "MMSE abnormal up to, middle school", "分", 24, local=True
    ),
    _number("gds_mild", "GDS-30轻度抑郁起点", "GDS-30 mild from", "分", 11, local=True),
    _number("gds_severe", "GDS-30中重度抑郁起点", "GDS-30 moderate or severe from", "分", 21, local=True),
)

NORM = NormValues(PARAMETERS)

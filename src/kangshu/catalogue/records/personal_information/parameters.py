"""How long an answer may take. The norm says that a record is handed over, not within how many days: the
county decides, and may change it from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, Parameter, Text

THIRD_EDITION = date(2017, 2, 28)

PARAMETERS = (
    Parameter(
        "records.transfer_answer_days",
        Text("档案迁转申请的答复期限", "Time to answer a request for transfer"),
        "个工作日",
        (DatedValue(THIRD_EDITION, Decimal(5)),),
        local=True,
        source="国家基本公共卫生服务规范（第三版）2017；norms A1.4（期限由县级确定）",
    ),
    Parameter(
        "records.correction_answer_days",
        Text("居民更正申请的答复期限", "Time to answer a resident's request for correction"),
        "个工作日",
        (DatedValue(THIRD_EDITION, Decimal(15)),),
        local=True,
        source="个人信息保护法第四十六条、第五十条（期限由县级确定）",
    ),
)

"""How many residents have a record, and how many have its personal form (norms A1.5)."""

from __future__ import annotations

from kangshu.catalogue.records.personal_information.forms import FORM_ID
from kangshu.catalogue.records.personal_information.opening import OPENING_ID
from kangshu.declare import Direction, Indicator, Text
from kangshu.declare.expression import Expression, performed_on, period, person, population, records

SOURCE = "国家基本公共卫生服务规范（第三版）2017；norms A1.5"

# Who is counted at all is the rule of credit: on the last day of the period under care in the county.
ALIVE = person.death_on.is_missing() | (person.death_on > period.last)
HAS_FORM = records(FORM_ID).where(performed_on <= period.last).exists()
IS_OPEN = records(OPENING_ID).where(performed_on <= period.last).last().answer("agreed").equals("1")
RESIDENTS = Text("年末常住居民数", "usual residents")


def _rate(id: str, title: Text, numerator: Expression, words: Text, aliases: tuple[str, ...]) -> Indicator:
    return Indicator(
        id=f"records.{id}",
        version=1,
        title=title,
        unit="%",
        numerator=numerator,
        estimate=population(),
        direction=Direction.UP,
        numerator_words=words,
        denominator_words=RESIDENTS,
        aliases=aliases,
        source=SOURCE,
    )


INDICATORS = (
    _rate(
        "creation_rate",
        Text("健康档案建档率", "Record rate"),
        ALIVE,
        Text("已建立电子健康档案的居民数", "residents with an electronic record"),
        ("建档率", "电子健康档案建档率", "居民健康档案建档率"),
    ),
    _rate(
        "standardised_rate",
        Text("规范化电子健康档案覆盖率", "Coverage of complete records"),
        ALIVE & HAS_FORM,
        Text("有个人基本信息表的居民数", "residents with the personal form"),
        ("规范化电子健康档案覆盖率", "规范化建档率"),
    ),
    Indicator(
        id="records.opening_rate",
        version=1,
        title=Text("电子健康档案向个人开放率", "Records open to their own person"),
        unit="%",
        numerator=IS_OPEN,
        denominator=ALIVE,
        direction=Direction.UP,
        numerator_words=Text("档案已向本人开放的居民数", "residents whose record is open to them"),
        denominator_words=Text("已建立电子健康档案的居民数", "residents with an electronic record"),
        aliases=("电子健康档案开放率", "居民电子健康档案开放率", "健康档案开放率"),
        source=SOURCE,
    ),
)

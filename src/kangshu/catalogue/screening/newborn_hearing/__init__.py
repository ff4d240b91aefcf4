"""Newborn hearing: first and second test, diagnosis by 3 months, help by 6 months (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.cascade import cascade
from kangshu.catalogue.screening.newborn_hearing.examples import EXAMPLES
from kangshu.catalogue.screening.newborn_hearing.indicators import INDICATORS
from kangshu.catalogue.screening.newborn_hearing.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import days_between, performed_on, person

capability = cascade(
    SHAPE,
    purpose=Text(
        "新生儿出生48小时后初筛，未通过者42天内复筛，3月龄内诊断，6月龄内干预",
        "First test from 48 hours on, second by 42 days, diagnosis by 3 months, help by 6 months",
    ),
    subject=Text("辖区内出生或居住的新生儿", "newborns of the district"),
    rows=("D3-05",),
    row_note=Text("听力筛查部分", "the hearing part"),
    eligible=days_between(person.birth_date, performed_on) <= 180,
    indicators=INDICATORS,
    examples=EXAMPLES,
)

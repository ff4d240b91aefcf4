"""Hypertension: follow-up of residents of 35 years and more with primary hypertension (norms A7)."""

from __future__ import annotations

from kangshu.catalogue.chronic.hypertension.forms import FOLLOW_UP, SOURCE
from kangshu.declare import Capability, Text
from kangshu.declare.expression import performed_on, person

capability = Capability(
    id="chronic.hypertension",
    version=1,
    title=Text("高血压患者健康管理", "Hypertension management"),
    purpose=Text("对原发性高血压患者每年至少4次面对面随访", "At least four face-to-face visits a year"),
    subject=Text(
        "35岁及以上常住居民中原发性高血压患者", "Usual residents of 35 and more with primary hypertension"
    ),
    eligible=person.age_on(performed_on) >= 35,
    forms=(FOLLOW_UP,),
    source=SOURCE,
)

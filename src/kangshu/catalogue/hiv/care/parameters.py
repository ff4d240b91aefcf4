"""The numbers of HIV care; a county takes over what its province orders."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

SINCE = date(2016, 1, 1)
SOURCE = "艾滋病病毒感染者随访工作指南（2016年版）；国家免费艾滋病抗病毒药物治疗手册"

PARAMETERS = local_parameters(
    "hiv",
    SINCE,
    SOURCE,
    ("suppressed_below", "病毒抑制：病毒载量低于", "Suppressed below", "拷贝/mL", 50),
    ("failure_from", "疑似治疗失败：病毒载量达到", "Failure suspected from", "拷贝/mL", 1000),
    ("low_cd4", "CD4严重降低：低于", "CD4 low below", "个/μL", 200),
    ("missed_doses", "依从性差：近1个月漏服达到", "Adherence poor from doses missed", "次", 3),
)
NORM = NormValues(PARAMETERS)

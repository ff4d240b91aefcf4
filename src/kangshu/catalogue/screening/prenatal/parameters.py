"""Cut-offs of prenatal screening; laboratories set their own."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

PARAMETERS = local_parameters(
    "prenatal",
    date(2010, 1, 1),
    "胎儿常见染色体异常与开放性神经管缺陷的产前筛查与诊断技术标准 WS 322",
    ("high_21", "21三体高风险截断值 1/", "Trisomy 21: high risk from 1 in", "", 270),
    ("high_18", "18三体高风险截断值 1/", "Trisomy 18: high risk from 1 in", "", 350),
    ("critical", "21三体临界风险截断值 1/", "Trisomy 21: in between from 1 in", "", 1000),
    ("nt_tenths", "NT增厚界值（0.1 mm）", "Nuchal translucency, raised from (0.1 mm)", "", 30),
)
NORM = NormValues(PARAMETERS)

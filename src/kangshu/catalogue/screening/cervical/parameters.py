"""Intervals of cervical screening (norms K1)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

PARAMETERS = local_parameters(
    "cervical",
    date(2021, 1, 1),
    "norms K1",
    ("hpv_interval", "HPV筛查间隔", "Interval after HPV", "月", 60),
    ("cytology_interval", "细胞学筛查间隔", "Interval after cytology", "月", 36),
    ("age_from", "宫颈癌筛查起始年龄", "Cervical screening from age", "岁", 35),
    ("age_to", "宫颈癌筛查终止年龄", "Cervical screening up to age", "岁", 64),
)
NORM = NormValues(PARAMETERS)
HPV_INTERVAL = PARAMETERS[0]

"""Numbers of breast screening (norms K2)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

PARAMETERS = local_parameters(
    "breast",
    date(2021, 1, 1),
    "norms K2",
    ("interval", "乳腺癌筛查间隔", "Interval of breast screening", "月", 24),
    ("age_from", "乳腺癌筛查起始年龄", "Breast screening from age", "岁", 35),
    ("age_to", "乳腺癌筛查终止年龄", "Breast screening up to age", "岁", 64),
    (
        "early_stage",
        "早期癌的最高分期（1为0期，2为Ⅰ期，3为ⅡA期）",
        "Latest early stage (1: 0, 2: I, 3: IIA)",
        "",
        2,
    ),
)
NORM = NormValues(PARAMETERS)
INTERVAL = PARAMETERS[0]

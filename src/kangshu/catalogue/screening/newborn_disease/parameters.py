"""Cut-offs and times of newborn disease screening (norms K5)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

PARAMETERS = local_parameters(
    "newborn_disease",
    date(2010, 12, 1),
    "norms K5",
    ("earliest_hours", "最早采血时间", "Blood not before", "h", 72),
    ("latest_days", "按时采血的最晚日龄", "Blood in time up to", "天", 7),
    ("delayed_days", "延迟采血的最晚日龄", "Delayed blood up to", "天", 20),
    ("tsh", "TSH可疑切值", "TSH cut-off", "mU/L", 10),
    ("phe", "Phe可疑切值", "Phe cut-off", "µmol/L", 120),
)
NORM = NormValues(PARAMETERS)

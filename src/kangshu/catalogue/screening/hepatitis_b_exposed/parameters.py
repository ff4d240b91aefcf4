"""Time limits of the immunoglobulin."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

PARAMETERS = local_parameters(
    "hepatitis_b_exposed",
    date(2011, 2, 1),
    "norms H1; row D3-09",
    ("hours", "免疫球蛋白及时注射时限", "Immunoglobulin in time within", "h", 24),
    ("early_hours", "免疫球蛋白12小时指标时限", "Immunoglobulin, the stricter limit", "h", 12),
    ("antibody", "保护性抗体下限", "Protective antibody from", "mIU/mL", 10),
)
NORM = NormValues(PARAMETERS)

"""How many weeks each kind of drug may be prescribed; 0: not as a long prescription."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

_WEEKS = (
    ("blood_pressure", "降压药最长周数", "Blood pressure drugs, weeks", 12),
    ("glucose", "口服降糖药最长周数", "Glucose-lowering drugs, weeks", 12),
    ("insulin", "胰岛素最长周数", "Insulin, weeks", 4),
    ("lipid", "调脂药最长周数", "Lipid-lowering drugs, weeks", 12),
    ("platelet", "抗血小板药最长周数", "Antiplatelets, weeks", 12),
    ("lung", "慢阻肺吸入剂最长周数", "Inhalers, weeks", 8),
    ("other", "其他慢性病用药最长周数", "Other chronic drugs, weeks", 8),
    ("antimicrobial", "抗微生物药物最长周数", "Antimicrobials, weeks", 0),
    ("controlled", "麻醉和精神药品最长周数", "Controlled drugs, weeks", 0),
    ("toxic", "毒性等特殊药品最长周数", "Toxic drugs, weeks", 0),
)
PARAMETERS = local_parameters(
    "long_prescription",
    date(2021, 8, 10),
    "长期处方管理规范（试行）",
    *((name, zh, en, "周", weeks) for name, zh, en, weeks in _WEEKS),
    ("month", "须记录理由的周数起点（超过）", "A reason is written when over", "周", 4),
)
NORM = NormValues(PARAMETERS)

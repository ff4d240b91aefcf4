"""The numbers of guardianship, the county's to change."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import NormValues

PARAMETERS = local_parameters(
    "guardianship",
    date(2018, 5, 28),
    "严重精神障碍管理治疗工作规范（2018年版）",
    ("alarm_risk", "报警的危险性起点", "Alarm from a risk of", "级", 3),
    ("least_present", "联合走访最少参加人数", "Members at a round at least", "人", 2),
)
NORM = NormValues(PARAMETERS)

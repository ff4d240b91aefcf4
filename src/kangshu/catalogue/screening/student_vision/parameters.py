"""Numbers of vision screening (norms K6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.catalogue.judging import local_parameters
from kangshu.declare import DatedValue, NormValues, Parameter, Text

BEGUN = date(2019, 10, 1)
SOURCE = "norms K6"
PARAMETERS = (
    *local_parameters(
        "student_vision",
        BEGUN,
        SOURCE,
        ("interval", "学生视力筛查间隔", "Interval of vision screening", "月", 5),
    ),
    Parameter(
        "student_vision.good",
        Text("正常裸眼视力", "Good naked vision"),
        "",
        (DatedValue(BEGUN, Decimal("5.0")),),
        local=True,
        source=SOURCE,
    ),
    Parameter(
        "student_vision.myopia",
        Text("筛查性近视等效球镜（低于）", "Spherical equivalent of myopia, below"),
        "D",
        (DatedValue(BEGUN, Decimal("-0.50")),),
        local=True,
        source=SOURCE,
    ),
)
INTERVAL = PARAMETERS[0]
NORM = NormValues(PARAMETERS)

"""The numbers of norms A7 by edition. The thresholds of the third edition are the nation's; the prevalence
with which a county estimates its patients is its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

SECOND_EDITION = date(2011, 5, 24)
THIRD_EDITION = date(2017, 2, 28)


def _since_second_edition(value: int) -> tuple[DatedValue, ...]:
    return (DatedValue(SECOND_EDITION, Decimal(value)),)


PARAMETERS = (
    Parameter(
        "hypertension.earliest_age",
        Text("纳入管理的最低年龄", "Earliest age of enrolment"),
        "岁",
        _since_second_edition(35),
        source="norms A7.1",
    ),
    Parameter(
        "hypertension.target_sbp",
        Text("收缩压目标", "Systolic target"),
        "mmHg",
        _since_second_edition(140),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.target_dbp",
        Text("舒张压目标", "Diastolic target"),
        "mmHg",
        _since_second_edition(90),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.elder_age",
        Text("按老年人目标的最低年龄", "Age from which the elders' target counts"),
        "岁",
        _since_second_edition(65),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.target_sbp_elder",
        Text("老年人收缩压目标", "Systolic target of elders"),
        "mmHg",
        # The second edition set one target for all ages; the third relaxed it from 65 on.
        (DatedValue(SECOND_EDITION, Decimal(140)), DatedValue(THIRD_EDITION, Decimal(150))),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.emergency_sbp",
        Text("紧急转诊的收缩压", "Systolic pressure of an emergency"),
        "mmHg",
        _since_second_edition(180),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.emergency_dbp",
        Text("紧急转诊的舒张压", "Diastolic pressure of an emergency"),
        "mmHg",
        _since_second_edition(110),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.visits_per_year",
        Text("每年面对面随访次数", "Face-to-face visits a year"),
        "次",
        _since_second_edition(4),
        source="norms A7.2",
    ),
    Parameter(
        "hypertension.adult_prevalence",
        Text("成人高血压患病率（估计患者数用）", "Adult prevalence, for estimating the patients"),
        "%",
        (DatedValue(SECOND_EDITION, Decimal("25.2")), DatedValue(date(2019, 1, 1), Decimal("27.5"))),
        local=True,
        source="norms A7.4 (local estimate, M2)",
    ),
)

NORM = NormValues(PARAMETERS)

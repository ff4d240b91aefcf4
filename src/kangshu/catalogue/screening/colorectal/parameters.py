"""Numbers of colorectal screening that editions and counties change (norms K3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.catalogue.cascade import months_parameter
from kangshu.declare import DatedValue, NormValues, Parameter, Text

BEGUN = date(2020, 1, 1)
SOURCE = "norms K3"


def _parameter(name: str, zh: str, en: str, unit: str, value: int) -> Parameter:
    values = (DatedValue(BEGUN, Decimal(value)),)
    return Parameter(f"colorectal.{name}", Text(zh, en), unit, values, local=True, source=SOURCE)


INTERVAL = months_parameter(
    "colorectal.interval", Text("结直肠癌筛查间隔", "Interval of colorectal screening"), 36, BEGUN, SOURCE
)
PARAMETERS = (
    _parameter("age_from", "结直肠癌筛查起始年龄", "Colorectal screening from age", "岁", 45),
    _parameter("age_to", "结直肠癌筛查终止年龄", "Colorectal screening up to age", "岁", 74),
    _parameter("fit_samples", "判阴性所需FIT份数", "Stool samples for a negative result", "份", 2),
    _parameter("advanced_size", "进展期腺瘤直径", "Size of an advanced adenoma", "mm", 10),
    _parameter("clear_months", "肠镜正常后免筛时间", "No screening after a clear colonoscopy", "月", 120),
    _parameter("after_adenoma", "非进展期腺瘤复查肠镜间隔", "Colonoscopy again after an adenoma", "月", 36),
    _parameter(
        "after_advanced", "进展期腺瘤复查肠镜间隔", "Colonoscopy again after an advanced adenoma", "月", 12
    ),
)
NORM = NormValues((*PARAMETERS, INTERVAL))

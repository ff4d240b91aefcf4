"""Units in English."""

from __future__ import annotations

import re

from kangshu.declare import registry
from kangshu.declare.units import unit_in


def test_units_are_said_in_the_readers_language() -> None:
    assert unit_in("次/分", "zh-hans") == "次/分"
    assert unit_in("次/分", "en-gb") == "/min"
    assert unit_in("mmHg", "en") == "mmHg"


def test_every_declared_unit_can_be_said_in_english() -> None:
    units = {field.unit for form in registry.forms() for field in form.fields}
    units |= {indicator.unit for indicator in registry.indicators()}
    units |= {parameter.unit for parameter in registry.parameters()}
    for report in registry.declared("report").values():
        units |= {figure.unit for figure in report.figures} | {field.unit for field in report.form.fields}
    chinese = [unit for unit in units if re.search("[一-鿿]", unit_in(unit, "en"))]
    assert chinese == []

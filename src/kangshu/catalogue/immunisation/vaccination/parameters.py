"""What every township is to reach (norms B7); a county may ask for more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, Parameter, Text

THIRD_EDITION = date(2009, 1, 1)


def _minimum(id: str, zh: str, en: str, value: str) -> Parameter:
    return Parameter(
        f"immunisation.{id}",
        Text(zh, en),
        "%",
        (DatedValue(THIRD_EDITION, Decimal(value)),),
        local=True,
        source="norms B7",
    )


PARAMETERS = (
    _minimum("minimum_coverage", "以乡镇为单位接种率下限", "Coverage every township is to reach", "90"),
    _minimum(
        "minimum_measles",
        "以乡镇为单位含麻疹成分疫苗接种率下限",
        "Measles coverage every township is to reach",
        "95",
    ),
)

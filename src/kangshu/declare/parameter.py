"""Parameters: numbers of a norm that change with the edition, or that a county sets itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kangshu.declare.errors import refuse_unless
from kangshu.declare.form import IDENTIFIER
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class DatedValue:
    """In force from `from_on` until the next value's day."""

    from_on: date
    value: Decimal

    def __post_init__(self) -> None:
        refuse_unless(isinstance(self.value, Decimal), "parameter", f"{self.value!r} is not exact")


@dataclass(frozen=True)
class Parameter(Declared):
    """`values` are the norm's own, oldest first. `local`: the county may set its own values by date (their
    clause is tagged M2, M3 or ENG, or the norm leaves it to the county)."""

    id: str
    title: Text
    unit: str
    values: tuple[DatedValue, ...]
    local: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        where = f"parameter {self.id}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(bool(self.values), where, "has no value")
        days = [value.from_on for value in self.values]
        refuse_unless(days == sorted(set(days)), where, "values are not in the order of their days")

    def value_on(self, on: date) -> Decimal:
        """The norm's value in force on a day; the first one also before its day, so that old records can be
        read."""
        known = [value for value in self.values if value.from_on <= on]
        return (known[-1] if known else self.values[0]).value


class NormValues:
    """The norm's own values of some parameters, without any local change."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._parameters = {parameter.id: parameter for parameter in parameters}

    def value(self, id: str, on: date) -> Decimal:
        """Raises KeyError for an unknown parameter."""
        return self._parameters[id].value_on(on)

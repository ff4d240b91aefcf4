"""The parameters that indicators are computed with: the norm's values, and the county's own by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare import registry


@dataclass(frozen=True)
class Values:
    """Every parameter's dated values. A county's value in force beats the norm's; `local` is by parameter,
    oldest first."""

    local: Mapping[str, tuple[tuple[date, Decimal], ...]] = field(default_factory=dict)

    def value(self, id: str, on: date) -> Decimal:
        """In force on a day. Raises KeyError for an unknown parameter."""
        known = [value for day, value in self.local.get(id, ()) if day <= on]
        if known:
            return known[-1]
        return _declared(id).value_on(on)

    def dated(self, id: str) -> tuple[tuple[date, Decimal], ...]:
        """(day from which, value), oldest first, so that the last day not after a date has its value."""
        declared = [(value.from_on, value.value) for value in _declared(id).values]
        local = list(self.local.get(id, ()))
        if not local:
            return tuple(declared)
        first = local[0][0]
        return (*(pair for pair in declared if pair[0] < first), *local)

    def to_json(self) -> dict[str, list[list[str]]]:
        return {
            id: [[str(day), str(value)] for day, value in pairs] for id, pairs in sorted(self.local.items())
        }


def _declared(id: str) -> Any:
    try:
        return registry.parameter(id)
    except registry.UnknownDeclaration as error:
        raise KeyError(id) from error


def from_rows(rows: Iterable[tuple[str, date, Decimal | None]]) -> Values:
    """From (parameter, from_on, value) rows of the county; later rows of one day replace earlier ones."""
    found: dict[str, dict[date, Decimal]] = {}
    for id, from_on, value in rows:
        if value is not None:
            found.setdefault(id, {})[from_on] = Decimal(value)
    return Values({id: tuple(sorted(values.items())) for id, values in found.items()})

"""What a parameter is here: in force today, what it was and will be, who set it, and what asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kangshu.access.models import Account
from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.capability import Capability
from kangshu.declare.expression import ParameterValue as Asked
from kangshu.declare.indicator import Indicator
from kangshu.declare.parameter import Parameter
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.errors import NotFound
from kangshu.kernel.text import Text
from kangshu.work.models import ParameterValue


class Standing(StrEnum):
    """Of a dated value, seen from a day. REPLACED: another value was set later for the same first day;
    UNUSED: a value of the norm in whose time the county's own holds."""

    PAST = "past"
    IN_FORCE = "in_force"
    COMING = "coming"
    REPLACED = "replaced"
    UNUSED = "unused"


@dataclass(frozen=True)
class Line:
    """One dated value. `set_at` is None for the norm's."""

    from_on: date
    value: Decimal
    standing: Standing
    set_at: datetime | None = None
    set_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Held:
    """A parameter as it holds on a day; `lines` newest first."""

    parameter: Parameter
    capability: Capability
    lines: tuple[Line, ...]

    @property
    def now(self) -> Line:
        return next(line for line in self.lines if line.standing is Standing.IN_FORCE)

    @property
    def coming(self) -> Line | None:
        """The next change, if one is set already."""
        found = [line for line in self.lines if line.standing is Standing.COMING]
        return found[-1] if found else None


def all_held(today: date) -> list[Held]:
    """Every declared parameter, those that the county may set first."""
    rows: dict[str, list[ParameterValue]] = {}
    for row in ParameterValue.objects.filter(institution=None).order_by("from_on", "set_at", "id"):
        rows.setdefault(row.parameter, []).append(row)
    found = [
        Held(parameter, capability, lines_of(parameter, rows.get(parameter.id, ()), today, {}))
        for capability in registry.capabilities()
        for parameter in capability.parameters
    ]
    return sorted(found, key=lambda held: (not held.parameter.local, held.parameter.id))


def held(id: str, today: date) -> Held:
    """One parameter with the names of who set it. Raises NotFound."""
    try:
        parameter = registry.parameter(id)
    except UnknownDeclaration:
        raise NotFound("parameter.unknown", Text("没有这个参数。", "There is no such parameter.")) from None
    capability = next(one for one in registry.capabilities() if parameter in one.parameters)
    rows = list(
        ParameterValue.objects.filter(parameter=id, institution=None).order_by("from_on", "set_at", "id")
    )
    accounts = Account.objects.filter(pk__in=[row.set_by for row in rows])
    names = {account.pk: account.name for account in accounts}
    return Held(parameter, capability, lines_of(parameter, rows, today, names))


def lines_of(
    parameter: Parameter, rows: Sequence[ParameterValue], today: date, names: dict
) -> tuple[Line, ...]:
    """The norm's and the county's values, newest first, each with its standing on a day.

    `rows` in the order in which they hold: by first day, then by when they were set.
    """
    own = rows if parameter.local else ()
    replaced = {row.id for row in own} - {row.id for row in {row.from_on: row for row in own}.values()}
    kept = [row for row in own if row.id not in replaced]
    first_own = kept[0].from_on if kept else date.max
    norm = [value for value in parameter.values if value.from_on < first_own]
    dated: list[Any] = [one for one in (*norm, *kept) if one.from_on <= today]
    # The norm's first value also holds before its own day, so that old records can be read.
    in_force = dated[-1] if dated else parameter.values[0]

    def standing(one: Any, counts: bool, otherwise: Standing) -> Standing:
        if one is in_force:
            return Standing.IN_FORCE
        if not counts:
            return otherwise
        return Standing.COMING if one.from_on > today else Standing.PAST

    lines = [
        Line(value.from_on, value.value, standing(value, value in norm, Standing.UNUSED))
        for value in parameter.values
    ]
    lines += [
        Line(
            row.from_on,
            Decimal(str(row.value)),
            standing(row, row.id not in replaced, Standing.REPLACED),
            row.set_at,
            names.get(row.set_by, ""),
            row.reason,
        )
        for row in own
    ]
    return tuple(sorted(lines, key=lambda line: (line.from_on, line.set_at is not None), reverse=True))


def indicators_asking(id: str) -> list[Indicator]:
    """The indicators whose figures depend on the parameter."""
    return [
        indicator
        for indicator in registry.indicators()
        if any(
            isinstance(node, Asked) and node.id == id
            for part in (indicator.numerator, indicator.denominator, indicator.estimate)
            if part is not None
            for node in walk(part)
        )
    ]

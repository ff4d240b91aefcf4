"""Parameters as they hold here: the county's own dated value where it set one, else the norm's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.parameter import Parameter
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text
from kangshu.work.models import ParameterValue

MOST = 1_000_000
WORKING_DAYS = "个工作日"
SHORTEST_REASON = 4


@dataclass
class LocalParameters:
    """Reads the county's values once, at the first question; make a new one for every action or batch."""

    using: str = "default"
    _values: dict[str, list[tuple[date, Decimal]]] | None = field(default=None, repr=False)
    _known: dict[tuple[str, date], Decimal] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, date, Any]]) -> LocalParameters:
        """From rows that were read already: parameter, first day, value; oldest first."""
        return cls(_values=_by_parameter(rows))

    def value(self, id: str, on: date) -> Decimal:
        """The value in force on a day. Raises UnknownDeclaration for an id nobody declares."""
        known = self._known.get((id, on))
        if known is None:
            known = self._known[id, on] = self._value(id, on)
        return known

    def dated(self, id: str) -> list[tuple[date, Decimal]]:
        """Every value with its first day: the norm's, then the county's in the order in which they hold."""
        norm = [(value.from_on, value.value) for value in registry.parameter(id).values]
        return norm + self._own().get(id, [])

    def _value(self, id: str, on: date) -> Decimal:
        declared = registry.parameter(id)
        own = self._own() if declared.local else {}
        local = [value for from_on, value in own.get(id, ()) if from_on <= on]
        return local[-1] if local else declared.value_on(on)

    def _own(self) -> dict[str, list[tuple[date, Decimal]]]:
        if self._values is None:
            self._values = self._read()
        return self._values

    def _read(self) -> dict[str, list[tuple[date, Decimal]]]:
        rows = (
            ParameterValue.objects.using(self.using)
            .filter(institution=None)
            .order_by("from_on", "set_at", "id")
        )
        return _by_parameter(rows.values_list("parameter", "from_on", "value"))


def _by_parameter(rows: Iterable[tuple[str, date, Any]]) -> dict[str, list[tuple[date, Decimal]]]:
    found: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for parameter, from_on, value in rows:
        found[parameter].append((from_on, Decimal(str(value))))
    return found


@transaction.atomic
def set_parameter(
    *, id: str, value: Decimal, from_on: date, reason: str, by: Actor, now: datetime
) -> ParameterValue:
    """Set the county's value of a local parameter from a day on; the earlier ones stay for the days before.

    A value set again for the same first day replaces the one before, which stays in the history. Raises
    BadInput when the parameter is not the county's to set, the value cannot be, or no reason is given.
    """
    check_allowed(by, "edit.parameters")
    problems = list(_problems_with(registry.parameter(id), value, reason))
    if problems:
        raise BadInput(problems)
    reason = reason.strip()
    row = ParameterValue.objects.create(
        id=new_id(),
        parameter=id,
        value=str(value),
        from_on=from_on,
        set_by=by.account_id,
        set_at=now,
        reason=reason,
    )
    detail = {"parameter": id, "value": str(value), "from_on": from_on}
    log.write(by=by, action="parameter.set", about=row, reason=reason, detail=detail)
    return row


def _problems_with(declared: Parameter, value: Decimal, reason: str) -> Iterator[Problem]:
    if not declared.local:
        message = Text(
            "该参数由国家规范规定，县级不能修改。", "The national norm fixes this; a county cannot set it."
        )
        yield Problem("parameter", "parameter.not_local", message, declared.id)
    most = 100 if declared.unit == "%" else MOST
    if not value.is_finite() or not 0 <= value <= most:
        message = Text(f"数值应在 0 至 {most} 之间。", f"The value lies between 0 and {most}.")
        yield Problem("value", "parameter.value", message, value)
    elif declared.unit == WORKING_DAYS and (value < 1 or value != int(value)):
        message = Text("期限应为至少 1 天的整数。", "A time limit is a whole number of days, at least 1.")
        yield Problem("value", "parameter.days", message, value)
    if len(reason.strip()) < SHORTEST_REASON:
        message = Text(
            "请写明依据（文件名称、文号或会议）。", "Say on what it is based: the document or the decision."
        )
        yield Problem("reason", "parameter.reason", message, reason)

"""Tables that a user puts together: figures × places × periods × a split, without a line of code.

A table is nothing but its question (`Wanted`), which stands in the address; so a saved table is an address
with a name, and whoever opens it gets the figures of the newest snapshot under their own rights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kangshu.access.roles import Role, check_allowed
from kangshu.audit import log
from kangshu.declare.indicator import Indicator
from kangshu.figures.models import SavedTable
from kangshu.indicators.engine.compute import Question, compute_all, find_indicator
from kangshu.indicators.engine.splits import Dimension, parse_dimensions
from kangshu.indicators.results import Row
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Conflict
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.periods import Period, parse_period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within

MOST_INDICATORS, MOST_PERIODS = 12, 6
HIDDEN = Text("不显示", "hidden")


class BadTable(Conflict):
    """A table that cannot be put together."""


@dataclass(frozen=True)
class Wanted:
    """The question of a table. `by` are its rows (none: one row), at most two."""

    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    by: tuple[Dimension, ...] = ()
    place: str = ""

    def to_query(self) -> str:
        return urlencode(
            {
                "indicator": [one.id for one in self.indicators],
                "period": [str(period) for period in self.periods],
                "by": ",".join(self.by),
                "place": self.place,
            },
            doseq=True,
        )


@dataclass(frozen=True)
class Line:
    """A row of the table: its labels, and a figure (or none) for each column."""

    labels: tuple[str, ...]
    cells: tuple[Row | None, ...]


@dataclass(frozen=True)
class Table:
    """`columns` are the indicator and period of each column."""

    columns: tuple[tuple[Indicator, Period], ...]
    by: tuple[Dimension, ...]
    lines: tuple[Line, ...]


def wanted(indicators: Sequence[str], periods: Sequence[str], by: str = "", place: str = "") -> Wanted:
    """Read a question. Raises CannotCompute, BadPeriod, BadSplit, BadTable."""
    asked = tuple(find_indicator(id) for id in dict.fromkeys(indicators))
    when = tuple(dict.fromkeys(parse_period(text) for text in periods if text.strip()))
    split = parse_dimensions(by)
    if len(asked) > MOST_INDICATORS or len(when) > MOST_PERIODS or len(split) > 2:
        raise BadTable(
            "table.too_much",
            Text(
                f"一张表最多{MOST_INDICATORS}个指标、{MOST_PERIODS}个统计期、2个分组。",
                f"A table has at most {MOST_INDICATORS} indicators, {MOST_PERIODS} periods and 2 splits.",
            ),
        )
    return Wanted(asked, when, split, place)


def put_together(asked: Wanted, within: str, store: Store, names: Mapping[Dimension, Any]) -> Table:
    """Compute a table. `names` says for a dimension how its keys are called."""
    columns = [(one, period) for period in asked.periods for one in asked.indicators]
    found: dict[tuple[str, ...], dict[tuple[str, str], Row]] = {}
    for period in asked.periods:
        for result in compute_all(asked.indicators, Question(period, asked.by, within=within), store):
            for row in result.rows:
                key = tuple(row.by[name] for name in asked.by)
                found.setdefault(key, {})[result.indicator.id, str(period)] = row
    lines = [
        Line(
            tuple(
                names[name](value) if name in names else value or "—"
                for name, value in zip(asked.by, key, strict=True)
            ),
            tuple(cells.get((one.id, str(period))) for one, period in columns),
        )
        for key, cells in sorted(found.items())
    ]
    return Table(tuple(columns), asked.by, tuple(lines))


def values_of(row: Row, language: str) -> list[Any]:
    """Numerator, denominator and value for a spreadsheet: numbers as numbers, what is hidden in words."""
    if row.suppressed:
        return [HIDDEN.in_language(language)] * 3
    return [_number(row.numerator), _number(row.denominator), _number(row.value)]


def _number(value: int | Decimal | None) -> int | float | None:
    return None if value is None else int(value) if value == int(value) else float(value)


# ---------------------------------------------------------------- saved ones


def saved(by: Actor) -> QuerySet[SavedTable]:
    """The own ones, and those shared with a role or an institution of the account."""
    path = by.scope_path
    above = [
        "".join(f"{part}." for part in path.split(".")[:n] if part) for n in range(1, path.count(".") + 1)
    ]
    return SavedTable.objects.filter(
        Q(owner=by.account_id)
        | Q(shared_role__in=[str(role) for role in by.roles])
        | Q(shared_path__in=above)
    )


@transaction.atomic
def save(
    name: str,
    asked: Wanted,
    *,
    shared_role: str = "",
    shared_with: Institution | None = None,
    by: Actor,
    now: datetime,
) -> SavedTable:
    """Keep a table under a name; the own one of that name is replaced. Raises NotAllowed, BadTable."""
    check_allowed(by, "read.indicator")
    if not name.strip() or not asked.indicators or not asked.periods:
        raise BadTable(
            "table.empty",
            Text(
                "请填写名称，并至少选择一个指标和一个统计期。", "Give it a name, an indicator and a period."
            ),
            where="name",
        )
    if shared_role and shared_role not in {str(role) for role in Role}:
        raise BadTable("table.role", Text("没有这种角色。", "There is no such role."), where="shared_role")
    if shared_with is not None and not is_within(shared_with.path, by.scope_path):
        raise BadTable(
            "table.place",
            Text(
                "只能共享给本机构及下级机构。",
                "It can be shared with the own institution and those under it.",
            ),
            where="shared_path",
        )
    table, _ = SavedTable.objects.update_or_create(
        owner=by.account_id,
        name=name.strip()[:80],
        defaults={
            "query": asked.to_query(),
            "owner_name": by.name,
            "shared_role": shared_role,
            "shared_path": shared_with.path if shared_with else "",
            "saved_at": now,
        },
        create_defaults={
            "id": new_id(),
            "query": asked.to_query(),
            "owner_name": by.name,
            "shared_role": shared_role,
            "shared_path": shared_with.path if shared_with else "",
            "saved_at": now,
        },
    )
    log.write(by=by, action="table.saved", about=table, detail={"name": table.name, "role": shared_role})
    return table


@transaction.atomic
def delete(table_id: UUID, *, by: Actor) -> None:
    """Only the owner's. Raises SavedTable.DoesNotExist."""
    table = SavedTable.objects.get(pk=table_id, owner=by.account_id)
    log.write(by=by, action="table.deleted", about=table, detail={"name": table.name})
    table.delete()

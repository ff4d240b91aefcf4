"""Figures of logbooks from the snapshot: all of a logbook in one statement, whatever the periods.

A snapshot holds entries and sites with their coded facts. They are laid out as typed columns, joined with the
periods that are asked, and counted by institution; the boundaries of the period are columns too, so that the
statement of a logbook is written once. `reckoning` is the judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from kangshu.declare import registry
from kangshu.declare.expression import Answer, Branch, Expression, Node, PeriodBoundary
from kangshu.declare.indicator import Indicator
from kangshu.declare.logbook import How, Logbook, LogbookFigure, Measure
from kangshu.declare.logbook_figures import condition, joined
from kangshu.indicators.engine.outside import Group, Number
from kangshu.indicators.engine.values import Place, translate
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.store import Store
from kangshu.indicators.sql.table import Named
from kangshu.indicators.sql.value import DATE, Type
from kangshu.kernel.periods import Period

FIRST, LAST = "period__first", "period__last"
ENTRIES, SITES = "entries", "sites"
_DECIMAL = "DECIMAL(28,6)"


@dataclass(frozen=True)
class _Asked:
    """One measure of one figure, translated to SQL: the condition and, of a sum, what is added up."""

    how: How
    where: str
    value: str


@dataclass(frozen=True)
class _Figure:
    numerator: _Asked
    denominator: _Asked | None


Sums = dict[Period, list[tuple[Group, Number, Number]]]


def sums(indicator: Indicator, periods: Sequence[Period], raw: Sequence[str], store: Store) -> Sums:
    """Numerator and denominator by institution (and doctor) in each period; of a median, how many entries
    have which value."""
    if not store.has(ENTRIES):
        return {period: [] for period in periods}
    logbook = registry.logbook_of(indicator.form)
    asked = _translated(logbook.id)[indicator.id]
    by_doctor = "doctor" in raw and not _is_of_sites(asked)
    groups: dict[tuple[int, tuple[Any, ...]], list[Number]] = {}
    parts = [(0, asked.numerator)] + ([(1, asked.denominator)] if asked.denominator else [])
    for at, measure in parts:
        if measure.how is How.REGISTERED and not store.has(SITES):
            continue
        for row in store.execute(_statement(logbook, measure, periods, by_doctor, store)).fetchall():
            number, *group, amount = row
            groups.setdefault((number, tuple(group)), [0, 0])[at] = _plain(amount)
    found: Sums = {period: [] for period in periods}
    for (number, group), (numerator, denominator) in groups.items():
        found[periods[number]].append((_named(group, asked.numerator.how, by_doctor), numerator, denominator))
    return found


def members(indicator: Indicator, period: Period, part: str, store: Store) -> list[tuple[int, UUID]]:
    """The entries (of a register: the sites) behind the numerator, the denominator, or the gap between."""
    if not store.has(ENTRIES):
        return []
    logbook = registry.logbook_of(indicator.form)
    asked = _translated(logbook.id)[indicator.id]
    whole = asked.denominator or asked.numerator
    if part == "numerator":
        return _listed(logbook, asked.numerator, period, store)
    listed = _listed(logbook, whole, period, store)
    if part != "gap":
        return listed
    counted = set(_listed(logbook, asked.numerator, period, store))
    if whole.how is How.REGISTERED and asked.numerator.how is not How.REGISTERED:
        counted = set(_listed(logbook, asked.numerator, period, store, of_sites=True))
    return [one for one in listed if one not in counted]


def _is_of_sites(asked: _Figure) -> bool:
    measures = (asked.numerator, asked.denominator)
    return any(one is not None and one.how in (How.SITES, How.REGISTERED) for one in measures)


def _named(group: Sequence[Any], how: How, by_doctor: bool) -> Group:
    named: dict[str, Any] = {"institution": group[0]}
    rest = list(group[1:])
    if by_doctor:
        named["doctor"] = rest.pop(0)
    if how is How.MEDIAN:
        named["value"] = rest.pop(0)
    return named


def _plain(amount: Any) -> Number:
    if amount is None:
        return 0
    return amount if isinstance(amount, int) else Decimal(amount)


# ---------------------------------------------------------------- statements


def _statement(
    logbook: Logbook, measure: _Asked, periods: Sequence[Period], by_doctor: bool, store: Store
) -> str:
    groups = ["number", "institution"]
    if by_doctor:
        groups.append("staff" if measure.how is not How.REGISTERED else "NULL")
    amount = "count(*)"
    if measure.how is How.MEDIAN:
        groups.append(f"({measure.value})::{_DECIMAL}")
    elif measure.how is How.SITES:
        amount = "count(DISTINCT site)"
    elif measure.value:
        amount = f"sum(({measure.value})::{_DECIMAL})"
    known = f" AND ({measure.value}) IS NOT NULL" if measure.value else ""
    listed = ", ".join(groups)
    return (
        f"SELECT {listed}, {amount} FROM ({_laid_out(logbook, measure, store)}) AS t0"
        f" CROSS JOIN ({_periods(periods)}) WHERE ({measure.where}){known}"
        f" GROUP BY {', '.join(str(at) for at in range(1, len(groups) + 1))}"
    )


def _listed(
    logbook: Logbook, measure: _Asked, period: Period, store: Store, of_sites: bool = False
) -> list[tuple[int, UUID]]:
    if (of_sites or measure.how is How.REGISTERED) and not store.has(SITES):
        return []
    known = f" AND ({measure.value}) IS NOT NULL" if measure.value else ""
    id = f"(SELECT s.id FROM ({store.rows_of(SITES)}) s WHERE s.key = t0.site)" if of_sites else "t0.id"
    rows = store.execute(
        f"SELECT DISTINCT t0.institution, {id}, t0.performed_on"
        f" FROM ({_laid_out(logbook, measure, store)}) AS t0"
        f" CROSS JOIN ({_periods([period])}) WHERE ({measure.where}){known}"
        " ORDER BY t0.performed_on DESC, 2"
    ).fetchall()
    found = [(institution, id if isinstance(id, UUID) else UUID(str(id))) for institution, id, _ in rows]
    return list(dict.fromkeys(found))


def _periods(periods: Sequence[Period]) -> str:
    first, last = layout.answer_column(FIRST), layout.answer_column(LAST)
    values = ", ".join(
        f"({number}, DATE '{one.first}', DATE '{one.last}')" for number, one in enumerate(periods)
    )
    return f'SELECT * FROM (VALUES {values}) AS p(number, "{first}", "{last}")'


def _laid_out(logbook: Logbook, measure: _Asked, store: Store) -> str:
    """Current entries of the logbook, or the sites of its kind, with typed columns."""
    if measure.how is How.REGISTERED:
        assert logbook.site is not None
        columns = layout.frame_columns(logbook.site_frame)
        chosen = (
            f"SELECT id, institution, registered_on AS performed_on, closed_on, facts"
            f" FROM ({store.rows_of(SITES)}) WHERE kind = '{logbook.site.id}'"
        )
        fixed = "id, institution, performed_on, closed_on"
    else:
        columns = layout.frame_columns(logbook.frame)
        chosen = (
            "SELECT id, institution, site, staff, counted_on AS performed_on, facts"
            f" FROM ({store.rows_of(ENTRIES)}) WHERE logbook = '{logbook.id}' AND status = 'current'"
        )
        fixed = "id, institution, site, staff, performed_on"
    if not columns:
        return f"SELECT {fixed} FROM ({chosen})"
    shape = "{" + ", ".join(column.shape for column in columns) + "}"
    typed = ", ".join(f'{_unpacked(column)} AS "{column.name}"' for column in columns)
    return f"SELECT {fixed}, {typed} FROM (SELECT *, json_transform(facts, '{shape}') AS f FROM ({chosen}))"


def _unpacked(column: layout.Column) -> str:
    return f'len(f."{column.key}")' if column.counted else f'f."{column.key}"'


# ---------------------------------------------------------------- expressions to SQL


@cache
def _translated(logbook_id: str) -> Mapping[str, _Figure]:
    """Every figure of a logbook as SQL: written once in a process."""
    logbook = registry.logbook(logbook_id)
    return {figure.id: _figure(logbook, figure) for figure in logbook.figures}


def _figure(logbook: Logbook, figure: LogbookFigure) -> _Figure:
    numerator = _asked(logbook, figure, figure.of, figure.where)
    out_of = figure.out_of
    if figure.of.how is How.MEAN:
        assert figure.of.of is not None
        out_of = Measure(How.COUNT, where=joined(figure.where, figure.of.where, figure.of.of.is_known()))
    return _Figure(numerator, None if out_of is None else _asked(logbook, figure, out_of, None))


def _asked(logbook: Logbook, figure: LogbookFigure, measure: Measure, where: Expression | None) -> _Asked:
    frame = logbook.site_frame if measure.how is How.REGISTERED else logbook.frame
    wanted = _sql(condition(figure, measure, where), frame)
    if measure.how is How.REGISTERED:
        last = layout.answer_column(LAST)
        on = f'performed_on <= "{last}" AND (closed_on IS NULL OR closed_on > "{last}")'
        value = "" if measure.of is None else _sql(measure.of, frame)
        return _Asked(measure.how, f"{on} AND ({wanted})", value)
    if measure.how is How.SITES:
        wanted = f"({wanted}) AND site IS NOT NULL"
    return _Asked(measure.how, wanted, "" if measure.of is None else _sql(measure.of, frame))


def _sql(node: Expression, frame: Mapping[str, Any]) -> str:
    """The expression as DuckDB's SQL over the laid-out columns."""
    columns = {column.name: Type(column.type) for column in layout.frame_columns(frame)}
    columns |= {
        layout.answer_column(FIRST): DATE,
        layout.answer_column(LAST): DATE,
        "performed_on": DATE,
    }
    table = Named(columns, "laid_out")
    free_text = frozenset(column.name for column in layout.frame_columns(frame) if column.free_text)
    # The period of the place is never asked: its boundaries are columns.
    place = Place(table, _NO_PERIOD, _NO_PARAMETERS, frame=table, free_text=free_text)
    return translate(_with_columns(node), place).text


_NO_PARAMETERS: Values = None  # type: ignore[assignment]
_NO_PERIOD: Period = None  # type: ignore[assignment]


def _with_columns(node: Any) -> Any:
    """The same tree with the period's boundaries as columns."""
    if isinstance(node, PeriodBoundary):
        return Answer(FIRST if node.which == "first" else LAST)
    if isinstance(node, Branch):
        return Branch(_with_columns(node.when), _with_columns(node.then))
    if isinstance(node, tuple):
        return tuple(_with_columns(part) for part in node)
    if isinstance(node, Node):
        changes = {one.name: _with_columns(getattr(node, one.name)) for one in fields(node)}
        return replace(node, **changes)
    return node


def forget() -> None:
    """After the catalogue was read anew."""
    _translated.cache_clear()

"""How a figure came about: the statements that count it, and the norm it is counted by."""

from __future__ import annotations

import re

from kangshu.declare import registry
from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators.engine.compute import Question, check, find_indicator, parameters_of
from kangshu.indicators.engine.splits import raw_dimensions
from kangshu.indicators.engine.statements import statement_of
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.text import Text

#: The mark of a clause in the project's own list of norms: of no use to who reads a page.
_OWN_MARK = re.compile(r"\bnorms [A-Z]+[\d.]*")
#: Where a clause begins; `EXTRACT(year FROM …)` is none.
_CLAUSE = re.compile(
    r"(?<!year)(?<!month)(?<!day) "
    r"(?=(?:FROM|(?:LEFT |INNER |CROSS |SEMI |ANTI )?JOIN|WHERE|GROUP BY|UNION ALL) )"
)


def statements(indicator: Indicator, question: Question, store: Store) -> list[tuple[Text, str]]:
    """The SQL that counts an indicator by itself, and that of the one it is divided by, each with its title;
    none for entries of logbooks. Raises CannotCompute."""
    check(indicator, question, store)
    if indicator.counts is Counts.ENTRIES:
        return []
    asked = [indicator, *([find_indicator(indicator.divided_by)] if indicator.divided_by else [])]
    with store.lock:
        return [(one.title, in_lines(_sql(one, question, store))) for one in asked]


def _sql(indicator: Indicator, question: Question, store: Store) -> str:
    periods = list(question.periods(indicator).values())
    parameters = store.once("parameters", lambda: parameters_of(store))
    return statement_of(store, [indicator], periods, raw_dimensions((), indicator), parameters).sql


def in_lines(sql: str) -> str:
    """A statement with a line for each clause; it still means the same."""
    return _CLAUSE.sub("\n", sql)


def norm_of(indicator: Indicator) -> str:
    """The norm as a reader knows it: the indicator's own source, else that of its service."""
    owner = registry.indicator_owner(indicator.id)
    for source in (indicator.source, getattr(owner, "source", "")):
        if named := re.sub(r"[；;\s]*$|^[；;\s]*", "", _OWN_MARK.sub("", source)):
            return named
    return ""


def reporting_year(indicator: Indicator) -> Text | None:
    """Which months its year has, where that is not the calendar's."""
    first = indicator.year_begins
    if first == 1:
        return None
    last = first - 1
    return Text(f"上年{first}月至本年{last}月", f"month {first} of the year before to month {last}")

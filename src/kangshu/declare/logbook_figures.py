"""The figures of a logbook as the catalogue of indicators has them, with what is counted said in expressions.

What stands in them is what an entry is laid out with: its answers, those of its stages (`<stage>__<field>`,
`<stage>__on`), those of its site (`site__<field>`) and the stage it has reached. `fieldwork.figures` counts.
"""

from __future__ import annotations

from kangshu.declare.expression import Expression, all_of, lift, performed_on, period
from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.declare.logbook import How, Logbook, LogbookFigure, Measure
from kangshu.declare.terms import IN_PERIOD

UNTIL = performed_on <= period.last


def indicators_of(logbook: Logbook) -> tuple[Indicator, ...]:
    """One for each figure."""
    return tuple(_indicator(logbook, figure) for figure in logbook.figures)


def _indicator(logbook: Logbook, figure: LogbookFigure) -> Indicator:
    of, out_of = figure.of, figure.out_of
    if of.how is How.MEAN:
        assert of.of is not None
        out_of = Measure(How.COUNT, where=joined(figure.where, of.where, of.of.is_known()))
    return Indicator(
        id=figure.id,
        version=figure.version,
        title=figure.title,
        unit=figure.unit,
        numerator=condition(figure, of, figure.where),
        denominator=None if out_of is None else condition(figure, out_of, None),
        counts=Counts.ENTRIES,
        form=logbook.form.id,
        scale=figure.scale,
        decimals=figure.decimals,
        months=Months.LAST_DAY if is_stock(figure) else Months.EACH,
        numerator_words=figure.title,
        aliases=figure.aliases,
        valid_from=logbook.valid_from,
        source=figure.source or logbook.source,
        total=None if of.how is How.MEDIAN else of.of,
        denominator_total=None if out_of is None else out_of.of,
        median=of.of if of.how is How.MEDIAN else None,
    )


def is_stock(figure: LogbookFigure) -> bool:
    """Whether it says how things stand on a day, not what happened in a period."""
    return figure.standing or figure.of.how is How.REGISTERED


def condition(figure: LogbookFigure, measure: Measure, where: Expression | None) -> Expression:
    """Which entries (of a register: which sites) count for a measure."""
    if measure.how is How.REGISTERED:
        return joined(where, measure.where)
    return joined(UNTIL if figure.standing else IN_PERIOD, where, measure.where)


def joined(*conditions: Expression | None) -> Expression:
    """All of the conditions there are."""
    known = [condition for condition in conditions if condition is not None]
    return all_of(*known) if known else lift(True)

"""Which indicator of the catalogue a written figure is of: by the catalogue's own names and aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kangshu.declare import registry
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.vocabulary import rate_name, says_change


@dataclass(frozen=True)
class Known:
    """A name of an indicator as a report may write it."""

    words: str
    indicator: str
    is_ratio: bool


@lru_cache(maxsize=1)
def catalogue_names() -> tuple[Known, ...]:
    """Names and aliases of everything the catalogue counts, the longest first. Needs no database."""
    found: set[Known] = set()
    for indicator in registry.indicators():
        for words in (indicator.title.zh, *indicator.aliases):
            found.add(Known(_bare(words), indicator.id, indicator.is_ratio))
    for measure_id, words in _measures():
        found.add(Known(_bare(words), measure_id, False))
    return tuple(
        sorted(
            (one for one in found if len(one.words) >= 3), key=lambda one: (-len(one.words), one.indicator)
        )
    )


def _measures() -> Iterable[tuple[str, str]]:
    """Figures of the statistical reports, which carry names and aliases too."""
    for report in registry.declared("report").values():
        for figure in report.figures:
            for words in (figure.title.zh, *figure.aliases):
                yield figure.indicator, words


def indicator_of(figure: Figure, names: Iterable[Known] | None = None) -> str | None:
    """The id of the indicator a figure is of, or None."""
    if says_change(figure.subject) or figure.unit.dimension is Dimension.AGE:
        return None
    words = _bare(rate_name(figure.subject)) + ("" if figure.is_ratio else _bare(figure.after[:8]))
    for known in names if names is not None else catalogue_names():
        if known.is_ratio == figure.is_ratio and known.words in words:
            return known.indicator
    return None


def _bare(words: str) -> str:
    return re.sub(r"[\s（）()“”的、]|患者|病人", "", words)

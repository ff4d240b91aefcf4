"""How far a figure can be trusted: are the records complete, in time, from everywhere, and plausible.

Every question is asked of the same snapshot as the figure. Outliers and unlikely changes are told among the
places under the one that is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from kangshu.declare.binding import walk
from kangshu.declare.expression import Records
from kangshu.declare.indicator import Indicator
from kangshu.indicators.engine.splits import Places
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

#: Entered so many days after the service at most: in time.
IN_TIME_DAYS = 7
#: Iglewicz and Hoaglin (1993): a modified z-score beyond this is an outlier.
OUTLIER = 3.5
#: Of the median absolute deviation to one standard deviation.
_TO_SIGMA = 0.6745
#: A change from the year before is unlikely when two shares differ by so many standard errors.
UNLIKELY = 4.0
FEWEST = 30

Signs = Callable[[Sequence[str], Period, str], tuple[int, int]]
"""Of the records of some forms in a period under a path: how many bear a sign of having been made up, and of
how many that were looked at."""

_signs: list[Signs] = []


def register_signs(signs: Signs) -> None:
    """Whoever looks for made-up records says here how many there are (it lies above this layer)."""
    _signs[:] = [signs]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        return None if not self.whole else (Decimal(100) * self.part / self.whole).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Quality:
    """`silent` are the institutions that have records of these forms, but none in the period. `signs` is None
    where nobody looks for made-up records."""

    forms: tuple[str, ...]
    complete: Share
    in_time: Share
    silent: tuple[str, ...]
    signs: Share | None


def forms_of(indicator: Indicator) -> tuple[str, ...]:
    """The forms whose records an indicator asks, its own first."""
    asked = [node.form for part in indicator.parts for node in walk(part) if isinstance(node, Records)]
    return tuple(dict.fromkeys([*filter(None, [indicator.form]), *asked]))


def quality(indicator: Indicator, period: Period, within: str, store: Store, places: Places) -> Quality:
    """Of the records in the period that were done at the path `within` and under it."""
    forms = tuple(form for form in forms_of(indicator) if store.has(layout.table_of(form)))
    complete, in_time = Share(0, 0), Share(0, 0)
    silent: set[int] | None = None
    with store.lock:
        for form in forms:
            counted = _counted(form, period, store)
            inside = {key: sums for key, sums in counted.items() if _is_inside(key, within, places)}
            complete = _plus(complete, sum(one[1] for one in inside.values()), _whole(inside))
            in_time = _plus(in_time, sum(one[2] for one in inside.values()), _whole(inside))
            quiet = {key for key, one in inside.items() if not one[0]}
            silent = quiet if silent is None else silent & quiet
    names = sorted(places.institutions[key].name for key in silent or ())
    signs = None
    if _signs and forms:
        signs = Share(*_signs[0](forms, period, within))
    return Quality(forms, complete, in_time, tuple(names), signs)


def _whole(inside: Mapping[int, tuple[int, int, int]]) -> int:
    return sum(one[0] for one in inside.values())


def _plus(share: Share, part: int, whole: int) -> Share:
    return Share(share.part + part, share.whole + whole)


def _is_inside(key: int, within: str, places: Places) -> bool:
    place = places.institutions.get(key)
    return place is not None and place.path.startswith(within)


def _counted(form: str, period: Period, store: Store) -> dict[int, tuple[int, int, int]]:
    """By institution: records in the period, those of them with every required answer, those entered in
    time. Institutions whose records are all of another time are there with noughts."""
    versions = layout.versions_of(form)
    required = [field.name for field in versions[-1].fields if field.required is True] if versions else []
    filled = " AND ".join(f'"{layout.answer_column(name)}" IS NOT NULL' for name in required) or "true"
    store.records(form)
    rows = store.execute(
        f"""
        SELECT institution, count(*) FILTER (inside), count(*) FILTER (inside AND ({filled})),
            count(*) FILTER (inside AND entered_at::DATE - performed_on <= {IN_TIME_DAYS})
        FROM (SELECT *, performed_on BETWEEN DATE '{period.first}' AND DATE '{period.last}' AS inside
            FROM "{layout.table_of(form)}")
        GROUP BY institution
        """
    ).fetchall()
    return {key: (many, whole, soon) for key, many, whole, soon in rows}


def modified_z(values: Mapping[str, float]) -> dict[str, float]:
    """0.6745 × (value − median) / MAD by name. Without any spread everything is 0: nothing stands out."""
    if len(values) < 3:
        return dict.fromkeys(values, 0.0)
    middle = median(values.values())
    spread = median(abs(value - middle) for value in values.values())
    if spread == 0:
        return dict.fromkeys(values, 0.0)
    return {name: _TO_SIGMA * (value - middle) / spread for name, value in values.items()}


def outliers(values: Mapping[str, float]) -> dict[str, float]:
    """Those beyond `OUTLIER`, with their score."""
    return {name: score for name, score in modified_z(values).items() if abs(score) > OUTLIER}


def is_unlikely(now: tuple[float, float], before: tuple[float, float]) -> bool:
    """Whether a share (numerator, denominator) differs from an earlier one by more than chance allows."""
    (part, whole), (part_before, whole_before) = now, before
    if whole < FEWEST or whole_before < FEWEST:
        return False
    together = (part + part_before) / (whole + whole_before)
    error = (together * (1 - together) * (1 / whole + 1 / whole_before)) ** 0.5
    return error > 0 and abs(part / whole - part_before / whole_before) > UNLIKELY * error

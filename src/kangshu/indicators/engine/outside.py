"""Figures that are about no person: who keeps such a thing counts it and says the sums here.

Entries of logbooks are laid out and counted by the app that owns them, which lies above this one. What it
registers is asked for sums by institution; everything above (centres, townships, ranks, charts, lists) is
done here as with any other figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from kangshu.declare.indicator import Indicator
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text

Number = int | Decimal
Group = Mapping[str, Any]
"""`institution` is the key of the snapshot; `doctor` the key of who entered it; `value` that of a median."""


class NothingCounts(Refusal):
    """No part of the installation counts entries."""


class Sums(Protocol):
    """For each period the groups with numerator and denominator (0 where there is none)."""

    def __call__(
        self, indicator: Indicator, periods: Sequence[Period], raw: Sequence[str], store: Store
    ) -> Mapping[Period, Iterable[tuple[Group, Number, Number]]]: ...


class Members(Protocol):
    """The entries behind a figure: key of the institution, id of the entry."""

    def __call__(
        self, indicator: Indicator, period: Period, part: str, store: Store
    ) -> Iterable[tuple[int, UUID]]: ...


@dataclass(frozen=True)
class Outside:
    """Who counts entries, and the named address of one (its one argument is the entry's id)."""

    sums: Sums
    members: Members
    url_name: str = "fieldwork:entry"


_registered: list[Outside] = []


def register(sums: Sums, members: Members, url_name: str = "fieldwork:entry") -> None:
    """Once, when the app that keeps entries is ready."""
    _registered[:] = [Outside(sums, members, url_name)]


def registered() -> Outside:
    """Raises NothingCounts."""
    if not _registered:
        raise NothingCounts(
            "indicator.entries", Text("系统未启用工作台账。", "No logbooks are kept in this installation.")
        )
    return _registered[0]

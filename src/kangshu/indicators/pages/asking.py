"""What the address of a figure's page says: indicator, period, place, split."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from kangshu.access.request import ActorRequest
from kangshu.indicators import board
from kangshu.indicators.engine.compute import CannotCompute
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.actor import Actor
from kangshu.kernel.periods import Period, parse_period, year
from kangshu.kernel.text import Text
from kangshu.places.models import Institution


@dataclass(frozen=True)
class Asked:
    """The period and place a page is about, on which snapshot."""

    store: Store
    period: Period
    place: Institution

    def address(self, name: str, *args: str, **more: str) -> str:
        """The address of another page about the same period, place and snapshot."""
        asked = {"period": str(self.period), "place": self.place.path, "snapshot": self.store.name} | more
        return f"{reverse(f'indicators:{name}', args=args)}?{urlencode(asked)}"

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """Periods one would ask for: this year and its parts, and the year before."""
        number = self.store.taken_on.year
        names = [str(number), str(number - 1)]
        names += [f"{number}-H1", f"{number}-H2"] if self.store.taken_on.month > 6 else [f"{number}-H1"]
        names += [f"{number}-Q{quarter}" for quarter in range(1, (self.store.taken_on.month + 2) // 3 + 1)]
        names += [f"{number}-{month:02d}" for month in range(1, self.store.taken_on.month + 1)]
        if str(self.period) not in names:
            names.insert(0, str(self.period))
        return [(name, parse_period(name).title()) for name in names]


def asked_by(request: ActorRequest) -> Asked:
    """Raises UnknownSnapshot, BadPeriod, CannotCompute."""
    by: Actor = request.actor
    store = board.store_for(by, request.GET.get("snapshot") or "latest")
    text = request.GET.get("period")
    period = parse_period(text) if text else year(store.taken_on.year)
    place = board.place_for(by, request.GET.get("place"))
    if place is None:
        raise CannotCompute(
            "place.none",
            Text(
                "您的账号没有所属机构，无法显示指标。",
                "Your account belongs to no institution: no figures to show.",
            ),
        )
    return Asked(store, period, place)

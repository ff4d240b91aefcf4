"""Questions about the stock: what is where, what runs out or expires, what happened to one kind of goods or
to one number. Each starts with how far the reader sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from kangshu.access.reach import reach_path
from kangshu.declare.stock import Goods, goods_by_id
from kangshu.kernel.actor import Actor
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.stock.models import Balance, Gap, Movement, Paper, PaperState, Stocktake, Transfer, TransferState
from kangshu.stock.moving import Lot
from kangshu.stock.numbers import NumberRange, number_range, ranges_of


@dataclass
class Standing:
    """One kind of goods at one institution. `lots` are by expiry; `numbers` the papers in stock."""

    goods: Goods
    institution: Institution
    lots: list[Lot] = field(default_factory=list)
    counted_on: date | None = None

    @property
    def quantity(self) -> int:
        return sum(lot.quantity for lot in self.lots)

    @property
    def is_under_floor(self) -> bool:
        return self.quantity < self.goods.floor

    def expired(self, today: date) -> int:
        return sum(lot.quantity for lot in self.lots if lot.expires_on and lot.expires_on < today)

    def expiring(self, today: date) -> int:
        """What expires within the goods' alert, without what has expired."""
        last = today + timedelta(days=self.goods.expiry_alert)
        return sum(lot.quantity for lot in self.lots if lot.expires_on and today <= lot.expires_on <= last)


def in_reach(by: Actor, field: str = "institution__path") -> Q:
    """The rows of institutions that the actor sees."""
    low, high = path_range(reach_path(by))
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def balance(institution: UUID, goods: str) -> int:
    """How many an institution has of some goods, in all batches."""
    found = Balance.objects.filter(institution=institution, goods=goods).aggregate(n=Sum("quantity"))
    return found["n"] or 0


def standings(by: Actor, *, institution: UUID | None = None, goods: str = "") -> list[Standing]:
    """What is kept within reach: by goods and then in the order of the institutions' tree."""
    rows = Balance.objects.filter(in_reach(by)).select_related("institution")
    if institution is not None:
        rows = rows.filter(institution=institution)
    if goods:
        rows = rows.filter(goods=goods)
    known = goods_by_id()
    found: dict[tuple[str, UUID], Standing] = {}
    for row in rows.order_by("goods", "institution__path", "expires_on", "batch"):
        if row.goods not in known:
            continue
        key = (row.goods, row.institution_id)
        standing = found.setdefault(key, Standing(known[row.goods], row.institution))
        if row.quantity:
            standing.lots.append(Lot(row.batch, row.expires_on, row.quantity))
    for goods_id, place, on in (
        Stocktake.objects.filter(in_reach(by)).values_list("goods", "institution").annotate(on=Max("on"))
    ):
        if (goods_id, place) in found:
            found[goods_id, place].counted_on = on
    return list(found.values())


def under_floor(by: Actor) -> list[Standing]:
    return [one for one in standings(by) if one.is_under_floor]


def keepers(by: Actor) -> QuerySet[Institution]:
    """The institutions within reach, in the order of the tree."""
    return Institution.objects.filter(in_reach(by, "path"), valid_to=None).order_by("path")


def movements(by: Actor, goods: str, institution: UUID | None = None) -> QuerySet[Movement]:
    """What happened to some goods within reach, latest first."""
    rows = Movement.objects.filter(in_reach(by), goods=goods).select_related("institution")
    if institution is not None:
        rows = rows.filter(institution=institution)
    return rows.order_by("-on", "-at", "-id")


def transfers_waiting(by: Actor) -> list[Transfer]:
    """What is on its way to or from institutions within reach."""
    rows = Transfer.objects.filter(in_reach(by, "receiver__path") | in_reach(by, "sender__path"))
    rows = rows.filter(state=TransferState.SENT).select_related("sender", "receiver")
    return list(rows.order_by("sent_on", "id"))


def gaps(by: Actor) -> QuerySet[Gap]:
    """Services that the stock did not cover, not yet cleared up."""
    return Gap.objects.filter(in_reach(by), closed_on=None).select_related("institution").order_by("on", "id")


# ---------------------------------------------------------------- numbered papers


@dataclass(frozen=True)
class PaperStanding:
    """The papers of one kind at one institution: how many in each state, and the ranges in stock."""

    institution: Institution
    states: tuple[tuple[str, int], ...]
    in_stock: tuple[NumberRange, ...]


def papers_at(by: Actor, goods: str) -> list[PaperStanding]:
    """The papers within reach, by institution."""
    rows = (
        Paper.objects.filter(in_reach(by), goods=goods)
        .values_list("institution", "state")
        .annotate(n=Count("id"))
        .order_by("institution__path", "state")
    )
    states: dict[UUID, dict[str, int]] = {}
    for institution, state, number in rows:
        states.setdefault(institution, {})[state] = number
    places = Institution.objects.in_bulk(list(states))
    return [
        PaperStanding(
            places[institution],
            tuple((state, found[state]) for state in PaperState.values if state in found),
            tuple(numbers_in_stock(institution, goods)),
        )
        for institution, found in states.items()
    ]


def numbers_in_stock(institution: UUID, goods: str) -> list[NumberRange]:
    """The numbers that an institution can give out, in as few ranges as possible."""
    rows = Paper.objects.filter(institution=institution, goods=goods, state=PaperState.RECEIVED)
    return ranges_of(rows.values_list("number", flat=True))


@dataclass(frozen=True)
class Trace:
    """One number: the paper as it is now, and what happened to it, oldest first."""

    goods: Goods
    paper: Paper
    movements: tuple[Movement, ...]


def traces(number: str) -> list[Trace]:
    """Where a paper of this number is, of whatever kind: anybody who may read the stock may ask, because
    checking a paper that somebody presents is what numbers are for. Raises BadInput for no number."""
    wanted = number_range(number).first
    known = goods_by_id()
    found = []
    for paper in (
        Paper.objects.filter(number=wanted).select_related("institution", "used_at").order_by("goods")
    ):
        if paper.goods not in known:
            continue
        rows = Movement.objects.filter(
            goods=paper.goods, first_number__lte=wanted, last_number__gte=wanted
        ).select_related("institution")
        same = [row for row in rows.order_by("at", "id") if len(row.first_number) == len(wanted)]
        found.append(Trace(known[paper.goods], paper, tuple(same)))
    return found


def to_settle(by: Actor) -> list[tuple[Goods, Institution, int]]:
    """Used papers that are not paid for, by goods and institution."""
    paid = {id: one for id, one in goods_by_id().items() if one.fund}
    rows = (
        Paper.objects.filter(in_reach(by, "used_at__path"), goods__in=list(paid), state=PaperState.USED)
        .values_list("goods", "used_at")
        .annotate(n=Count("id"))
        .order_by("goods", "used_at__path")
    )
    found = list(rows)
    places = Institution.objects.in_bulk([place for _, place, _ in found])
    return [(paid[goods], places[place], number) for goods, place, number in found]


# ---------------------------------------------------------------- consumption beside services


def turnover(
    by: Actor, goods: Iterable[str], first: date, last: date
) -> dict[tuple[str, UUID], dict[str, int]]:
    """How many moved in a span of days: by goods and institution, by kind of movement."""
    rows = (
        Movement.objects.filter(in_reach(by), goods__in=list(goods), on__gte=first, on__lte=last)
        .values_list("goods", "institution", "kind")
        .annotate(n=Sum("quantity"))
        .order_by("goods", "institution", "kind")
    )
    found: dict[tuple[str, UUID], dict[str, int]] = {}
    for id, institution, kind, number in rows:
        found.setdefault((id, institution), {})[kind] = number
    return found


@dataclass(frozen=True)
class Compared:
    """At one institution: how many of some goods were used, beside what they are used with; services that the
    stock did not cover are in `uncovered`."""

    goods: Goods
    institution: Institution
    used: int
    against: int
    uncovered: int

    @property
    def difference(self) -> int:
        return self.used - self.against - self.uncovered


def compared(by: Actor, first: date, last: date) -> list[Compared]:
    """Goods that are used one for one with others (a syringe for each dose), by institution."""
    every = goods_by_id()
    found = []
    for goods in (one for one in every.values() if one.against):
        others = [id for id in every if id.startswith(goods.against)]
        own = _used(by, [goods.id], first, last)
        with_it = _used(by, others, first, last)
        open_gaps = dict(
            gaps(by)
            .filter(goods__in=others, on__gte=first, on__lte=last)
            .order_by()
            .values_list("institution")
            .annotate(n=Sum("quantity"))
        )
        places = Institution.objects.in_bulk([*own, *with_it, *open_gaps])
        for id, place in sorted(places.items(), key=lambda item: item[1].path):
            numbers = (own.get(id, 0), with_it.get(id, 0), open_gaps.get(id, 0))
            found.append(Compared(goods, place, *numbers))
    return found


def _used(by: Actor, goods: list[str], first: date, last: date) -> dict[UUID, int]:
    """What was given out or recorded, without what came back."""
    used: dict[UUID, int] = {}
    for (_, institution), kinds in turnover(by, goods, first, last).items():
        number = -sum(kinds.get(kind, 0) for kind in ("issued", "recorded", "returned"))
        used[institution] = used.get(institution, 0) + number
    return used

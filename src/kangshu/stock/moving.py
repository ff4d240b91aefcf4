"""How one movement is written, whatever caused it: the row, and the named refusal when the database says no.

Used by the acts of people (`actions`) and by records (`posting`). Nothing here asks for permission or
writes to the audit trail: who calls does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.declare.registry import UnknownDeclaration
from kangshu.declare.stock import Goods
from kangshu.declare.stock import goods as declared_goods
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.stock import refusals
from kangshu.stock.models import Balance, Movement, Paper, PaperState
from kangshu.stock.numbers import NumberRange, ranges_of


@dataclass(frozen=True)
class Lot:
    """So many of one batch."""

    batch: str
    expires_on: date | None
    quantity: int


@dataclass(frozen=True)
class Place:
    """Where, on which day and by whom; `using` is the connection."""

    institution: UUID
    name: str
    on: date
    by: Actor
    now: datetime
    using: str = "default"


def place_of(institution: UUID, on: date, by: Actor, now: datetime, using: str = "default") -> Place:
    name = Institution.objects.using(using).values_list("name", flat=True).get(pk=institution)
    return Place(institution, name, on, by, now, using)


def known_goods(id: str) -> Goods:
    """Raises GoodsNotFound."""
    try:
        return declared_goods(id)
    except UnknownDeclaration:
        raise refusals.GoodsNotFound from None


def balance_of(place: Place, goods: Goods, batch: str | None = None) -> int:
    """What is there, of one batch or of all."""
    rows = Balance.objects.using(place.using).filter(institution=place.institution, goods=goods.id)
    if batch is not None:
        rows = rows.filter(batch=batch)
    return sum(rows.values_list("quantity", flat=True))


def lots_of(place: Place, goods: Goods) -> list[Lot]:
    """What is there by batch, what expires first first."""
    rows = Balance.objects.using(place.using).filter(
        institution=place.institution, goods=goods.id, quantity__gt=0
    )
    found = [Lot(row.batch, row.expires_on, row.quantity) for row in rows]
    return sorted(found, key=lambda lot: (lot.expires_on or date.max, lot.batch))


def first_expired_first_out(lots: Sequence[Lot], quantity: int, on: date) -> list[Lot]:
    """Which batches to take so many from: what expires first, nothing that has expired. Fewer than asked when
    there is not enough."""
    taken, left = [], quantity
    usable = [lot for lot in lots if lot.quantity > 0 and (lot.expires_on is None or lot.expires_on >= on)]
    for lot in sorted(usable, key=lambda lot: (lot.expires_on or date.max, lot.batch)):
        if left == 0:
            break
        part = min(lot.quantity, left)
        taken.append(Lot(lot.batch, lot.expires_on, part))
        left -= part
    return taken


def check_quantity(quantity: int | None, where: str = "quantity") -> int:
    if not isinstance(quantity, int) or isinstance(quantity, bool) or quantity <= 0:
        message = Text("数量应为大于0的整数。", "The quantity is a whole number above 0.")
        raise BadInput([Problem(where, "quantity", message, quantity)])
    return quantity


def lots_to_take(
    place: Place, goods: Goods, quantity: int, batch: str = "", *, where: str = "", expired: bool = False
) -> list[Lot]:
    """The batches to take from: the one named, else what expires first. Raises StockShort, GoodsExpired (but
    for writing off, `expired`)."""
    check_quantity(quantity, where or "quantity")
    if not goods.is_batched:
        return [Lot("", None, quantity)]
    lots = lots_of(place, goods)
    if not batch:
        taken = first_expired_first_out(lots, quantity, date.min if expired else place.on)
        found = sum(lot.quantity for lot in taken)
        if found < quantity:
            raise refusals.StockShort(goods, place.name, quantity, found, where=where)
        return taken
    known = next((lot for lot in lots if lot.batch == batch), None)
    if known is None or known.quantity < quantity:
        left = 0 if known is None else known.quantity
        raise refusals.StockShort(goods, place.name, quantity, left, batch, where)
    if not expired and known.expires_on is not None and known.expires_on < place.on:
        raise refusals.GoodsExpired(goods, batch, known.expires_on, where)
    return [Lot(batch, known.expires_on, quantity)]


def move(
    place: Place, goods: Goods, kind: str, lots: Sequence[Lot], sign: int, **about: Any
) -> list[Movement]:
    """Write a movement for each batch. Raises StockShort when somebody else was quicker."""
    return [
        write(
            place,
            goods,
            kind,
            sign * lot.quantity,
            batch=lot.batch,
            expires_on=lot.expires_on,
            **about,
        )
        for lot in lots
    ]


def write(place: Place, goods: Goods, kind: str, quantity: int, **about: Any) -> Movement:
    """One movement; the database changes the balance with it, and refuses one below zero."""
    row = Movement(
        institution_id=place.institution,
        goods=goods.id,
        kind=kind,
        quantity=quantity,
        on=place.on,
        at=place.now,
        by_account=place.by.account_id,
        by_name=place.by.name[:80],
        **about,
    )
    try:
        with transaction.atomic(using=place.using):
            row.save(using=place.using, force_insert=True)
    except IntegrityError as error:
        if "stock_balance_not_below_zero" not in str(error):
            raise
        batch = about.get("batch", "")
        left = balance_of(place, goods, batch)
        raise refusals.StockShort(goods, place.name, -quantity, left, batch) from None
    return row


# ---------------------------------------------------------------- numbered papers


def locked_papers(
    place: Place,
    goods: Goods,
    ranges: Sequence[NumberRange],
    state: str,
    *,
    anywhere: bool = False,
    where: str,
) -> list[Paper]:
    """The papers of these numbers, locked. Raises PapersElsewhere unless each is there in this state."""
    numbers = [number for one in ranges for number in one]
    rows = (
        Paper.objects.using(place.using)
        .filter(goods=goods.id, number__in=numbers, state=state)
        .order_by("number")
        .select_for_update(of=("self",))
    )
    if not anywhere:
        rows = rows.filter(institution=place.institution)
    papers = list(rows)
    if len(papers) < len(numbers):
        found = {paper.number for paper in papers}
        missing = ranges_of(number for number in numbers if number not in found)
        named = "、".join(str(one) for one in missing[:5])
        raise refusals.PapersElsewhere(goods, place.name, named, state_title(state), where)
    return papers


def move_papers(
    place: Place, goods: Goods, kind: str, papers: Sequence[Paper], becomes: str, in_stock: int, **about: Any
) -> list[Movement]:
    """Give the papers another state, with a movement for each range; `in_stock` is what each adds to the
    balance: 1, 0 or -1."""
    Paper.objects.using(place.using).bulk_update(papers, _CHANGED, batch_size=1000)
    return [
        write(
            place,
            goods,
            kind,
            in_stock * one.count,
            papers=one.count,
            first_number=one.first,
            last_number=one.last,
            becomes=becomes,
            **about,
        )
        for one in ranges_of(paper.number for paper in papers)
    ]


_CHANGED = ["state", "institution", "used_at", "issued_record", "used_record", "changed_on", "settlement"]
_STATES = {
    PaperState.RECEIVED: Text("在库", "in stock"),
    PaperState.ISSUED: Text("已发放", "issued"),
    PaperState.USED: Text("已使用", "used"),
    PaperState.SPOILED: Text("作废", "spoiled"),
    PaperState.LOST: Text("遗失", "lost"),
    PaperState.SENT: Text("调拨在途", "on its way"),
    PaperState.SETTLED: Text("已结算", "settled"),
    PaperState.SENT_BACK: Text("已退回上级或厂家", "sent back"),
}


def state_title(state: str) -> Text:
    return _STATES[PaperState(state)]

"""Sending goods to another institution, and saying there that they arrived.

What is on its way is in nobody's stock. What did not arrive is written as lost by whoever received the
rest, so that nothing vanishes between two books.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.reach import reaches
from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.stock import Goods
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.stock import refusals
from kangshu.stock.actions import PERMISSION, begin, needs_reason, written_down
from kangshu.stock.models import MovementKind, PaperState, Transfer, TransferState
from kangshu.stock.moving import (
    Lot,
    Place,
    check_quantity,
    known_goods,
    locked_papers,
    lots_to_take,
    move,
    move_papers,
    place_of,
)
from kangshu.stock.numbers import number_range, parse_numbers, ranges_of


def send(
    *,
    institution: UUID,
    receiver: UUID,
    goods: str,
    on: date,
    by: Actor,
    now: datetime,
    quantity: int | None = None,
    batch: str = "",
    numbers: str = "",
    note: str = "",
) -> list[Transfer]:
    """Send goods: one transfer for each batch or range of numbers.

    Raises StockShort, GoodsExpired, PapersElsewhere, BadInput, NotYourStock.
    """
    place, known = begin(institution, goods, on, by, now)
    there = Institution.objects.filter(pk=receiver, valid_to=None).first()
    if there is None or there.pk == institution:
        message = Text("请选择另一个机构。", "Choose another institution.")
        raise BadInput([Problem("receiver", "receiver", message)])
    with transaction.atomic():
        if known.is_numbered:
            ranges = parse_numbers(numbers)
            papers = locked_papers(place, known, ranges, PaperState.RECEIVED, where="numbers")
            by_number = {paper.number: paper for paper in papers}
            made = []
            for one in ranges_of(by_number):
                transfer = _transfer(place, known, there, one.count, note, first=one.first, last=one.last)
                sent = [by_number[number] for number in one]
                for paper in sent:
                    paper.state, paper.changed_on = PaperState.SENT, on
                about = {"other": there.name, "transfer": transfer}
                done = move_papers(
                    place, known, MovementKind.TRANSFER_OUT, sent, PaperState.SENT, -1, **about
                )
                made.append(transfer)
                written_down("stock.sent", known, done, by)
            return made
        lots = lots_to_take(place, known, check_quantity(quantity), batch.strip(), where="quantity")
        made = []
        for lot in lots:
            transfer = _transfer(
                place, known, there, lot.quantity, note, batch=lot.batch, expires_on=lot.expires_on
            )
            about = {"other": there.name, "transfer": transfer}
            done = move(place, known, MovementKind.TRANSFER_OUT, [lot], -1, **about)
            made.append(transfer)
            written_down("stock.sent", known, done, by)
        return made


def accept(
    *, transfer: UUID, on: date, by: Actor, now: datetime, arrived: int | None = None, reason: str = ""
) -> Transfer:
    """Say that a transfer arrived; `arrived` fewer than were sent needs a reason, and the rest is written as
    lost. Papers arrive all or are written as lost by number afterwards.

    Raises TransferNotFound, TransferEnded, NotYourStock, BadInput.
    """
    with transaction.atomic():
        found, known, place = _take_up(transfer, "receiver_id", on, by, now)
        number = found.quantity if arrived is None else arrived
        if not 0 <= number <= found.quantity or (known.is_numbered and number < found.quantity):
            message = Text(
                "实收数应为0至{most}；证件、券等请全部接收，缺少的再按编号登记遗失。",
                "Between 0 and {most} can have arrived; numbered papers are accepted whole, and "
                "what is missing "
                "is then entered as lost by its numbers.",
            ).format(most=found.quantity)
            raise BadInput([Problem("arrived", "arrived", message, arrived)])
        if number < found.quantity:
            needs_reason(reason)
        sender = Institution.objects.values_list("name", flat=True).get(pk=found.sender_id)
        done = _arrive(place, known, found, MovementKind.TRANSFER_IN, sender)
        if number < found.quantity:
            lost = Lot(found.batch, found.expires_on, found.quantity - number)
            done += move(
                place, known, MovementKind.LOST, [lost], -1, reason=reason.strip()[:300], transfer=found
            )
        _end(found, TransferState.ACCEPTED, on, by, number, reason)
        written_down("stock.arrived", known, done, by)
        return found


def take_back(*, transfer: UUID, on: date, by: Actor, now: datetime, reason: str) -> Transfer:
    """The sender takes back what was not accepted. Raises as `accept` does."""
    with transaction.atomic():
        found, known, place = _take_up(transfer, "sender_id", on, by, now)
        needs_reason(reason)
        receiver = Institution.objects.values_list("name", flat=True).get(pk=found.receiver_id)
        done = _arrive(place, known, found, MovementKind.TRANSFER_IN, receiver, reason)
        _end(found, TransferState.RETURNED, on, by, found.quantity, reason)
        written_down("stock.taken_back", known, done, by)
        return found


def _take_up(transfer: UUID, whose: str, on: date, by: Actor, now: datetime) -> tuple[Transfer, Goods, Place]:
    check_allowed(by, PERMISSION)
    found = Transfer.objects.select_for_update(of=("self",)).filter(pk=transfer).first()
    if found is None:
        raise refusals.TransferNotFound
    path = Institution.objects.values_list("path", flat=True).get(pk=getattr(found, whose))
    if not reaches(by, path):
        raise refusals.NotYourStock
    if found.state != TransferState.SENT:
        raise refusals.TransferEnded
    if on < found.sent_on:
        message = Text("日期不能早于发出日期。", "The day cannot be before the day of sending.")
        raise BadInput([Problem("on", "on", message)])
    return found, known_goods(found.goods), place_of(getattr(found, whose), on, by, now)


def _arrive(place: Place, known: Goods, found: Transfer, kind: str, other: str, reason: str = "") -> list:
    about = {"other": other, "transfer": found, "reason": reason.strip()[:300]}
    if not known.is_numbered:
        return move(place, known, kind, [Lot(found.batch, found.expires_on, found.quantity)], 1, **about)
    papers = locked_papers(
        place,
        known,
        [number_range(found.first_number, found.last_number)],
        PaperState.SENT,
        anywhere=True,
        where="numbers",
    )
    for paper in papers:
        paper.state, paper.institution_id, paper.changed_on = PaperState.RECEIVED, place.institution, place.on
    return move_papers(place, known, kind, papers, PaperState.RECEIVED, 1, **about)


def _transfer(
    place: Place, known: Goods, receiver: Institution, quantity: int, note: str, *, batch: str = "",
    expires_on: date | None = None, first: str = "", last: str = "",
) -> Transfer:  # fmt: skip
    return Transfer.objects.create(
        goods=known.id,
        sender_id=place.institution,
        receiver=receiver,
        batch=batch,
        expires_on=expires_on,
        quantity=quantity,
        first_number=first,
        last_number=last,
        sent_on=place.on,
        sent_by=place.by.name[:80],
        note=note.strip()[:300],
    )


def _end(found: Transfer, state: str, on: date, by: Actor, arrived: int, note: str) -> None:
    found.state, found.ended_on, found.ended_by, found.arrived = state, on, by.name[:80], arrived
    found.note = (note.strip() or found.note)[:300]
    found.save(update_fields=["state", "ended_on", "ended_by", "arrived", "note"])
    log.write(by=by, action=f"stock.transfer_{state}", about=found, reason=note, detail={"arrived": arrived})

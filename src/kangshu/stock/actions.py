"""What people do with the stock: receive, give out, take back, write off, count.

Each is one act in one transaction with one line of the audit trail. `institution` is whose stock it is: the
actor's own or one under it. Goods are given by `quantity` (and `batch`), numbered papers by `numbers` as
`stock.numbers.parse_numbers` reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.reach import reaches
from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.rules import Parameters
from kangshu.declare.stock import Goods
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.ledger import actions as ledger
from kangshu.places.models import Institution
from kangshu.stock import refusals
from kangshu.stock.models import (
    Balance,
    Gap,
    Movement,
    MovementKind,
    Paper,
    PaperState,
    Settlement,
    Stocktake,
)
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
    write,
)
from kangshu.stock.numbers import NumberRange, parse_numbers, ranges_of

PERMISSION = "keep.stock"


def receive(
    *,
    institution: UUID,
    goods: str,
    on: date,
    by: Actor,
    now: datetime,
    quantity: int | None = None,
    batch: str = "",
    expires_on: date | None = None,
    numbers: str = "",
    source: str = "",
    document: str = "",
) -> list[Movement]:
    """Take goods into the stock from outside (a supplier, the higher level).

    Raises BadInput, BatchDiffers, PapersKnown, NotYourStock, NotAllowed.
    """
    place, known = begin(institution, goods, on, by, now)
    about = {"other": source.strip()[:120], "document": document.strip()[:60]}
    with transaction.atomic():
        if known.is_numbered:
            done = _receive_papers(place, known, parse_numbers(numbers), about)
        else:
            lot = _lot_given(place, known, check_quantity(quantity), batch.strip(), expires_on)
            done = move(place, known, MovementKind.RECEIVED, [lot], 1, **about)
        return written_down("stock.received", known, done, by)


def issue(
    *,
    institution: UUID,
    goods: str,
    on: date,
    by: Actor,
    now: datetime,
    quantity: int | None = None,
    batch: str = "",
    numbers: str = "",
    to: str = "",
    reason: str = "",
) -> list[Movement]:
    """Give goods out for use without a record of a person (a ward, a site); without a batch, what expires
    first. Papers become `issued`. Raises StockShort, GoodsExpired, PapersElsewhere, BadInput,
    NotYourStock."""
    about = {"other": to.strip()[:120], "reason": reason.strip()[:300]}
    return _out(
        MovementKind.ISSUED,
        PaperState.ISSUED,
        institution,
        goods,
        quantity,
        batch,
        numbers,
        on,
        by,
        now,
        about,
    )


def send_back(
    *,
    institution: UUID,
    goods: str,
    on: date,
    by: Actor,
    now: datetime,
    reason: str,
    quantity: int | None = None,
    batch: str = "",
    numbers: str = "",
    to: str = "",
) -> list[Movement]:
    """Return goods to the supplier or the higher level; expired ones too. Raises as `issue` does."""
    about = {"other": to.strip()[:120], "reason": needs_reason(reason)}
    return _out(
        MovementKind.SENT_BACK, PaperState.SENT_BACK, institution, goods, quantity, batch, numbers, on, by,
        now, about, expired=True,
    )  # fmt: skip


def write_off(
    *,
    institution: UUID,
    goods: str,
    on: date,
    by: Actor,
    now: datetime,
    reason: str,
    quantity: int | None = None,
    batch: str = "",
    numbers: str = "",
    lost: bool = False,
) -> list[Movement]:
    """Write off what is broken, expired or misprinted, or (`lost`) what nobody can find. Raises as `issue`
    does."""
    kind, becomes = (
        (MovementKind.LOST, PaperState.LOST) if lost else (MovementKind.SPOILED, PaperState.SPOILED)
    )
    about = {"reason": needs_reason(reason)}
    return _out(kind, becomes, institution, goods, quantity, batch, numbers, on, by, now, about, expired=True)


def return_goods(
    *,
    institution: UUID,
    goods: str,
    on: date,
    by: Actor,
    now: datetime,
    reason: str,
    quantity: int | None = None,
    batch: str = "",
    numbers: str = "",
) -> list[Movement]:
    """Take back what was given out with `issue` and not used. Papers must be `issued` without a record.

    Raises BadInput, PapersElsewhere, BatchDiffers, NotYourStock.
    """
    place, known = begin(institution, goods, on, by, now)
    about = {"reason": needs_reason(reason)}
    with transaction.atomic():
        if known.is_numbered:
            papers = locked_papers(place, known, parse_numbers(numbers), PaperState.ISSUED, where="numbers")
            by_record = next((paper for paper in papers if paper.issued_record), None)
            if by_record is not None:
                raise refusals.PaperMovedOn(known, by_record.number)
            done = _papers_back(place, known, papers, MovementKind.RETURNED, about)
        else:
            lot = _lot_known(place, known, check_quantity(quantity), batch.strip())
            done = move(place, known, MovementKind.RETURNED, [lot], 1, **about)
        return written_down("stock.returned", known, done, by)


def find_again(
    *, institution: UUID, goods: str, numbers: str, on: date, by: Actor, now: datetime, reason: str
) -> list[Movement]:
    """Papers that were said to be lost are there after all. Raises PapersElsewhere, BadInput,
    NotYourStock."""
    place, known = begin(institution, goods, on, by, now)
    about = {"reason": needs_reason(reason)}
    with transaction.atomic():
        papers = locked_papers(place, known, parse_numbers(numbers), PaperState.LOST, where="numbers")
        done = _papers_back(place, known, papers, MovementKind.FOUND, about)
        return written_down("stock.found", known, done, by)


def count(
    *,
    institution: UUID,
    goods: str,
    counted: dict[str, int],
    on: date,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Stocktake:
    """Write down what was counted, by batch ("" where goods have none). A difference needs a reason and
    becomes a movement; of numbered papers it is told by number, as lost or found. Raises BadInput,
    NotYourStock."""
    place, known = begin(institution, goods, on, by, now)
    if any(number < 0 for number in counted.values()):
        raise _bad("counted", Text("实盘数不能为负。", "A count cannot be below zero."))
    with transaction.atomic():
        rows = Balance.objects.filter(institution=institution, goods=known.id)
        expected = {row.batch: row for row in rows}
        unknown = sorted(batch for batch, number in counted.items() if number and batch not in expected)
        if unknown and known.is_batched:
            message = Text(
                "账上没有批号{batch}，请先入库。", "Batch {batch} is not in the books: receive it first."
            )
            raise _bad("counted", message.format(batch="、".join(unknown)))
        differences = {
            batch: counted.get(batch, 0) - (expected[batch].quantity if batch in expected else 0)
            for batch in {*expected, *counted}
        }
        taken = Stocktake.objects.create(
            institution_id=institution,
            goods=known.id,
            on=on,
            expected=sum(row.quantity for row in expected.values()),
            counted=sum(counted.values()),
            reason=reason.strip()[:300],
            by_name=by.name[:80],
            at=now,
        )
        _post_differences(place, known, differences, expected, reason)
        log.write(
            by=by,
            action="stock.counted",
            about=taken,
            reason=reason,
            detail={"goods": known.id, "expected": taken.expected, "counted": taken.counted},
        )
        return taken


def _post_differences(
    place: Place, known: Goods, differences: dict[str, int], expected: dict[str, Balance], reason: str
) -> None:
    changed = {batch: number for batch, number in sorted(differences.items()) if number}
    if not changed:
        return
    if known.is_numbered:
        raise _bad(
            "counted",
            Text(
                "与账面不符：请按编号登记遗失或找回，再盘点。",
                "This differs from the books: enter the numbers as lost or found, then count again.",
            ),
        )
    needs_reason(reason)
    for batch, number in changed.items():
        expires_on = expected[batch].expires_on if batch in expected else None
        write(
            place, known, MovementKind.COUNTED, number, batch=batch, expires_on=expires_on,
            reason=reason.strip()[:300],
        )  # fmt: skip


def close_gap(*, gap: UUID, note: str, by: Actor, now: datetime, take: bool) -> Gap:
    """Clear up a service that the stock did not cover: take the goods now (`take`), or say why not.

    Raises StockShort, GoodsNotFound, BadInput, NotYourStock.
    """
    with transaction.atomic():
        found = Gap.objects.select_for_update(of=("self",)).filter(pk=gap, closed_on=None).first()
        if found is None:
            raise refusals.GoodsNotFound
        place, known = begin(found.institution_id, found.goods, _day_of(now), by, now)
        if take:
            lots = lots_to_take(place, known, found.quantity, found.batch, expired=True)
            move(
                place, known, MovementKind.RECORDED, lots, -1, record_id=found.record_id,
                posting=found.posting, step="saved", reason=note.strip()[:300],
            )  # fmt: skip
        else:
            needs_reason(note)
        found.closed_on, found.closed_by, found.note = _day_of(now), by.name[:80], note.strip()[:300]
        found.save(update_fields=["closed_on", "closed_by", "note"])
        log.write(by=by, action="stock.gap_closed", about=found, reason=note, detail={"taken": take})
        return found


def settle(
    *, institution: UUID, goods: str, on: date, by: Actor, now: datetime, parameters: Parameters
) -> Settlement:
    """Pay an institution for the papers that were used there: all that are not settled, at today's worth.

    The money comes from the goods' fund. Raises NothingToSettle, FundShort, NotAllowed.
    """
    check_allowed(by, "keep.fund")
    known = known_goods(goods)
    place = place_of(institution, on, by, now)
    with transaction.atomic():
        papers = list(
            Paper.objects.filter(goods=known.id, used_at=institution, state=PaperState.USED)
            .order_by("number")
            .select_for_update(of=("self",))
        )
        if not papers or not known.fund:
            raise refusals.NothingToSettle
        worth = parameters.value(known.worth, on)
        made = Settlement.objects.create(
            goods=known.id, institution_id=institution, on=on, papers_settled=len(papers), worth=worth,
            amount=Decimal(len(papers)) * worth, at=now, by_name=by.name[:80],
        )  # fmt: skip
        for paper in papers:
            paper.state, paper.settlement, paper.changed_on = PaperState.SETTLED, made, on
        move_papers(place, known, MovementKind.SETTLED, papers, PaperState.SETTLED, 0)
        ledger.post(
            fund=known.fund,
            amount=made.amount,
            on=on,
            institution=institution,
            subject=ledger.Subject("settlement", made.pk),
            memo=f"{known.id} × {len(papers)}",
            by=by,
            now=now,
        )
        log.write(
            by=by,
            action="stock.settled",
            about=made,
            detail={"goods": known.id, "papers": len(papers), "amount": str(made.amount)},
        )
        return made


# ---------------------------------------------------------------- shared


def begin(institution: UUID, goods: str, on: date, by: Actor, now: datetime) -> tuple[Place, Goods]:
    """Whether this may be done here today. Raises NotAllowed, NotYourStock, GoodsNotFound, BadInput."""
    check_allowed(by, PERMISSION)
    path = Institution.objects.filter(pk=institution).values_list("path", flat=True).first()
    if path is None or not reaches(by, path):
        raise refusals.NotYourStock
    if on > _day_of(now):
        raise _bad("on", Text("日期不能晚于今天。", "The day cannot be after today."))
    return place_of(institution, on, by, now), known_goods(goods)


def bad_count() -> BadInput:
    """Something was not counted."""
    return _bad(
        "counted",
        Text("请逐项填写实盘数（没有的填0）。", "Give a count for each line (0 where there is none)."),
    )


def needs_reason(reason: str) -> str:
    if not reason.strip():
        raise _bad("reason", Text("请写明原因。", "Give the reason."))
    return reason.strip()[:300]


def written_down(action: str, goods: Goods, done: Sequence[Movement], by: Actor) -> list[Movement]:
    """One line of the trail for an act, whatever number of batches or ranges it took."""
    first = done[0]
    log.write(
        by=by,
        action=action,
        about=first,
        reason=first.reason,
        detail={
            "goods": goods.id,
            "institution": str(first.institution_id),
            "lines": [[one.quantity, one.batch or _numbers(one)] for one in done[:20]],
        },
    )
    return list(done)


def _numbers(one: Movement) -> str:
    return (
        one.first_number if one.first_number == one.last_number else f"{one.first_number}-{one.last_number}"
    )


def _out(
    kind: str,
    becomes: str,
    institution: UUID,
    goods: str,
    quantity: int | None,
    batch: str,
    numbers: str,
    on: date,
    by: Actor,
    now: datetime,
    about: dict[str, Any],
    expired: bool = False,
) -> list[Movement]:
    place, known = begin(institution, goods, on, by, now)
    with transaction.atomic():
        if known.is_numbered:
            papers = locked_papers(place, known, parse_numbers(numbers), PaperState.RECEIVED, where="numbers")
            for paper in papers:
                paper.state, paper.changed_on = PaperState(becomes), on
            done = move_papers(place, known, kind, papers, becomes, -1, **about)
        else:
            wanted = check_quantity(quantity)
            lots = lots_to_take(place, known, wanted, batch.strip(), where="quantity", expired=expired)
            done = move(place, known, kind, lots, -1, **about)
        return written_down(f"stock.{MovementKind(kind).value}", known, done, by)


def _papers_back(
    place: Place, known: Goods, papers: Sequence[Paper], kind: str, about: dict[str, Any]
) -> list[Movement]:
    for paper in papers:
        paper.state, paper.changed_on = PaperState.RECEIVED, place.on
    return move_papers(place, known, kind, papers, PaperState.RECEIVED, 1, **about)


def _receive_papers(
    place: Place, known: Goods, ranges: list[NumberRange], about: dict[str, Any]
) -> list[Movement]:
    numbers = [number for one in ranges for number in one]
    there = Paper.objects.filter(goods=known.id, number__in=numbers).values_list("number", flat=True)
    if there:
        raise refusals.PapersKnown(known, "、".join(str(one) for one in ranges_of(there)[:5]))
    papers = [
        Paper(goods=known.id, number=number, institution_id=place.institution, changed_on=place.on)
        for number in numbers
    ]
    try:
        with transaction.atomic():
            Paper.objects.bulk_create(papers, batch_size=1000)
    except IntegrityError:
        raise refusals.PapersKnown(known, "、".join(str(one) for one in ranges[:5])) from None
    return [
        write(
            place, known, MovementKind.RECEIVED, one.count, papers=one.count, first_number=one.first,
            last_number=one.last, becomes=PaperState.RECEIVED, **about,
        )
        for one in ranges_of(numbers)
    ]  # fmt: skip


def _lot_given(place: Place, known: Goods, quantity: int, batch: str, expires_on: date | None) -> Lot:
    """What is received: a batch has one expiry date, everywhere."""
    if not known.is_batched:
        return Lot("", None, quantity)
    problems = []
    if not batch:
        problems.append(Problem("batch", "required", Text("请填写批号。", "Give the batch.")))
    if expires_on is None:
        problems.append(Problem("expires_on", "required", Text("请填写有效期。", "Give the expiry date.")))
    if problems:
        raise BadInput(problems)
    other = Balance.objects.filter(goods=known.id, batch=batch).exclude(expires_on=expires_on).first()
    if other is not None and other.expires_on is not None:
        raise refusals.BatchDiffers(known, batch, other.expires_on)
    return Lot(batch, expires_on, quantity)


def _lot_known(place: Place, known: Goods, quantity: int, batch: str) -> Lot:
    """What comes back: of a batch that was there before."""
    if not known.is_batched:
        return Lot("", None, quantity)
    row = Balance.objects.filter(goods=known.id, batch=batch, institution=place.institution).first()
    if row is None:
        raise _bad("batch", Text("本机构没有过这个批号。", "This batch was never here."))
    return Lot(batch, row.expires_on, quantity)


def _day_of(now: datetime) -> date:
    return now.astimezone(CHINA).date()


def _bad(field: str, message: Text) -> BadInput:
    return BadInput([Problem(field, "invalid", message)])

"""What a record does to the stock: taken when it is saved, the difference when it is corrected, given back
when it is withdrawn.

`post` is told what the record *should* have taken and what earlier versions of it have taken (`chain`); it
moves the difference. Sent twice, the same post changes nothing: a unique constraint keeps a record to one
posting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kangshu.declare.posting import PaperStep, Short
from kangshu.declare.stock import Goods
from kangshu.kernel.actor import Actor
from kangshu.stock import refusals
from kangshu.stock.models import Balance, Gap, Movement, MovementKind, Paper, PaperState
from kangshu.stock.moving import (
    Lot,
    Place,
    known_goods,
    locked_papers,
    lots_to_take,
    move,
    move_papers,
    place_of,
)
from kangshu.stock.numbers import number_range, parse_numbers, ranges_of

SAVED, RETURNED, WITHDRAWN = "saved", "returned", "withdrawn"
"""A record took something; its correction gave back what it no longer takes; its withdrawal gave back all."""
OF_A_PERSON = frozenset({PaperStep.REDEEM, PaperStep.CANCEL, PaperStep.VOID})
"""What is done with papers that a person has: wherever the person comes, and only with their own."""
_BEFORE = {
    PaperStep.ISSUE: PaperState.RECEIVED,
    PaperStep.USE: PaperState.RECEIVED,
    PaperStep.REDEEM: PaperState.ISSUED,
    PaperStep.SPOIL: PaperState.RECEIVED,
    PaperStep.CANCEL: PaperState.ISSUED,
    PaperStep.VOID: PaperState.USED,
}
_AFTER = {
    PaperStep.ISSUE: PaperState.ISSUED,
    PaperStep.USE: PaperState.USED,
    PaperStep.REDEEM: PaperState.USED,
    PaperStep.SPOIL: PaperState.SPOILED,
    PaperStep.CANCEL: PaperState.SPOILED,
    PaperStep.VOID: PaperState.SPOILED,
}


@dataclass(frozen=True)
class Wanted:
    """What a record takes of one kind of goods. `field` is the question to point at when there is not
    enough."""

    goods: str
    quantity: int = 0
    batch: str = ""
    numbers: str = ""
    paper: PaperStep = PaperStep.USE
    short: Short = Short.REFUSE
    where_kept: bool = False
    field: str = ""


@dataclass(frozen=True)
class About:
    """Which record posts, under which of its postings; `chain` are the records that it replaces; `theirs` the
    records of the same person, to which a paper that is redeemed must have been issued."""

    record: UUID
    posting: str
    institution: UUID
    on: date
    chain: tuple[UUID, ...] = ()
    theirs: frozenset[UUID] = frozenset()


def post(
    about: About,
    wanted: Wanted | None,
    *,
    by: Actor,
    now: datetime,
    step: str = SAVED,
    using: str = "default",
) -> None:
    """Make the stock what the record says; `wanted` None takes back all that it took.

    Raises StockShort, GoodsExpired, PapersElsewhere, PaperMovedOn, NotYourPaper, BadInput.
    """
    records = (*about.chain, about.record)
    before = _taken_before(records, about.posting, using)
    if (
        Movement.objects.using(using)
        .filter(record_id=about.record, posting=about.posting, step=step)
        .exists()
    ):
        return  # this record has posted already
    Gap.objects.using(using).filter(record_id__in=records, posting=about.posting, closed_on=None).update(
        closed_on=about.on, closed_by=by.name[:80], note=step
    )
    numbered = [key for key in before if key[3]]
    goods = None if wanted is None else known_goods(wanted.goods)
    if numbered or (goods is not None and goods.is_numbered):
        _Papers(about, by, now, step, using).change(wanted, goods)
        return
    _change_goods(about, before, wanted, goods, by, now, step, using)


Key = tuple[UUID, str, str, bool]


def _taken_before(records: Sequence[UUID], posting: str, using: str) -> Counter[Key]:
    """What these records have taken and not given back: by institution, goods and batch."""
    taken: Counter[Key] = Counter()
    rows = Movement.objects.using(using).filter(record_id__in=records, posting=posting)
    for row in rows:
        taken[row.institution_id, row.goods, row.batch, bool(row.first_number)] -= row.quantity
    return taken


def _change_goods(
    about: About, before: Counter[Key], wanted: Wanted | None, goods: Goods | None, by: Actor, now: datetime,
    step: str, using: str,
) -> None:  # fmt: skip
    """Give back what is no longer taken, then take what is more than before."""
    after: Counter[Key] = Counter()
    if wanted is not None and goods is not None and wanted.quantity:
        place = place_of(about.institution, about.on, by, now, using)
        if not _keeps_books(place, goods, wanted):
            wanted = None
        else:
            after = _wanted_lots(about, place, goods, wanted, before)
    for key in sorted(before.keys() | after.keys(), key=str):
        difference = after[key] - before[key]
        if not difference:
            continue
        institution, id, batch, _ = key
        place = place_of(institution, about.on, by, now, using)
        known = known_goods(id)
        row = Balance.objects.using(using).filter(institution=institution, goods=id, batch=batch).first()
        lot = Lot(batch, None if row is None else row.expires_on, abs(difference))
        marks = {"record_id": about.record, "posting": about.posting, "step": step}
        try:
            move(place, known, MovementKind.RECORDED, [lot], -1 if difference > 0 else 1, **marks)
        except refusals.StockShort as short:
            raise _pointing(short, wanted) from None


def _wanted_lots(
    about: About, place: Place, goods: Goods, wanted: Wanted, before: Counter[Key]
) -> Counter[Key]:
    """Which batches the record takes: those it already has stay its own, the rest is found in stock."""
    here = {
        key: number
        for key, number in before.items()
        if key[:2] == (about.institution, goods.id) and number > 0 and wanted.batch in ("", key[2])
    }
    after: Counter[Key] = Counter()
    left = wanted.quantity
    for key, number in sorted(here.items(), key=str):
        after[key] = min(number, left)
        left -= after[key]
    if left:
        try:
            lots = lots_to_take(place, goods, left, wanted.batch, where=wanted.field)
        except (refusals.StockShort, refusals.GoodsExpired):
            if wanted.short is Short.REFUSE:
                raise
            _note_gap(about, goods, wanted, left, place.using)
            return after
        for lot in lots:
            after[about.institution, goods.id, lot.batch, False] += lot.quantity
    return after


def _note_gap(about: About, goods: Goods, wanted: Wanted, quantity: int, using: str) -> None:
    Gap.objects.using(using).update_or_create(
        record_id=about.record,
        posting=about.posting,
        defaults={
            "institution_id": about.institution,
            "goods": goods.id,
            "batch": wanted.batch[:40],
            "quantity": quantity,
            "on": about.on,
            "closed_on": None,
        },
    )


def _keeps_books(place: Place, goods: Goods, wanted: Wanted) -> bool:
    if not wanted.where_kept:
        return True
    rows = Balance.objects.using(place.using).filter(institution=place.institution, goods=goods.id)
    return rows.exists()


def _pointing(short: refusals.StockShort, wanted: Wanted | None) -> refusals.StockShort:
    """The same refusal, pointing at the question that asked for the goods."""
    if wanted is not None and wanted.field:
        short.where = wanted.field
    return short


class _Papers:
    """Numbered papers of one posting of one record."""

    def __init__(self, about: About, by: Actor, now: datetime, step: str, using: str) -> None:
        self.about, self.step, self.using = about, step, using
        self.place = place_of(about.institution, about.on, by, now, using)
        self.marks = {"record_id": about.record, "posting": about.posting}

    def change(self, wanted: Wanted | None, goods: Goods | None) -> None:
        numbers: list[str] = []
        if wanted is not None and goods is not None and wanted.numbers.strip():
            numbers = [number for one in parse_numbers(wanted.numbers) for number in one]
        kept = self._give_back(set(numbers), goods)
        new = [number for number in numbers if number not in kept]
        if new and wanted is not None and goods is not None:
            self._take(wanted, goods, new)

    def _give_back(self, wanted: set[str], goods: Goods | None) -> set[str]:
        """Papers that earlier versions of the record took and this one does not go back to what they were;
        those it still takes are now held by this record. Gives these."""
        records = (*self.about.chain, self.about.record)
        held = self._held(records)
        if goods is not None and any(paper.goods != goods.id for paper in held):
            wanted = set()  # other goods now: everything goes back
        kept = [paper for paper in held if paper.number in wanted]
        for paper in kept:
            self._hand_on(paper, records)
        Paper.objects.using(self.using).bulk_update(kept, ["issued_record", "used_record"])
        gone = [paper for paper in held if paper.number not in wanted]
        self._put_back(gone, records)
        return {paper.number for paper in kept}

    def _held(self, records: Sequence[UUID]) -> list[Paper]:
        """The papers that these records took under this posting and have not given back, locked."""
        taken: dict[str, set[str]] = {}
        rows = Movement.objects.using(self.using).filter(
            record_id__in=records, posting=self.about.posting, papers__gt=0
        )
        for row in rows.order_by("at", "id"):
            numbers = taken.setdefault(row.goods, set())
            moved = set(number_range(row.first_number, row.last_number))
            numbers |= moved if row.step == SAVED else set()
            numbers -= moved if row.step != SAVED else set()
        return [
            paper
            for goods, numbers in sorted(taken.items())
            for paper in Paper.objects.using(self.using)
            .filter(goods=goods, number__in=numbers)
            .order_by("number")
            .select_for_update(of=("self",))
        ]

    def _hand_on(self, paper: Paper, records: Sequence[UUID]) -> None:
        if paper.issued_record in records:
            paper.issued_record = self.about.record
        if paper.used_record in records:
            paper.used_record = self.about.record

    def _put_back(self, gone: Sequence[Paper], records: Sequence[UUID]) -> None:
        by_goods: dict[tuple[str, UUID, str], list[Paper]] = {}
        for paper in gone:
            known = known_goods(paper.goods)
            if paper.used_record in records:
                if paper.state not in (PaperState.USED, PaperState.SPOILED):
                    raise refusals.PaperMovedOn(known, paper.number)
                back = PaperState.RECEIVED
                if paper.issued_record is not None and paper.issued_record not in records:
                    back = PaperState.ISSUED
                if paper.state == PaperState.SPOILED and self._was_used(paper, records):
                    back = PaperState.USED
            else:
                if paper.state != PaperState.ISSUED or paper.issued_record not in records:
                    raise refusals.PaperMovedOn(known, paper.number)
                back = PaperState.RECEIVED
            by_goods.setdefault((paper.goods, paper.institution_id, back), []).append(paper)
        for (id, institution, back), papers in by_goods.items():
            for paper in papers:
                self._undo(paper, back, records)
            place = Place(institution, "", self.place.on, self.place.by, self.place.now, self.using)
            in_stock = 1 if back == PaperState.RECEIVED else 0
            step = RETURNED if self.step == SAVED else self.step
            move_papers(
                place, known_goods(id), MovementKind.RECORDED, papers, back, in_stock, step=step, **self.marks
            )

    def _was_used(self, paper: Paper, records: Sequence[UUID]) -> bool:
        """Whether a spoiled paper had been filled in before these records voided it."""
        return (
            Movement.objects.using(self.using)
            .filter(
                goods=paper.goods,
                becomes=PaperState.USED,
                first_number__lte=paper.number,
                last_number__gte=paper.number,
            )
            .exclude(record_id__in=records)
            .exists()
        )

    def _undo(self, paper: Paper, back: str, records: Sequence[UUID]) -> None:
        paper.state, paper.changed_on = PaperState(back), self.about.on
        if paper.issued_record in records:
            paper.issued_record = None
        if back != PaperState.USED:
            paper.used_record, paper.used_at_id = None, None
        else:
            paper.used_record = self._first_user(paper, records)

    def _first_user(self, paper: Paper, records: Sequence[UUID]) -> UUID | None:
        return (
            Movement.objects.using(self.using)
            .filter(goods=paper.goods, becomes=PaperState.USED, first_number__lte=paper.number,
                    last_number__gte=paper.number)
            .exclude(record_id__in=records)
            .order_by("-at")
            .values_list("record_id", flat=True)
            .first()
        )  # fmt: skip

    def _take(self, wanted: Wanted, goods: Goods, numbers: Sequence[str]) -> None:
        before, after = _BEFORE[wanted.paper], _AFTER[wanted.paper]
        elsewhere = wanted.paper in OF_A_PERSON
        papers = locked_papers(
            self.place, goods, ranges_of(numbers), before, anywhere=elsewhere, where=wanted.field or "numbers"
        )
        for paper in papers:
            if elsewhere:
                self._check_theirs(paper, goods, wanted)
            paper.state, paper.changed_on = after, self.about.on
            if wanted.paper is PaperStep.ISSUE:
                paper.issued_record = self.about.record
            else:
                paper.used_record, paper.used_at_id = self.about.record, self.about.institution
        in_stock = -1 if before is PaperState.RECEIVED else 0
        move_papers(
            self.place, goods, MovementKind.RECORDED, papers, after, in_stock, step=self.step, **self.marks
        )

    def _check_theirs(self, paper: Paper, goods: Goods, wanted: Wanted) -> None:
        holder = paper.used_record if wanted.paper is PaperStep.VOID else paper.issued_record
        if holder not in self.about.theirs:
            raise refusals.NotYourPaper(goods, paper.number)

"""Oversight of vaccine and syringes: what does not fit between deliveries, codes, stock, doses and syringes.

Each finding names its institution and leads to where it is put right. A finding is a reason to look and no
accusation: none is stored, they are found anew each time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

from kangshu.declare import registry
from kangshu.declare.posting import StockPosting
from kangshu.declare.stock import goods_by_id
from kangshu.immunisation.receiving import PREFIX
from kangshu.immunisation.supplies import OPEN, Delivery, Package
from kangshu.immunisation.tracing import read_code
from kangshu.kernel.actor import Actor
from kangshu.places.models import Institution
from kangshu.stock import queries as stock
from kangshu.stock.models import Movement, MovementKind, Stocktake, Transfer, TransferState
from kangshu.stock.queries import in_reach
from kangshu.work.models import Record, RecordStatus

DOSE = "immunisation.dose"
SYRINGES = "syringe."


class Kind(StrEnum):
    NOTE_DIFFERS = "note_differs"
    REFUSED = "refused"
    UNTRACED = "untraced"
    ARRIVED_SHORT = "arrived_short"
    COUNTED = "counted"
    EXPIRED = "expired"
    UNCOVERED = "uncovered"
    SYRINGES = "syringes"
    CODE_UNKNOWN = "code_unknown"
    CODE_TWICE = "code_twice"


@dataclass(frozen=True)
class Finding:
    """`quantity` in doses or pieces, below zero for what lacks; `about` the id of the delivery or record."""

    kind: Kind
    institution: Institution
    goods: str
    quantity: int
    on: date | None = None
    batch: str = ""
    note: str = ""
    about: UUID | None = None


@dataclass(frozen=True)
class Line:
    """One institution in the days asked: doses received (of these by code), given, written off; syringes
    used; how many findings."""

    institution: Institution
    received: int
    traced: int
    given: int
    written_off: int
    syringes: int
    findings: int


@dataclass(frozen=True)
class Oversight:
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]


def oversight(by: Actor, first: date, last: date, today: date) -> Oversight:
    """What moved in a span of days within reach, and everything that does not fit."""
    vaccines = [id for id in goods_by_id() if id.startswith(PREFIX)]
    syringes = [id for id in goods_by_id() if id.startswith(SYRINGES)]
    moved = _by_institution(by, vaccines, first, last)
    used = _by_institution(by, syringes, first, last)
    rows = Delivery.objects.filter(in_reach(by), accepted=True, on__gte=first, on__lte=last)
    traced = dict(rows.values_list("institution").annotate(n=Sum("scanned")))
    found = [
        *_of_deliveries(by, first, last),
        *_untraced(moved, traced),
        *_short(by, [*vaccines, *syringes], first, last),
        *_counted(by, [*vaccines, *syringes], first, last),
        *_expired(by, today),
        *_uncovered_and_syringes(by, first, last),
        *_codes(first, last),
    ]
    count = Counter(one.institution.pk for one in found)
    places = Institution.objects.in_bulk([*moved, *used, *count])
    lines = tuple(
        Line(
            place,
            moved[id][MovementKind.RECEIVED] + moved[id][MovementKind.TRANSFER_IN],
            traced.get(id, 0),
            _used(moved[id]),
            -moved[id][MovementKind.SPOILED] - moved[id][MovementKind.LOST],
            _used(used[id]),
            count[id],
        )
        for id, place in sorted(places.items(), key=lambda item: item[1].path)
    )
    order = {kind: number for number, kind in enumerate(Kind)}
    return Oversight(lines, tuple(sorted(found, key=lambda one: (order[one.kind], one.institution.path))))


def deliveries(by: Actor, first: date, last: date) -> QuerySet[Delivery]:
    """Those of a span of days, and older ones with a difference that nobody has explained."""
    rows = Delivery.objects.filter(in_reach(by)).filter(Q(on__gte=first, on__lte=last) | OPEN)
    return rows.select_related("institution").order_by("-on", "-at")


Moved = dict[UUID, Counter[str]]


def _by_institution(by: Actor, goods: Sequence[str], first: date, last: date) -> Moved:
    found: Moved = defaultdict(Counter)
    for (_, institution), kinds in stock.turnover(by, goods, first, last).items():
        found[institution].update(kinds)
    return found


def _used(kinds: Counter[str]) -> int:
    return -sum(kinds[kind] for kind in (MovementKind.ISSUED, MovementKind.RECORDED, MovementKind.RETURNED))


def _of_deliveries(by: Actor, first: date, last: date) -> Iterator[Finding]:
    for one in deliveries(by, first, last):
        about = {"on": one.on, "batch": one.batch, "about": one.pk, "note": one.document}
        if one.is_open:
            yield Finding(Kind.NOTE_DIFFERS, one.institution, one.goods, one.difference, **about)
        elif not one.accepted:
            yield Finding(Kind.REFUSED, one.institution, one.goods, one.noted, **about)


def _untraced(moved: Moved, traced: dict[UUID, int]) -> Iterator[Finding]:
    """Doses that were entered into the stock without their codes."""
    missing = {id: kinds[MovementKind.RECEIVED] - traced.get(id, 0) for id, kinds in moved.items()}
    for id, place in Institution.objects.in_bulk([id for id, n in missing.items() if n > 0]).items():
        yield Finding(Kind.UNTRACED, place, "", missing[id])


def _short(by: Actor, goods: Sequence[str], first: date, last: date) -> Iterator[Finding]:
    rows = Transfer.objects.filter(
        in_reach(by, "receiver__path"), goods__in=goods, state=TransferState.ACCEPTED,
        ended_on__gte=first, ended_on__lte=last,
    ).select_related("receiver")  # fmt: skip
    for one in rows:
        if one.arrived is not None and one.arrived < one.quantity:
            yield Finding(
                Kind.ARRIVED_SHORT, one.receiver, one.goods, one.arrived - one.quantity, one.ended_on,
                one.batch, one.note,
            )  # fmt: skip


def _counted(by: Actor, goods: Sequence[str], first: date, last: date) -> Iterator[Finding]:
    rows = Stocktake.objects.filter(in_reach(by), goods__in=goods, on__gte=first, on__lte=last)
    for one in rows.select_related("institution"):
        if one.counted != one.expected:
            difference = one.counted - one.expected
            yield Finding(Kind.COUNTED, one.institution, one.goods, difference, one.on, note=one.reason)


def _expired(by: Actor, today: date) -> Iterator[Finding]:
    for standing in stock.standings(by):
        if not standing.goods.id.startswith((PREFIX, SYRINGES)):
            continue
        for lot in standing.lots:
            if lot.quantity and lot.expires_on and lot.expires_on < today:
                yield Finding(
                    Kind.EXPIRED, standing.institution, standing.goods.id, lot.quantity, lot.expires_on,
                    lot.batch,
                )  # fmt: skip


def _uncovered_and_syringes(by: Actor, first: date, last: date) -> Iterator[Finding]:
    rows = stock.gaps(by).filter(goods__startswith=PREFIX, on__gte=first, on__lte=last)
    lacking = rows.order_by().values_list("institution", "goods").annotate(n=Sum("quantity"), last=Max("on"))
    found = list(lacking)
    places = Institution.objects.in_bulk([place for place, *_ in found])
    for place, goods, number, on in found:
        yield Finding(Kind.UNCOVERED, places[place], goods, -number, on)
    for one in stock.compared(by, first, last):
        if one.goods.id.startswith(SYRINGES) and one.difference:
            yield Finding(Kind.SYRINGES, one.institution, one.goods.id, one.difference)


def _codes(first: date, last: date) -> Iterator[Finding]:
    """Codes of doses given that nobody received, or that stand for more doses than their package holds.
    Where no package was ever received by code, nothing is said."""
    rows = Record.objects.filter(
        form_id=DOSE, status=RecordStatus.CURRENT, performed_on__gte=first, performed_on__lte=last,
        institution__in=Package.objects.values("institution"),
    ).exclude(Q(answers__trace_code=None) | Q(answers__trace_code=""))  # fmt: skip
    given = []
    for row in rows.select_related("institution").order_by("performed_on", "id"):
        read = read_code(str(row.answers.get("trace_code", "")))
        given.append((row, read.code if read else ""))
    held: dict[str, int] = {}
    for code, doses in Package.objects.filter(code__in=[code for _, code in given]).values_list(
        "code", "delivery__doses_a_code"
    ):
        held[code] = doses
    goods_of = _goods_of()
    uses: Counter[str] = Counter()
    for row, code in given:
        uses[code] += 1
        about = {"on": row.performed_on, "batch": str(row.answers.get("batch", "")), "about": row.pk}
        goods = goods_of.get(str(row.answers.get("vaccine", "")), "")
        if code not in held:
            note = str(row.answers["trace_code"])[:40]
            yield Finding(Kind.CODE_UNKNOWN, row.institution, goods, 1, note=note, **about)
        elif uses[code] > held[code]:
            yield Finding(Kind.CODE_TWICE, row.institution, goods, 1, note=code, **about)


def _goods_of() -> dict[str, str]:
    """The goods of each vaccine's code, as the service that gives doses posts them."""
    posts = registry.capability("immunisation.vaccination").posts
    found: dict[str, str] = {}
    for one in posts:
        if isinstance(one, StockPosting) and one.on_form == DOSE:
            found |= dict(one.goods_of)
    return found


def received_by_code(by: Actor, code: str) -> list[tuple[Package, list[Movement]]]:
    """Where a package came in, within reach, with what became of its batch there."""
    read = read_code(code)
    if read is None:
        return []
    found = []
    rows = Package.objects.filter(in_reach(by), code=read.code).select_related("delivery", "institution")
    for one in rows:
        moved = Movement.objects.filter(
            institution=one.institution_id, goods=one.delivery.goods, batch=one.delivery.batch
        )
        found.append((one, list(moved.order_by("on", "at")[:50])))
    return found

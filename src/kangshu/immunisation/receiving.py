"""Receiving vaccine: the note, the temperature on the way and the code of every package, then the stock.

Vaccines are refused when they arrive without the temperature kept on the way, or outside its limits
(疫苗储存和运输管理规范 2017 §14; 疫苗管理法 §40): of goods kept refrigerated 2 to 8 ℃. Those kept frozen are
named in `FROZEN`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.reach import reaches
from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.immunisation import refusals
from kangshu.immunisation.supplies import Delivery, Package
from kangshu.immunisation.tracing import read_codes
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.stock import actions as stock

PREFIX = "vaccine."
"""Begins the ids of vaccines in the stock."""
FROZEN = frozenset({f"{PREFIX}bopv", f"{PREFIX}topv"})
"""Oral polio vaccine is transported at or below -15 ℃ (instructions for use, bOPV)."""
REFRIGERATED = (Decimal(2), Decimal(8))
FROZEN_AT = Decimal(-15)


def in_range(goods: str, temperature: Decimal) -> bool:
    """Whether goods may have been this warm on their way (℃)."""
    if goods in FROZEN:
        return temperature <= FROZEN_AT
    return REFRIGERATED[0] <= temperature <= REFRIGERATED[1]


def receive_delivery(
    *,
    institution: UUID,
    goods: str,
    batch: str,
    expires_on: date,
    document: str,
    noted: int,
    codes: str,
    temperature: Decimal,
    on: date,
    by: Actor,
    now: datetime,
    doses_a_code: int = 1,
    source: str = "",
) -> Delivery:
    """Take a delivery into the stock: as many doses as its scanned packages hold. Outside the temperature
    limits it is written down as refused and nothing is received.

    Raises BadInput, CodeKnown, DeliveryKnown, BatchDiffers, NotYourStock, NotAllowed.
    """
    _place, known = stock.begin(institution, goods, on, by, now)
    read, problems = read_codes(codes, batch.strip(), expires_on)
    problems += _missing(batch, document, noted, doses_a_code)
    kept = in_range(known.id, temperature)
    if not read and kept and not problems:
        problems.append(
            Problem("codes", "required", Text("请逐件扫描追溯码。", "Scan the code of each package."))
        )
    if problems:
        raise BadInput(problems)
    with transaction.atomic():
        _refuse_known(
            institution, known.id, batch.strip(), document.strip(), [one.code for one in read], kept
        )
        made = Delivery.objects.create(
            institution_id=institution, goods=known.id, batch=batch.strip(), expires_on=expires_on,
            source=source.strip()[:120], document=document.strip()[:60], on=on, noted=noted,
            scanned=len(read) * doses_a_code, doses_a_code=doses_a_code, temperature=temperature,
            accepted=kept, at=now, by_name=by.name[:80],
        )  # fmt: skip
        log.write(
            by=by,
            action="immunisation.delivery_received" if kept else "immunisation.delivery_refused",
            about=made,
            detail={"goods": known.id, "batch": made.batch, "noted": noted, "scanned": made.scanned},
        )
        if kept:
            Package.objects.bulk_create(
                Package(delivery=made, code=one.code, institution_id=institution) for one in read
            )
            stock.receive(
                institution=institution, goods=known.id, quantity=made.scanned, batch=made.batch,
                expires_on=expires_on, source=source, document=made.document, on=on, by=by, now=now,
            )  # fmt: skip
        return made


def explain_delivery(*, delivery: UUID, reason: str, by: Actor, now: datetime) -> Delivery:
    """Say why fewer or more doses came than the note has. Raises BadInput, DeliveryNotOpen, NotYourStock,
    NotAllowed."""
    check_allowed(by, stock.PERMISSION)
    stock.needs_reason(reason)
    with transaction.atomic():
        found = (
            Delivery.objects.select_for_update(of=("self",))
            .select_related("institution")
            .filter(pk=delivery)
            .first()
        )
        if found is None or not found.is_open:
            raise refusals.DeliveryNotOpen
        if not reaches(by, found.institution.path):
            raise refusals.NotYourDelivery
        found.explained, found.explained_by = reason.strip()[:300], by.name[:80]
        found.explained_on = now.astimezone(CHINA).date()
        found.save(update_fields=["explained", "explained_by", "explained_on"])
        log.write(by=by, action="immunisation.delivery_explained", about=found, reason=found.explained)
        return found


def _missing(batch: str, document: str, noted: int, doses_a_code: int) -> list[Problem]:
    asked = (
        ("batch", bool(batch.strip()), Text("请填写批号。", "Give the batch.")),
        (
            "document",
            bool(document.strip()),
            Text("请填写随货单号。", "Give the number of the delivery note."),
        ),
        ("noted", noted > 0, Text("请填写随货单上的剂数。", "Give the doses by the delivery note.")),
        ("doses_a_code", doses_a_code > 0, Text("每件至少1剂。", "A package holds at least one dose.")),
    )
    return [Problem(name, "required", message) for name, given, message in asked if not given]


def _refuse_known(
    institution: UUID, goods: str, batch: str, document: str, codes: list[str], kept: bool
) -> None:
    """A package comes in once; so does a batch by one note."""
    if not kept:
        return
    there = Package.objects.filter(code__in=codes, institution=institution).select_related("delivery").first()
    if there is not None:
        raise refusals.CodeKnown(there.code, there.delivery.on)
    same = Delivery.objects.filter(
        institution=institution, goods=goods, batch=batch, document=document, accepted=True
    ).first()
    if same is not None:
        raise refusals.DeliveryKnown(document, same.on)

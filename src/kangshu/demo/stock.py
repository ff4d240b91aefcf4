"""Goods, numbered papers and funds of the demo county: through the same actions as everybody's, so the
books agree."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kangshu.access.scope import entered_as_system
from kangshu.declare.fund import funds_by_id
from kangshu.declare.stock import goods_by_id
from kangshu.demo.options import Options
from kangshu.immunisation.receiving import receive_delivery
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.ledger import actions as money
from kangshu.places.models import Institution
from kangshu.stock import actions, transfers

VACCINES = ("vaccine.hepb", "vaccine.mmr", "vaccine.ipv")
CENTRES = 4


def load_stock(options: Options) -> None:
    """What the maternal hospital, the CDC and the first centres received, sent on, gave out and lost; what
    each fund was allotted."""
    now = datetime.combine(options.today, time(17), CHINA)
    first = options.begins
    with entered_as_system("demo") as system:
        kinds = {kind: list(Institution.objects.filter(kind=kind).order_by("path")) for kind in _KINDS}
        centres = (kinds["township_centre"] + kinds["community_centre"])[:CENTRES]
        for number, centre in enumerate(centres):
            _centre(centre, number, first, options.today, system, now)
        for clinic in kinds["village_clinic"]:
            actions.receive(
                institution=clinic.pk,
                goods="maternal.folic_acid",
                quantity=200,
                batch="FA2603",
                expires_on=options.today + timedelta(days=400),
                on=first,
                source="乡镇卫生院",
                by=system,
                now=now,
            )
        for hospital in (kinds["mch"] or kinds["hospital"])[:1]:
            _papers(hospital, centres, first, options.today, system, now)
        for fund in funds_by_id().values():
            parts = {"county": Decimal(60000), "province": Decimal(40000)}
            parts = {source.code: parts.get(source.code, Decimal(0)) for source in fund.sources}
            total = sum(parts.values(), Decimal(0))
            money.allot(
                fund=fund.id,
                year=options.today.year,
                parts=parts,
                total=total,
                on=first,
                document="示例文件（演示）",
                by=system,
                now=now,
            )


_KINDS = ("township_centre", "community_centre", "village_clinic", "mch", "hospital")


def _centre(centre: Institution, number: int, first: date, today: date, by: Actor, now: datetime) -> None:
    here = {"institution": centre.pk, "by": by, "now": now}
    for batch, quantity, days in (("FA2601", 60 + 10 * number, 40), ("FA2603", 120, 400)):
        actions.receive(
            goods="maternal.folic_acid",
            quantity=quantity,
            batch=batch,
            expires_on=today + timedelta(days=days),
            on=first,
            source="县妇幼保健院",
            **here,
        )
    actions.issue(
        goods="maternal.folic_acid", quantity=40, on=first + timedelta(days=30), to="辖区卫生室", **here
    )
    for place, vaccine in enumerate(VACCINES):
        if vaccine in goods_by_id():
            # One of the centres got a package less than its note says.
            lacks = number == 1 and place == 0
            packages = range(4 - lacks)
            receive_delivery(
                goods=vaccine,
                batch=f"V26{place:02d}",
                expires_on=today + timedelta(days=70 + 90 * place),
                source="县疾病预防控制中心",
                document=f"SHD26{number}{place}",
                noted=40,
                doses_a_code=10,
                codes="\n".join(f"8399999{number:02d}{place:02d}{one:09d}" for one in packages),
                temperature=Decimal("4.5"),
                on=first,
                **here,
            )
    actions.receive(
        goods="syringe.auto_disable",
        quantity=200,
        batch="S2601",
        expires_on=today + timedelta(days=700),
        on=first,
        **here,
    )
    actions.write_off(
        goods="syringe.auto_disable", quantity=2, on=first + timedelta(days=9), reason="包装破损", **here
    )
    if number == 0:
        counted = {"FA2601": 18, "FA2603": 120}
        actions.count(
            goods="maternal.folic_acid", counted=counted, on=today, reason="盘亏2瓶，原因待查", **here
        )


def _papers(
    hospital: Institution, centres: list[Institution], first: date, today: date, by: Actor, now: datetime
) -> None:
    """Blank certificates and vouchers: received by the hospital, partly sent on; one is still on its way."""
    here = {"institution": hospital.pk, "by": by, "now": now}
    for goods, numbers in (
        ("maternal.birth_certificate", "L990000001-L990000200"),
        ("voucher.child", "E0000001-E0000400"),
        ("voucher.maternal", "Y0000001-Y0000400"),
    ):
        actions.receive(goods=goods, numbers=numbers, on=first, source="市妇幼保健院", **here)
    actions.write_off(
        goods="maternal.birth_certificate",
        numbers="L990000017",
        on=first + timedelta(days=20),
        reason="打印错误",
        **here,
    )
    for number, centre in enumerate(centres):
        low = 1 + 50 * number
        (sent,) = transfers.send(
            goods="voucher.child",
            numbers=f"E{low:07d}-E{low + 49:07d}",
            receiver=centre.pk,
            on=first + timedelta(days=3),
            **here,
        )
        if number != len(centres) - 1:
            transfers.accept(transfer=sent.pk, on=first + timedelta(days=5), by=by, now=now)

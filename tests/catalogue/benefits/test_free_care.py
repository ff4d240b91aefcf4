"""Four waived, three halved: what is exempted, and that it reaches the fund."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import resident
from tests.work.conftest import NOW

from kangshu.catalogue.benefits.free_care.forms import EXEMPTED
from kangshu.declare.evaluate import evaluate, form_context
from kangshu.declare.fund import fund
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.ledger import actions as ledger
from kangshu.ledger.queries import fund_year
from kangshu.work.actions import record_visit

DAY = date(2026, 5, 12)
RIGHT = {"category": "1", "card": "YH-0001", "valid_until": "2026-12-31", "bill": "B-1"}


@pytest.mark.parametrize(
    ("prices", "exempted"),
    [
        ({"registration": "5"}, "5.00"),
        ({"examination": "85.01"}, "42.51"),
        ({"registration": "1", "consultation": "9", "laboratory": "30", "bed": "20"}, "35.00"),
        ({}, "0.00"),
    ],
)
def test_what_is_exempted(prices, exempted):
    typed = {name: Decimal(price) for name, price in prices.items()}
    assert evaluate(EXEMPTED, form_context(typed, DAY)) == Decimal(exempted)


def test_an_exemption_reaches_the_fund_and_an_expired_card_exempts_nothing(db):
    county = small_county()
    people = accounts(county)
    poor = resident(county.clinic_a1, "李建国", birth_date=date(1966, 4, 2))
    with acting(people.bureau_officer) as officer:
        ledger.allot(
            fund="benefits.free_care",
            year=2026,
            parts={"county": Decimal(100)},
            total=Decimal(100),
            on=DAY,
            by=officer,
            now=NOW,
        )
    with acting(people.township_worker_a) as worker:
        given = {
            "person": poor.pk,
            "institution": county.centre_a.pk,
            "by": worker,
            "now": NOW,
            "performed_on": DAY,
        }
        record_visit(
            form_id="benefits.free_care_card",
            record_id=new_id(),
            **given,
            answers={
                "category": "1",
                "card": "YH-0001",
                "valid_from": "2026-01-01",
                "valid_until": "2026-12-31",
            },
        )
        visit = {"form_id": "benefits.free_care_visit", **given}
        record_visit(record_id=new_id(), answers=RIGHT | {"registration": "5", "bed": "20"}, **visit)
        assert fund_year(fund("benefits.free_care"), 2026).spent == Decimal("15.00")
        expired = RIGHT | {"valid_until": "2026-05-11", "registration": "5"}
        with pytest.raises(BadInput) as refused:
            record_visit(record_id=new_id(), answers=expired, confirmed=True, **visit)
        assert refused.value.problems[0].field == "valid_until"

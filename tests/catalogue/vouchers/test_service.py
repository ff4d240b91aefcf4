"""Vouchers: issued, used once by whom they were issued to, settled once, void."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import resident
from tests.work.conftest import NOW

from kangshu.access.scope import entered_as_system
from kangshu.declare.fund import fund
from kangshu.kernel.identifiers import new_id
from kangshu.ledger import actions as ledger
from kangshu.ledger.queries import fund_year
from kangshu.stock import actions, queries, refusals
from kangshu.stock.models import Paper
from kangshu.stock.worth import LocalWorth
from kangshu.work.actions import record_visit, withdraw_record

DAY = date(2026, 5, 12)
TODAY = date(2026, 9, 30)


class Clinic:
    """clinic_a1 with ten child vouchers and two children."""

    def __init__(self) -> None:
        self.county = small_county()
        self.accounts = accounts(self.county)
        self.child, self.other = (
            resident(self.county.clinic_a1, name, birth_date=date(2025, 5, 1), serial=serial)
            for serial, name in ((1, "李小宝"), (2, "王小宝"))
        )
        with acting(self.accounts.village_doctor_a) as doctor:
            actions.receive(
                institution=self.county.clinic_a1.pk,
                goods="voucher.child",
                numbers="E001-E010",
                on=DAY,
                by=doctor,
                now=NOW,
            )

    def save(self, form: str, person: Any, numbers: str, **more: Any) -> Any:
        answers = {"kind": "1", "numbers": numbers} | more
        with acting(self.accounts.village_doctor_a) as doctor:
            return record_visit(
                form_id=f"vouchers.{form}",
                person=person.pk,
                answers=answers,
                performed_on=DAY,
                by=doctor,
                institution=self.county.clinic_a1.pk,
                record_id=new_id(),
                now=NOW,
                confirmed=True,
            ).record

    def issue(self, person: Any, numbers: str) -> Any:
        return self.save("issue", person, numbers, receiver="母亲")

    def use(self, person: Any, number: str) -> Any:
        return self.save("use", person, number, child_service="2")


@pytest.fixture
def clinic(db) -> Clinic:
    return Clinic()


def state(number: str) -> str:
    return Paper.objects.get(number=number).state


def test_a_voucher_is_used_once_and_by_whom_it_was_issued_to(clinic):
    clinic.issue(clinic.child, "E001-E006")
    assert state("E001") == "issued"
    with pytest.raises(refusals.NotYourPaper):
        clinic.use(clinic.other, "E001")
    clinic.use(clinic.child, "E001")
    assert state("E001") == "used"
    with pytest.raises(refusals.PapersElsewhere):
        clinic.use(clinic.child, "E001")
    with pytest.raises(refusals.PapersElsewhere):
        clinic.use(clinic.child, "E009")  # never issued
    with pytest.raises(refusals.PapersElsewhere):
        clinic.issue(clinic.other, "E006-E007")  # E006 is the other child's
    assert state("E007") == "received"


def test_withdrawing_the_use_gives_the_voucher_back_to_the_child(clinic):
    issued = clinic.issue(clinic.child, "E001-E002")
    used = clinic.use(clinic.child, "E001")
    with acting(clinic.accounts.village_doctor_a) as doctor:
        with pytest.raises(refusals.PaperMovedOn):
            withdraw_record(record_id=issued.pk, reason="误发", by=doctor, now=NOW)
        withdraw_record(record_id=used.pk, reason="误录", by=doctor, now=NOW)
        assert state("E001") == "issued"
        withdraw_record(record_id=issued.pk, reason="误发", by=doctor, now=NOW)
        assert queries.balance(clinic.county.clinic_a1.pk, "voucher.child") == 10


def test_an_unused_voucher_is_void(clinic):
    clinic.issue(clinic.child, "E001-E002")
    clinic.save("void", clinic.child, "E002", why="1")
    assert state("E002") == "spoiled"
    with pytest.raises(refusals.PapersElsewhere):
        clinic.use(clinic.child, "E002")


def test_what_was_used_is_settled_once_from_the_fund(clinic):
    clinic.issue(clinic.child, "E001-E006")
    used = [clinic.use(clinic.child, number) for number in ("E001", "E003")]
    with acting(clinic.accounts.bureau_officer) as officer:
        given = {
            "institution": clinic.county.clinic_a1.pk,
            "goods": "voucher.child",
            "on": TODAY,
            "by": officer,
            "now": NOW,
            "parameters": LocalWorth(),
        }
        ledger.allot(
            fund="vouchers.service",
            year=2026,
            parts={"county": Decimal(1000)},
            total=Decimal(1000),
            on=TODAY,
            by=officer,
            now=NOW,
        )
        assert [(place.name, number) for _, place, number in queries.to_settle(officer)] == [
            ("东柳村卫生室", 2)
        ]
        made = actions.settle(**given)
        assert (made.papers_settled, made.amount) == (2, Decimal("20.00"))
        assert fund_year(fund("vouchers.service"), 2026).spent == Decimal("20.00")
        with pytest.raises(refusals.NothingToSettle):
            actions.settle(**given)
    with acting(clinic.accounts.village_doctor_a) as doctor, pytest.raises(refusals.PaperMovedOn):
        withdraw_record(record_id=used[0].pk, reason="误录", by=doctor, now=NOW)
    with entered_as_system("test"):
        assert state("E001") == "settled"

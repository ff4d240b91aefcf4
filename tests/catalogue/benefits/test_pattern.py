"""Applied, checked, approved or refused, paid: never beyond the decision, the ceiling or the fund."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import resident
from tests.work.conftest import NOW

from kangshu.declare import registry
from kangshu.declare.fund import fund
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.ledger import actions as ledger
from kangshu.ledger import refusals as ledger_refusals
from kangshu.ledger.queries import fund_year, places_of
from kangshu.work.actions import correct_record, record_visit, withdraw_record
from kangshu.work.models import Case, Due
from kangshu.work.refusals import NotApproved

FUND = "benefits.infectious"
KINDS = ("benefits.infectious", "benefits.hiv", "benefits.mothers", "benefits.psychiatric")


class Desk:
    """The township of a patient, and a fund of 9,000 yuan."""

    def __init__(self) -> None:
        self.county = small_county()
        self.accounts = accounts(self.county)
        self.patient = resident(self.county.clinic_a1, "李建国", birth_date=date(1966, 4, 2))
        with acting(self.accounts.bureau_officer) as officer:
            ledger.allot(
                fund=FUND,
                year=2026,
                parts={"county": Decimal(4000), "province": Decimal(5000)},
                total=Decimal(9000),
                on=date(2026, 1, 5),
                by=officer,
                now=NOW,
            )

    def save(self, what: str, day: date, **answers: Any) -> Any:
        with acting(self.accounts.township_worker_a) as worker:
            return record_visit(
                form_id=f"benefits.infectious_{what}",
                person=self.patient.pk,
                answers=answers,
                performed_on=day,
                institution=self.county.centre_a.pk,
                record_id=new_id(),
                by=worker,
                now=NOW,
            ).record

    def apply(self) -> None:
        self.save("application", date(2026, 3, 2), category="2", situation="贫困", proof="诊断证明")

    def check(self, **more: Any) -> None:
        answers = {"identity": True, "proof_seen": True, "result": "1", "checked_by": "周柳"} | more
        self.save("check", date(2026, 3, 4), **answers)

    def decide(self, amount: str) -> None:
        self.save("decision", date(2026, 3, 10), decision="1", amount_approved=amount, decided_by="陈局")

    def pay(self, amount: str, day: date = date(2026, 3, 20)) -> Any:
        return self.save("payment", day, category="2", amount=amount, way="1", voucher="P-1")

    def spent(self) -> Decimal:
        return fund_year(fund(FUND), 2026).spent

    def state(self) -> str:
        with acting(self.accounts.township_worker_a):
            return Case.objects.get(kind=FUND).state


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


def test_the_whole_way(desk):
    desk.apply()
    assert desk.state() == "applied"
    with acting(desk.accounts.township_worker_a):
        due = Due.objects.get(state="open")
        assert (due.step, due.due_on) == ("check", date(2026, 3, 9))  # five working days
    desk.check()
    assert desk.state() == "checked"
    desk.decide("3000.00")
    assert desk.state() == "approved"
    desk.pay("2000.00")
    desk.pay("1000.00", date(2026, 4, 1))
    assert desk.state() == "paid"
    assert desk.spent() == Decimal("3000.00")
    with acting(desk.accounts.bureau_officer):
        (line,) = places_of(fund(FUND), 2026)
        assert (line.institution, line.spent, line.people) == ("柳林镇卫生院", Decimal("3000.00"), 1)


def test_nothing_is_paid_that_was_not_approved(desk):
    desk.apply()
    desk.check()
    with pytest.raises(NotApproved):
        desk.pay("10.00")
    desk.decide("3000.00")
    desk.pay("2000.00")
    with pytest.raises(NotApproved) as refused:
        desk.pay("1000.01", date(2026, 4, 1))
    assert refused.value.where == "amount"
    assert desk.spent() == Decimal("2000.00")


def test_the_ceiling_of_a_year_holds_whatever_was_approved(desk):
    desk.apply()
    desk.check()
    desk.decide("8500.00")
    with pytest.raises(BadInput) as refused:
        desk.pay("8000.01")
    assert refused.value.problems[0].field == "amount"
    desk.pay("8000.00")


def test_the_fund_is_not_overspent(desk):
    with acting(desk.accounts.bureau_officer) as officer:
        ledger.spend(
            fund=FUND,
            amount=Decimal(8000),
            on=date(2026, 2, 1),
            institution=desk.county.hospital.pk,
            memo="上年结转支付",
            by=officer,
            now=NOW,
        )
    desk.apply()
    desk.check()
    desk.decide("3000.00")
    with pytest.raises(ledger_refusals.FundShort) as refused:
        desk.pay("1000.01")
    assert (refused.value.left, refused.value.where) == (Decimal("1000.00"), "amount")


def test_a_corrected_payment_posts_the_right_amount_and_a_withdrawn_one_none(desk):
    desk.apply()
    desk.check()
    desk.decide("3000.00")
    record = desk.pay("2000.00")
    with acting(desk.accounts.township_worker_a) as worker:
        right = {"category": "2", "amount": "2500.00", "way": "1", "voucher": "P-1"}
        corrected = correct_record(
            record_id=record.pk, new_id=new_id(), answers=right, reason="金额录错", by=worker, now=NOW
        ).record
        assert desk.spent() == Decimal("2500.00")
        withdraw_record(record_id=corrected.pk, reason="退票", by=worker, now=NOW)
    assert desk.spent() == Decimal("0.00")
    desk.pay("3000.00", date(2026, 5, 6))


def test_what_is_not_true_is_not_put_forward(desk):
    desk.apply()
    with pytest.raises(BadInput):
        desk.check(proof_seen=False)
    desk.check(proof_seen=False, result="3")
    assert desk.state() == "refused"


@pytest.mark.parametrize("kind", KINDS)
def test_each_benefit_has_its_ceilings_its_fund_and_its_rule(kind):
    capability = registry.capability(kind)
    (category,) = (f for f in capability.form(f"{kind}_payment").fields if f.name == "category")
    codes = {choice.code for choice in category.choices}
    assert {parameter.id for parameter in capability.parameters} == {f"{kind}_ceiling_{c}" for c in codes}
    assert registry.rule(capability.form(f"{kind}_payment")) is not None

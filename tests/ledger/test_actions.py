"""Money: allotted by parts that add up, received, spent, paid back, reversed; never beyond the allotment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import NOW, resident

from kangshu.access.scope import AccountActor
from kangshu.declare.fund import fund
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.identifiers import new_id
from kangshu.ledger import actions, queries, refusals
from kangshu.ledger.models import Posting

FUND = "benefits.mothers"
TODAY = date(2026, 9, 30)


@dataclass
class Books:
    county: County
    accounts: Accounts
    officer: AccountActor

    def given(self, **more: Any) -> dict[str, Any]:
        return {"fund": FUND, "on": TODAY, "by": self.officer, "now": NOW} | more

    def allot(self, county: str = "6000", province: str = "4000", total: str = "10000") -> Any:
        parts = {"county": Decimal(county), "province": Decimal(province)}
        return actions.allot(**self.given(year=2026, parts=parts, total=Decimal(total)))

    def spend(self, amount: str, **more: Any) -> Posting:
        usual = {"amount": Decimal(amount), "institution": self.county.centre_a.pk, "memo": "补助"}
        return actions.spend(**self.given(**(usual | more)))

    @property
    def year(self) -> queries.FundYear:
        return queries.fund_year(fund(FUND), 2026)


@pytest.fixture
def books(db):
    county = small_county()
    people = accounts(county)
    with acting(people.bureau_officer) as officer:
        yield Books(county, people, officer)


def test_a_year_of_a_fund(books):
    books.allot()
    actions.receive(**books.given(year=2026, source="county", amount=Decimal(5000)))
    books.spend("2500.50")
    actions.refund(
        **books.given(amount=Decimal("500.50"), institution=books.county.centre_a.pk, memo="多付退回")
    )
    year = books.year
    assert (year.allotted, year.received, year.spent) == (Decimal(10000), Decimal(5000), Decimal(2000))
    assert (year.left, year.purse, year.use_rate) == (Decimal(8000), Decimal(3000), Decimal("20.00"))
    assert queries.check_parts(fund(FUND), 2026) == {}
    by_source = {one.title.en: (one.allotted, one.received) for one in queries.sources_of(fund(FUND), 2026)}
    assert by_source == {"county": (Decimal(6000), Decimal(5000)), "province": (Decimal(4000), Decimal(0))}


def test_parts_that_do_not_add_up_are_refused_and_say_by_how_much(books):
    with pytest.raises(refusals.PartsDiffer) as refused:
        books.allot(total="10000.10")
    assert "0.10" in refused.value.message.zh
    assert books.year.allotted == 0


def test_no_more_is_spent_than_is_allotted(books):
    books.allot()
    books.spend("9999.99")
    with pytest.raises(refusals.FundShort) as refused:
        books.spend("0.02")
    assert refused.value.left == Decimal("0.01")
    books.spend("0.01")
    assert books.year.use_rate == Decimal("100.00")


def test_an_allotment_is_not_cut_below_what_is_spent(books):
    books.allot()
    books.spend("9000")
    with pytest.raises(refusals.FundShort):
        books.allot(county="-1000.01", province="0", total="-1000.01")
    books.allot(county="-1000", province="0", total="-1000")
    assert books.year.left == 0


def test_a_wrong_posting_is_reversed_once_and_both_stay(books):
    books.allot()
    wrong = books.spend("300")
    actions.reverse(posting=wrong.pk, reason="重复", on=TODAY, by=books.officer, now=NOW)
    assert books.year.spent == 0
    assert Posting.objects.count() == 2
    with pytest.raises(refusals.AlreadyReversed):
        actions.reverse(posting=wrong.pk, reason="重复", on=TODAY, by=books.officer, now=NOW)


def test_what_a_subject_posted_is_posted_once(books):
    books.allot()
    claim = actions.Subject("claim", new_id())
    given = books.given(amount=Decimal(100), institution=books.county.hospital.pk, subject=claim)
    first, again = actions.post(**given), actions.post(**given)
    assert first == again
    assert books.year.spent == Decimal(100)
    with pytest.raises(BadInput):
        actions.reverse(posting=first.pk, reason="x", on=TODAY, by=books.officer, now=NOW)


@pytest.mark.parametrize("amount", ["0", "-5", "0.001"])
def test_an_amount_is_above_zero_in_whole_fen(books, amount):
    books.allot()
    with pytest.raises(BadInput):
        books.spend(amount)


def test_no_more_comes_back_than_was_spent(books):
    books.allot()
    books.spend("10")
    with pytest.raises(refusals.TooMuchBack):
        actions.refund(**books.given(amount=Decimal(11), institution=books.county.centre_a.pk, memo="退"))


def test_only_the_bureau_keeps_the_books(books):
    books.allot()
    with acting(books.accounts.township_worker_a) as worker, pytest.raises(NotAllowed):
        books.spend("10", by=worker)


def test_a_posting_of_a_person_is_seen_by_whoever_sees_the_person(books):
    books.allot()
    mother = resident(books.county.clinic_a1, "李秀英", sex="2")
    whose = actions.Whose(mother.pk, mother.scope_path)
    given = {"amount": Decimal(10), "institution": books.county.centre_a.pk}
    actions.post(**books.given(**given, whose=whose))
    secret = actions.Whose(mother.pk, mother.scope_path, "secret")
    with acting(books.accounts.township_worker_a):
        assert Posting.objects.count() == 1
    with acting(books.accounts.township_worker_b):
        assert Posting.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.post(**books.given(**given, whose=secret))  # the compartment is not open to the officer


def test_money_is_only_posted(books):
    books.allot()
    books.spend("10")
    for statement in (
        "UPDATE ledger_posting SET amount = 1",
        "DELETE FROM ledger_posting",
        "UPDATE ledger_allotment SET amount = 1",
        "UPDATE ledger_yearbalance SET spent = 0",
        "SELECT ledger_year('x', 2026::smallint, 1, 1, 1)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

"""Whatever is done with goods and money, nothing appears or vanishes."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.stock.conftest import FORMS, NOW, PILLS, TODAY, Store, goods, store  # noqa: F401 - fixtures
from tests.support.accounts import acting

from kangshu.declare.fund import fund
from kangshu.kernel.errors import Refusal
from kangshu.ledger import actions as money
from kangshu.ledger import queries as ledger
from kangshu.ledger.models import Posting
from kangshu.stock import actions, transfers
from kangshu.stock.models import Balance, Movement, Paper, PaperState, Transfer, TransferState
from kangshu.stock.moving import Lot, first_expired_first_out
from kangshu.stock.numbers import merge, number_range, ranges_of

QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck)}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["receive", "issue", "return", "spoil", "lose", "count", "send", "accept", "take back"]
        ),
        st.integers(1, 12),
        st.sampled_from(["A", "B"]),
    ),
    max_size=14,
)


def _goods_conserved(store: Store) -> None:  # noqa: F811
    in_balance = sum(Balance.objects.filter(goods=PILLS.id).values_list("quantity", flat=True))
    moved = sum(Movement.objects.filter(goods=PILLS.id).values_list("quantity", flat=True))
    assert in_balance == moved
    came = sum(
        Movement.objects.filter(goods=PILLS.id, kind__in=("received", "returned", "counted")).values_list(
            "quantity", flat=True
        )
    )
    gone = -sum(
        Movement.objects.filter(goods=PILLS.id, kind__in=("issued", "spoiled", "lost")).values_list(
            "quantity", flat=True
        )
    )
    on_the_way = sum(Transfer.objects.filter(state=TransferState.SENT).values_list("quantity", flat=True))
    assert came == gone + in_balance + on_the_way
    assert not Balance.objects.filter(quantity__lt=0).exists()


def _do(store: Store, what: str, number: int, batch: str) -> None:  # noqa: F811
    given = store.given(goods=PILLS.id, quantity=number, batch=batch)
    if what == "receive":
        actions.receive(**given, expires_on=date(2027, 1, 1 if batch == "A" else 2))
    elif what == "issue":
        actions.issue(**given | {"batch": ""})
    elif what == "return":
        actions.return_goods(**given, reason="x")
    elif what in ("spoil", "lose"):
        actions.write_off(**given, reason="x", lost=what == "lose")
    elif what == "count":
        actions.count(**store.given(goods=PILLS.id, counted={batch: number}, reason="x"))
    elif what == "send":
        transfers.send(**given, receiver=store.county.clinic_a2.pk)
    else:
        _end_a_transfer(store, what, number)


def _end_a_transfer(store: Store, what: str, number: int) -> None:  # noqa: F811
    waiting = Transfer.objects.filter(state=TransferState.SENT).first()
    if waiting is None:
        return
    given = {"transfer": waiting.pk, "on": TODAY, "now": NOW, "reason": "x"}
    with acting(store.accounts.township_worker_a) as worker:
        if what == "accept":
            transfers.accept(**given, by=worker, arrived=min(number, waiting.quantity))
        else:
            transfers.take_back(**given, by=worker)


def _conserves(store: Store, acts) -> None:  # noqa: F811
    with transaction.atomic():
        for act in acts:
            with contextlib.suppress(Refusal):
                _do(store, *act)
            _goods_conserved(store)
        transaction.set_rollback(True)


@settings(max_examples=6, **QUICK)
@given(ACTS)
def test_goods_are_conserved(store, acts):  # noqa: F811
    _conserves(store, acts)


@pytest.mark.slow
@settings(max_examples=300, **QUICK)
@given(ACTS)
def test_goods_are_conserved_many(store, acts):  # noqa: F811
    _conserves(store, acts)


PAPER_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "return", "spoil", "lose", "find", "receive"]),
        st.integers(1, 30),
        st.integers(0, 4),
    ),
    max_size=14,
)


@settings(max_examples=8, **QUICK)
@given(PAPER_ACTS)
def test_a_paper_has_one_state_and_the_balance_is_what_lies_there(store, acts):  # noqa: F811
    doing = {
        "issue": actions.issue, "return": actions.return_goods, "spoil": actions.write_off,
        "lose": partial(actions.write_off, lost=True),
        "find": actions.find_again, "receive": actions.receive,
    }  # fmt: skip
    with transaction.atomic():
        store.papers("P001-P020")
        for what, first, more in acts:
            numbers = f"P{first:03d}-P{first + more:03d}"
            reason = {} if what in ("issue", "receive") else {"reason": "x"}
            with contextlib.suppress(Refusal):
                doing[what](**store.given(goods=FORMS.id, numbers=numbers, **reason))
            here = Paper.objects.filter(state=PaperState.RECEIVED).count()
            assert here == sum(Balance.objects.filter(goods=FORMS.id).values_list("quantity", flat=True))
        received = sum(Movement.objects.filter(kind="received").values_list("papers", flat=True))
        assert received == Paper.objects.count()
        transaction.set_rollback(True)


@settings(max_examples=200, deadline=None)
@given(st.sets(st.integers(0, 99_999), max_size=40))
def test_numbers_as_ranges_are_the_same_numbers(values):
    numbers = {f"L{value:09d}" for value in values}
    found = ranges_of(numbers)
    assert {number for one in found for number in one} == numbers
    assert sum(one.count for one in found) == len(numbers)
    assert merge(found) == found
    assert all(number_range(one.first, one.last) == one for one in found)


LOTS = st.lists(
    st.builds(Lot, st.uuids().map(str), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 9)),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(LOTS, st.integers(1, 40))
def test_what_expires_first_goes_first_and_nothing_expired(lots, quantity):
    taken = first_expired_first_out(lots, quantity, TODAY)
    usable = sum(lot.quantity for lot in lots if lot.expires_on >= TODAY)
    assert sum(lot.quantity for lot in taken) == min(quantity, usable)
    assert [lot.expires_on for lot in taken] == sorted(lot.expires_on for lot in taken)
    left_earlier = [
        lot.expires_on
        for lot in lots
        if lot.expires_on >= TODAY
        and lot.quantity > next((one.quantity for one in taken if one.batch == lot.batch), 0)
    ]
    assert not taken or all(day >= taken[-1].expires_on for day in left_earlier)


MONEY_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["allot", "receive", "spend", "refund", "reverse"]),
        st.integers(1, 200_000).map(lambda fen: Decimal(fen) / 100),
    ),
    max_size=16,
)


@settings(max_examples=8, **QUICK)
@given(MONEY_ACTS)
def test_the_books_balance_and_the_parts_add_up(store, acts):  # noqa: F811
    fund_id, place = "benefits.mothers", store.county.centre_a.pk
    with acting(store.accounts.bureau_officer) as officer, transaction.atomic():
        usual = {"fund": fund_id, "on": TODAY, "by": officer, "now": NOW}
        for what, amount in acts:
            try:
                if what == "allot":
                    money.allot(year=2026, parts={"county": amount}, total=amount, **usual)
                elif what == "receive":
                    money.receive(year=2026, source="county", amount=amount, **usual)
                elif what == "spend":
                    money.spend(amount=amount, institution=place, memo="x", **usual)
                elif what == "refund":
                    money.refund(amount=amount, institution=place, memo="x", **usual)
                else:
                    latest = Posting.objects.order_by("-at", "-id").first()
                    if latest is not None:
                        money.reverse(posting=latest.pk, reason="x", on=TODAY, by=officer, now=NOW)
            except Refusal:
                pass
            year = ledger.fund_year(fund(fund_id), 2026)
            assert Decimal(0) <= year.spent <= year.allotted
            assert ledger.check_parts(fund(fund_id), 2026) == {}
            accounts = dict.fromkeys(("sources", "purse", "spent"), Decimal(0))
            for row in Posting.objects.all():
                accounts[row.debit] += row.amount
                accounts[row.credit] -= row.amount
            assert sum(accounts.values()) == 0
            assert (accounts["purse"], accounts["spent"]) == (year.purse, year.spent)
        transaction.set_rollback(True)

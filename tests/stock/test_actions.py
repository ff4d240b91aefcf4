"""Receiving, giving out, taking back, writing off and counting; what is refused, and why."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.stock.conftest import FORMS, GAUZE, NOW, PILLS, TODAY
from tests.support.accounts import acting

from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.stock import actions, queries, refusals, transfers
from kangshu.stock.models import Balance, Movement, Paper, PaperState


def test_what_expires_first_goes_out_first(store):
    store.receive(10, "LATE", date(2027, 6, 1))
    store.receive(4, "SOON", date(2026, 12, 1))
    done = actions.issue(**store.given(goods=PILLS.id, quantity=6, to="门诊"))
    assert [(one.batch, one.quantity) for one in done] == [("SOON", -4), ("LATE", -2)]
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 8


def test_more_than_there_is_is_refused_and_says_what_is_left(store):
    store.receive(3)
    with pytest.raises(refusals.StockShort) as refused:
        actions.issue(**store.given(goods=PILLS.id, quantity=4))
    assert refused.value.left == 3
    assert "东柳村卫生室" in refused.value.message.zh
    assert "叶酸片" in refused.value.message.zh
    assert "现有3瓶" in refused.value.message.zh
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 3


def test_an_expired_batch_is_not_given_out_but_written_off(store):
    store.receive(3, "OLD", date(2026, 9, 29))
    with pytest.raises(refusals.GoodsExpired):
        actions.issue(**store.given(goods=PILLS.id, quantity=1, batch="OLD"))
    with pytest.raises(refusals.StockShort):
        actions.issue(**store.given(goods=PILLS.id, quantity=1))
    actions.write_off(**store.given(goods=PILLS.id, quantity=3, batch="OLD", reason="过期"))
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 0


def test_a_batch_is_good_on_its_last_day(store):
    store.receive(1, "TODAY", TODAY)
    assert actions.issue(**store.given(goods=PILLS.id, quantity=1))


def test_a_batch_has_one_expiry_date(store):
    store.receive(3, "A1", date(2027, 1, 1))
    with pytest.raises(refusals.BatchDiffers):
        store.receive(3, "A1", date(2027, 2, 1))


@pytest.mark.parametrize(
    ("given", "field"),
    [({"quantity": 0}, "quantity"), ({"quantity": None}, "quantity"), ({"batch": ""}, "batch"),
     ({"expires_on": None}, "expires_on"), ({"on": date(2026, 10, 1)}, "on")],
)  # fmt: skip
def test_what_is_received_is_said_wholly(store, given, field):
    with pytest.raises(BadInput) as refused:
        store.receive(**given)
    assert refused.value.problems[0].field == field


def test_the_stock_of_another_institution_is_not_touched(store):
    for place in (store.county.centre_a, store.county.clinic_b1):
        with pytest.raises(NotAllowed):
            store.receive(institution=place.pk)


def test_the_township_keeps_the_books_of_its_clinics(store):
    with acting(store.accounts.township_worker_a) as worker:
        store.receive(by=worker)
        assert [one.quantity for one in queries.standings(worker)] == [10]
    with acting(store.accounts.township_worker_b) as other:
        assert queries.standings(other) == []


def test_whoever_may_not_keep_stock_is_told_so(store):
    with acting(store.accounts.inspector) as inspector, pytest.raises(NotAllowed):
        store.receive(by=inspector)


def test_a_count_posts_the_difference_and_wants_a_reason(store):
    store.receive(10)
    with pytest.raises(BadInput):
        actions.count(**store.given(goods=PILLS.id, counted={"A1": 8}))
    taken = actions.count(**store.given(goods=PILLS.id, counted={"A1": 8}, reason="破损两瓶未登记"))
    assert (taken.expected, taken.counted) == (10, 8)
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 8
    actions.count(**store.given(goods=PILLS.id, counted={"A1": 8}))
    assert Movement.objects.filter(kind="counted").count() == 1


def test_bulk_goods_are_counted_without_batches(store):
    store.receive(goods=GAUZE.id, quantity=30, batch="", expires_on=None)
    actions.count(**store.given(goods=GAUZE.id, counted={"": 33}, reason="盘盈"))
    assert queries.balance(store.county.clinic_a1.pk, GAUZE.id) == 33


def test_alerts(store):
    store.receive(4, "A1", date(2026, 12, 1))
    (standing,) = queries.standings(store.keeper)
    assert standing.is_under_floor  # 4 of 5
    assert standing.expiring(TODAY) == 4
    assert standing.expired(date(2026, 12, 2)) == 4
    assert [one.goods.id for one in queries.under_floor(store.keeper)] == [PILLS.id]


def test_what_came_back_can_be_given_out_again(store):
    store.receive(2)
    actions.issue(**store.given(goods=PILLS.id, quantity=2))
    actions.return_goods(**store.given(goods=PILLS.id, quantity=1, batch="A1", reason="未用"))
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 1
    with pytest.raises(BadInput):
        actions.return_goods(**store.given(goods=PILLS.id, quantity=1, batch="B9", reason="未用"))


# ---------------------------------------------------------------- papers


def test_each_number_has_one_state(store):
    store.papers("P001-P010")
    actions.issue(**store.given(goods=FORMS.id, numbers="P001-P003"))
    actions.write_off(**store.given(goods=FORMS.id, numbers="P004", reason="打印错误"))
    actions.write_off(lost=True, **store.given(goods=FORMS.id, numbers="P005,P007", reason="遗失"))
    (standing,) = queries.papers_at(store.keeper, FORMS.id)
    assert dict(standing.states) == {"received": 4, "issued": 3, "spoiled": 1, "lost": 2}
    assert [str(one) for one in standing.in_stock] == ["P006", "P008–P010"]
    assert queries.balance(store.county.clinic_a1.pk, FORMS.id) == 4
    actions.find_again(**store.given(goods=FORMS.id, numbers="P007", reason="找回"))
    actions.return_goods(**store.given(goods=FORMS.id, numbers="P003", reason="未用"))
    assert queries.balance(store.county.clinic_a1.pk, FORMS.id) == 6


def test_a_number_comes_in_once_and_goes_out_once(store):
    store.papers("P001-P010")
    with pytest.raises(refusals.PapersKnown, match=r"P005–P010"):
        store.papers("P005-P012")
    actions.issue(**store.given(goods=FORMS.id, numbers="P001"))
    with pytest.raises(refusals.PapersElsewhere, match=r"P001"):
        actions.issue(**store.given(goods=FORMS.id, numbers="P001-P002"))
    assert Paper.objects.get(number="P002").state == PaperState.RECEIVED


def test_papers_that_were_miscounted_are_named(store):
    store.papers("P001-P010")
    with pytest.raises(BadInput):
        actions.count(**store.given(goods=FORMS.id, counted={"": 9}, reason="少一张"))
    actions.count(**store.given(goods=FORMS.id, counted={"": 10}))


def test_a_number_tells_its_story(store):
    store.papers("P001-P010")
    actions.write_off(**store.given(goods=FORMS.id, numbers="P003-P004", reason="污损"))
    (trace,) = queries.traces("p003")
    assert trace.paper.state == PaperState.SPOILED
    assert [one.kind for one in trace.movements] == ["received", "spoiled"]
    assert queries.traces("P999") == []


# ---------------------------------------------------------------- transfers


def test_a_transfer_is_nobodys_until_it_arrives(store):
    store.receive(10)
    (sent,) = transfers.send(
        **store.given(goods=PILLS.id, quantity=6, receiver=store.county.clinic_a2.pk, note="调剂")
    )
    here, there = store.county.clinic_a1.pk, store.county.clinic_a2.pk
    assert (queries.balance(here, PILLS.id), queries.balance(there, PILLS.id)) == (4, 0)
    with pytest.raises(NotAllowed):
        transfers.accept(transfer=sent.pk, on=TODAY, by=store.keeper, now=NOW)
    with acting(store.accounts.township_worker_a) as worker:
        with pytest.raises(BadInput):
            transfers.accept(transfer=sent.pk, on=TODAY, by=worker, now=NOW, arrived=5)
        transfers.accept(transfer=sent.pk, on=TODAY, by=worker, now=NOW, arrived=5, reason="破损1瓶")
        with pytest.raises(refusals.TransferEnded):
            transfers.accept(transfer=sent.pk, on=TODAY, by=worker, now=NOW)
    assert (queries.balance(here, PILLS.id), queries.balance(there, PILLS.id)) == (4, 5)


def test_papers_change_hands_by_number(store):
    store.papers("P001-P010")
    (sent,) = transfers.send(
        **store.given(goods=FORMS.id, numbers="P001-P004", receiver=store.county.clinic_a2.pk)
    )
    with acting(store.accounts.township_worker_a) as worker:
        transfers.accept(transfer=sent.pk, on=TODAY, by=worker, now=NOW)
    assert Paper.objects.filter(institution=store.county.clinic_a2).count() == 4
    assert queries.balance(store.county.clinic_a2.pk, FORMS.id) == 4


def test_what_was_not_accepted_comes_back(store):
    store.papers("P001-P010")
    (sent,) = transfers.send(
        **store.given(goods=FORMS.id, numbers="P001-P004", receiver=store.county.clinic_a2.pk)
    )
    transfers.take_back(transfer=sent.pk, on=TODAY, by=store.keeper, now=NOW, reason="未接收")
    assert queries.balance(store.county.clinic_a1.pk, FORMS.id) == 10


# ---------------------------------------------------------------- kept by the database


def test_nobody_writes_a_balance_or_changes_a_movement(store):
    store.receive(10)
    for statement in (
        "UPDATE stock_balance SET quantity = 99",
        "UPDATE stock_movement SET quantity = 99",
        "DELETE FROM stock_movement",
        "INSERT INTO stock_balance (institution_id, goods, batch, quantity) SELECT institution_id, 'x', '', 1"
        " FROM stock_balance",
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():  # noqa: SIM117
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_owner_cannot_push_a_balance_below_zero(store, as_owner):
    store.receive(10)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Balance.objects.update(quantity=-1)


def test_every_act_is_in_the_trail(store, as_owner):
    store.receive(10)
    actions.write_off(**store.given(goods=PILLS.id, quantity=1, batch="A1", reason="破损"))
    with as_owner():
        assert set(
            AuditEntry.objects.filter(action__startswith="stock.").values_list("action", flat=True)
        ) == {
            "stock.received",
            "stock.spoiled",
        }

"""A saved form takes goods and money in its own transaction; its correction the difference; its withdrawal
gives back. Shown on the folic-acid service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.declared import declared
from tests.support.people import resident
from tests.work.conftest import NOW
from tests.work.test_two_at_once import at_once

from kangshu.access.scope import entered_as_system
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.expression import answer
from kangshu.declare.form import Field, FieldType, Form, Section
from kangshu.declare.posting import FundPosting, Short, StockPosting, check_known
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text
from kangshu.stock import actions, queries, refusals
from kangshu.stock.models import Gap, Movement
from kangshu.work.actions import correct_record, record_visit, withdraw_record
from kangshu.work.bulk import NewRecord, load_records
from kangshu.work.models import Record

GOODS = "maternal.folic_acid"
ISSUE = "maternal.folic_acid_issue"
DAY = date(2026, 5, 12)
ANSWERS = {"stage": "1", "high_risk": False, "bottles": 3, "told": True}


class Clinic:
    """clinic_a1 with ten bottles in two batches, and a woman who asks for some."""

    county: County
    accounts: Accounts

    def __init__(self) -> None:
        self.county = small_county()
        self.accounts = accounts(self.county)
        self.woman = resident(self.county.clinic_a1, "李秀英", sex="2", birth_date=date(1998, 4, 2))
        with acting(self.accounts.village_doctor_a) as doctor:
            for batch, quantity, expires_on in (("B1", 4, date(2026, 12, 1)), ("B2", 6, date(2027, 6, 1))):
                actions.receive(
                    institution=self.county.clinic_a1.pk,
                    goods=GOODS,
                    quantity=quantity,
                    batch=batch,
                    expires_on=expires_on,
                    on=date(2026, 5, 1),
                    by=doctor,
                    now=NOW,
                )

    def issue(self, record_id: Any = None, day: date = DAY, **answers: Any) -> Record:
        with acting(self.accounts.village_doctor_a) as doctor:
            return record_visit(
                form_id=ISSUE,
                person=self.woman.pk,
                answers={**ANSWERS, **answers},
                performed_on=day,
                institution=self.county.clinic_a1.pk,
                record_id=record_id or new_id(),
                by=doctor,
                now=NOW,
            ).record

    def correct(self, record: Record, **answers: Any) -> Record:
        with acting(self.accounts.village_doctor_a) as doctor:
            return correct_record(
                record_id=record.pk,
                new_id=new_id(),
                answers={**ANSWERS, **answers},
                reason="填错",
                by=doctor,
                now=NOW,
            ).record

    def left(self) -> dict[str, int]:
        with acting(self.accounts.village_doctor_a) as doctor:
            (standing,) = queries.standings(doctor, goods=GOODS)
            return {lot.batch: lot.quantity for lot in standing.lots}


@pytest.fixture
def clinic(db) -> Iterator[Clinic]:
    return Clinic()


def test_a_saved_record_takes_what_expires_first(clinic):
    clinic.issue(bottles=5)
    assert clinic.left() == {"B2": 5}


def test_the_batch_on_the_form_is_taken(clinic):
    clinic.issue(batch="B2")
    assert clinic.left() == {"B1": 4, "B2": 3}


def test_too_few_are_refused_with_what_is_left_and_nothing_is_stored(clinic):
    with pytest.raises(refusals.StockShort) as refused:
        clinic.issue(bottles=11)
    assert refused.value.left == 10
    assert refused.value.where == "batch"
    assert "叶酸" in refused.value.message.zh
    assert clinic.left() == {"B1": 4, "B2": 6}
    with entered_as_system("test"):
        assert not Record.objects.filter(form_id=ISSUE).exists()


def test_sent_twice_it_is_taken_once(clinic):
    id = new_id()
    clinic.issue(id)
    clinic.issue(id)
    assert sum(clinic.left().values()) == 7


@pytest.mark.parametrize(
    ("bottles", "batch", "left"),
    [
        (5, "", {"B2": 5}),
        (1, "", {"B1": 3, "B2": 6}),
        (3, "B2", {"B1": 4, "B2": 3}),
        (3, "B1", {"B1": 1, "B2": 6}),
    ],
)
def test_a_correction_posts_the_difference(clinic, bottles, batch, left):
    record = clinic.issue(bottles=3)
    note = {"receiver": "本人"}  # so that something differs in each case
    clinic.correct(record, bottles=bottles, batch=batch or None, **note)
    assert clinic.left() == left


def test_a_correction_of_a_correction_and_its_withdrawal_give_all_back(clinic):
    first = clinic.issue(bottles=2)
    second = clinic.correct(first, bottles=4)
    third = clinic.correct(second, bottles=1)
    assert sum(clinic.left().values()) == 9
    with acting(clinic.accounts.village_doctor_a) as doctor:
        for _ in range(2):
            withdraw_record(record_id=third.pk, reason="误录", by=doctor, now=NOW)
    assert clinic.left() == {"B1": 4, "B2": 6}
    with entered_as_system("test"):
        assert sum(Movement.objects.filter(goods=GOODS).values_list("quantity", flat=True)) == 10


def test_a_file_takes_row_by_row_and_refuses_what_is_short(clinic):
    other = resident(clinic.county.clinic_a1, "周静", sex="2", birth_date=date(1999, 4, 2), serial=2)
    rows = [
        NewRecord(ISSUE, person.pk, {**ANSWERS, "bottles": bottles}, DAY, clinic.county.clinic_a1.pk)
        for person, bottles in ((clinic.woman, 6), (other, 5))
    ]
    with acting(clinic.accounts.village_doctor_a) as doctor:
        loaded = load_records(rows, by=doctor, now=NOW, fire=True)
    assert loaded.saved == 1
    assert [(one.position, type(one.refusal)) for one in loaded.refused] == [(1, refusals.StockShort)]
    assert sum(clinic.left().values()) == 4


@pytest.mark.django_db(transaction=True)
def test_two_people_give_out_the_last_bottle_at_once_and_one_is_told():
    clinic = Clinic()
    clinic.issue(bottles=9)
    other = resident(clinic.county.clinic_a1, "周静", sex="2", birth_date=date(1999, 4, 2), serial=2)

    def to(person):
        with acting(clinic.accounts.village_doctor_a) as doctor:
            return record_visit(
                form_id=ISSUE,
                person=person,
                answers={**ANSWERS, "bottles": 1},
                performed_on=date(2026, 6, 1),
                institution=clinic.county.clinic_a1.pk,
                record_id=new_id(),
                by=doctor,
                now=NOW,
            )

    results = at_once(lambda: to(clinic.woman.pk), lambda: to(other.pk))
    assert sorted(type(result).__name__ for result in results) == ["Saved", "StockShort"]
    with entered_as_system("test"):
        assert queries.balance(clinic.county.clinic_a1.pk, GOODS) == 0
        assert Record.objects.filter(form_id=ISSUE, performed_on=date(2026, 6, 1)).count() == 1


# ---------------------------------------------------------------- the language


def _form(*fields: Field) -> Form:
    return Form("test.giving", 1, Text("发放", "Giving"), (Section("all", Text("内容", "All"), fields),))


QUANTITY = Field("pieces", Text("数量", "Pieces"), FieldType.INTEGER)
BATCH = Field("lot", Text("批号", "Batch"), FieldType.TEXT, max_length=20)


def _capability(*posts: Any) -> Capability:
    return Capability(
        id="test.giving_service",
        version=1,
        title=Text("发放", "Giving"),
        purpose=Text("测试", "test"),
        subject=Text("居民", "residents"),
        forms=(_form(QUANTITY, BATCH),),
        posts=posts,
    )


@pytest.mark.parametrize(
    "posting",
    [
        StockPosting("test.giving", goods=GOODS, quantity=answer("number")),
        StockPosting("test.giving", goods=GOODS, batch="batch"),
        StockPosting("test.giving", goods=GOODS, batch="pieces"),
        StockPosting("test.giving", goods=GOODS, quantity=answer("lot")),
        StockPosting("test.other", goods=GOODS),
        StockPosting("test.giving", goods_by="kind", goods_of={"1": GOODS}),
        FundPosting("test.giving", "fund.x", answer("amount")),
        FundPosting("test.giving", "fund.x", answer("pieces"), when=answer("unknown")),
    ],
    ids=["quantity", "batch", "batch no text", "quantity no number", "form", "kind", "amount", "when"],
)
def test_a_posting_names_what_its_form_asks(posting):
    with pytest.raises(BadDeclaration):
        _capability(posting)


def test_two_postings_of_one_form_have_names():
    same = StockPosting("test.giving", goods=GOODS)
    with pytest.raises(BadDeclaration, match="twice"):
        _capability(same, same)


def test_a_posting_travels_as_json():
    made = _capability(
        StockPosting("test.giving", goods=GOODS, quantity=answer("pieces"), batch="lot", short=Short.NOTE),
        FundPosting("test.giving", "fund.x", answer("pieces")),
    )
    assert Capability.from_json(made.to_json()) == made


def test_every_posting_names_declared_goods_and_funds():
    assert check_known(registry.capabilities()) == []
    assert check_known((_capability(StockPosting("test.giving", goods="test.nothing")),)) != []


def test_what_was_given_though_the_books_have_none_is_noted(clinic):
    posting = StockPosting(
        "test.giving", goods=GOODS, quantity=answer("pieces"), batch="lot", short=Short.NOTE, where_kept=True
    )
    with declared(_capability(posting)), acting(clinic.accounts.village_doctor_a) as doctor:
        given = {
            "form_id": "test.giving",
            "person": clinic.woman.pk,
            "performed_on": DAY,
            "by": doctor,
            "now": NOW,
            "institution": clinic.county.clinic_a1.pk,
        }
        record_visit(answers={"pieces": 1, "lot": "B1"}, record_id=new_id(), **given)
        late = record_visit(
            answers={"pieces": 2, "lot": "X9"}, record_id=new_id(), **given | {"confirmed": True}
        ).record
        (gap,) = Gap.objects.all()
        assert (gap.quantity, gap.batch, gap.record_id) == (2, "X9", late.pk)
        actions.receive(
            institution=clinic.county.clinic_a1.pk,
            goods=GOODS,
            quantity=5,
            batch="X9",
            expires_on=date(2027, 1, 1),
            on=DAY,
            by=doctor,
            now=NOW,
        )
        actions.close_gap(gap=gap.pk, note="补录入库", by=doctor, now=NOW, take=True)
        assert not queries.gaps(doctor).exists()
    assert clinic.left() == {"B1": 3, "B2": 6, "X9": 3}


def test_who_keeps_no_books_of_the_goods_posts_nothing(clinic):
    posting = StockPosting("test.giving", goods="maternal.birth_certificate", where_kept=True)
    with declared(_capability(posting)), acting(clinic.accounts.village_doctor_a) as doctor:
        record_visit(
            form_id="test.giving",
            person=clinic.woman.pk,
            performed_on=DAY,
            by=doctor,
            now=NOW,
            answers={"pieces": 1},
            institution=clinic.county.clinic_a1.pk,
            record_id=new_id(),
        )
    assert not Movement.objects.filter(record_id__isnull=False).exists()

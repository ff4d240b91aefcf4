"""Major projects: who is entitled comes from the records, and a record is paid for once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from tests.indicators.test_snapshot import FOLLOW_UP, NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.appraisal import programmes
from kangshu.appraisal.models import Programme
from kangshu.appraisal.programmes import FUND, OFFERS, Terms
from kangshu.declare import registry
from kangshu.kernel.errors import BadInput, NotAllowed, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.ledger import actions as ledger
from kangshu.ledger.models import Posting
from kangshu.work.actions import correct_record, withdraw_record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 30)
TERMS = Terms(2026, "高血压随访补助", "高血压患者", FOLLOW_UP, task=1, subsidy=D("12.50"), times=2)


@pytest.fixture
def world() -> World:
    return World()


def made(world: World, **given) -> Programme:
    with acting(world.accounts.bureau_officer) as by:
        return programmes.set_programme(programme=None, terms=replace(TERMS, **given), by=by, now=NOW)


def allotted(world: World, amount: str = "1000") -> None:
    with acting(world.accounts.bureau_officer) as by:
        ledger.allot(
            fund=FUND, year=2026, parts={"county": D(amount)}, total=D(amount), on=date(2026, 1, 2), by=by,
            now=NOW,
        )  # fmt: skip


def paid(world: World, programme: Programme) -> D:
    with acting(world.accounts.bureau_officer) as by:
        return programmes.settle(
            programme=programme.pk, institution=world.county.clinic_a1.pk, on=TODAY, by=by, now=NOW
        )


def standing(world: World, programme: Programme, account=None) -> programmes.Standing:
    with acting(account or world.accounts.bureau_officer):
        return programmes.standing_of(programme)


def test_each_person_counts_once_and_money_up_to_the_limit(world):
    for day in (1, 10, 20):
        world.visit(world.li, date(2026, 2, day))
    world.visit(world.wang, date(2026, 3, 1))
    found = standing(world, made(world))
    assert [(one.person.name, len(one.records), one.over, one.amount) for one in found.people] == [
        ("李秀英", 2, 1, D("25.00")),
        ("王保国", 1, 0, D("12.50")),
    ]
    assert (found.done, found.completion, found.amount) == (2, D("200.00"), D("37.50"))
    assert standing(world, made(world, year=2025)).done == 0
    assert standing(world, Programme.objects.get(year=2026), world.accounts.village_doctor_b).people == ()


def test_only_ages_and_answers_that_were_named(world):
    world.visit(world.li, date(2026, 2, 1))  # 69 on the day
    world.visit(world.wang, date(2026, 2, 1))  # 55
    old = made(world, age_from=65)
    assert [one.person.name for one in standing(world, old).people] == ["李秀英"]
    young = made(world, title="青年", age_to=64)
    assert [one.person.name for one in standing(world, young).people] == ["王保国"]


def test_a_record_is_paid_once_and_its_correction_not_again(world):
    record = world.visit(world.li, date(2026, 2, 1))
    allotted(world)
    programme = made(world)
    assert paid(world, programme) == D("12.50")
    with pytest.raises(BadInput):
        paid(world, programme)
    with acting(world.accounts.village_doctor_a) as doctor:
        corrected = correct_record(
            record_id=record.pk, new_id=new_id(), answers=record.answers, performed_on=date(2026, 2, 2),
            reason="日期填错", by=doctor, now=NOW,
        ).record  # fmt: skip
    assert (standing(world, programme).paid, standing(world, programme).open) == (D("12.50"), D(0))
    with pytest.raises(BadInput):
        paid(world, programme)
    with acting(world.accounts.village_doctor_a) as doctor:
        withdraw_record(record_id=corrected.pk, reason="录错人", by=doctor, now=NOW)
    assert standing(world, programme).claimed_back == D("12.50")


def test_without_money_nothing_is_paid(world):
    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 2, 1))
    allotted(world, "20")
    programme = made(world)
    with pytest.raises(Refusal, match="fund"):
        paid(world, programme)
    assert not Posting.objects.filter(fund=FUND).exists()


def test_what_was_paid_for_stands_and_nonsense_is_refused(world):
    world.visit(world.li, date(2026, 2, 1))
    allotted(world)
    programme = made(world)
    paid(world, programme)
    with acting(world.accounts.bureau_officer) as by:
        dearer = replace(TERMS, subsidy=D(20))
        with pytest.raises(BadInput) as refused:
            programmes.set_programme(programme=programme.pk, terms=dearer, by=by, now=NOW)
        assert {one.field for one in refused.value.problems} == {"subsidy"}
        more = replace(TERMS, task=5)
        assert programmes.set_programme(programme=programme.pk, terms=more, by=by, now=NOW).task == 5
        wrong = replace(TERMS, title="另一", form="immunisation.dose", field="vaccine", code="Grippe")
        with pytest.raises(BadInput) as refused:
            programmes.set_programme(programme=None, terms=wrong, by=by, now=NOW)
        assert {one.field for one in refused.value.problems} == {"code"}
    with acting(world.accounts.township_worker_a) as by, pytest.raises(NotAllowed):
        programmes.set_programme(programme=None, terms=replace(TERMS, title="三"), by=by, now=NOW)


def test_every_usual_programme_counts_something_that_is_declared(world):
    for offer in OFFERS:
        assert registry.form(offer.form)
        made(
            world, title=offer.title.zh, form=offer.form, field=offer.field, code=offer.code,
            age_from=offer.age_from, age_to=offer.age_to, times=offer.times,
        )  # fmt: skip


def test_the_officer_states_and_settles_it_and_the_doctor_sees_the_own_people(client, world):
    world.visit(world.li, date(2026, 2, 1))
    allotted(world)
    sign_in(client, world.accounts.bureau_officer)
    assert "流感" in client.get(reverse("appraisal:new_programme") + "?offer=5").content.decode()
    given = {
        "title": "高血压随访补助", "population": "高血压患者", "year": "2026", "task": "1", "subsidy": "12.5",
        "times": "1", "form": FOLLOW_UP,
    }  # fmt: skip
    assert client.post(reverse("appraisal:new_programme"), given | {"task": "0"}).status_code == 422
    page = client.post(reverse("appraisal:new_programme"), given).url
    assert "100.00%" in client.get(page).content.decode()
    assert client.post(page, {"institution": str(world.county.clinic_a1.pk)}).status_code == 302
    assert "已结算" in client.get(page).content.decode()
    assert "高血压随访补助" in client.get(reverse("appraisal:programmes") + "?year=2026").content.decode()
    sign_in(client, world.accounts.village_doctor_a)
    assert "李秀英" in client.get(page).content.decode()
    assert client.post(page, {"institution": str(world.county.clinic_a1.pk)}).status_code == 403
    sign_in(client, world.accounts.village_doctor_b)
    assert "李秀英" not in client.get(page).content.decode()

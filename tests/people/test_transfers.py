"""A transfer that the receiving institution asks for: what each side sees, can do, and what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.support.accounts import acting, sign_in
from tests.support.people import NOW, id_number, resident

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound
from kangshu.people import queries
from kangshu.people.actions import (
    Asked,
    agree_to_transfer,
    answer_overdue_transfers,
    ask_transfer,
    record_death,
    record_departure,
    refuse_transfer,
    withdraw_transfer,
)
from kangshu.people.actions.transfer import AlreadyHere, CannotTransfer
from kangshu.people.models import Person, Residence, TransferRequest
from kangshu.people.refusals import WrongDate, WrongPlace
from kangshu.work.actions import enrol
from kangshu.work.models import Case, Due

pytestmark = pytest.mark.django_db
NUMBER = id_number(date(1960, 5, 1))


@pytest.fixture
def person(county):
    return resident(county.clinic_a1)


def asked(county, **changes) -> Asked:
    values = {
        "number": NUMBER,
        "name": "王小伟",
        "receiver_id": county.clinic_b1.pk,
        "region": county.village_b1.code,
        "moved_on": date(2026, 9, 1),
        "address": "新家 1 号",
        **changes,
    }
    return Asked(**values)


def ask(county, who, **changes) -> TransferRequest:
    with acting(who.village_doctor_b) as doctor:
        return ask_transfer(asked=asked(county, **changes), by=doctor, now=NOW)


def test_the_asker_learns_who_holds_the_record_and_no_more(person, county, who):
    request = ask(county, who)
    assert (request.holder_id, request.answer_due_on) == (county.clinic_a1.pk, date(2026, 10, 13))
    with acting(who.village_doctor_b) as doctor:
        seen = queries.transfers_asked(doctor).get()
        assert (seen.shown_name, seen.last4) == ("王小伟", NUMBER[-4:])
        assert not Person.objects.filter(pk=person.pk).exists()
        assert not queries.transfers_to_answer(doctor).exists()
        with pytest.raises(NotFound):
            agree_to_transfer(request_id=request.pk, by=doctor, now=NOW)
        with pytest.raises(NotFound):
            refuse_transfer(request_id=request.pk, reason="不是他", by=doctor, now=NOW)
    with entered_as_system("test"):
        looked = AuditEntry.objects.filter(person_id=person.pk, action="person.looked_up_outside")
        assert looked.get().account_id == who.village_doctor_b.pk
        assert NUMBER not in str(list(AuditEntry.objects.values_list("detail", "reason")))


def test_others_see_nothing_of_the_request(person, county, who):
    ask(county, who)
    for stranger in (who.clinician, who.administrator, who.resident_zhang):
        with acting(stranger):
            assert not TransferRequest.objects.exists()


def test_agreeing_moves_the_person_with_cases_and_dues(person, county, who):
    with acting(who.village_doctor_a) as doctor:
        enrol(kind="chronic.hypertension", person=person.pk, on=date(2026, 6, 1), by=doctor, now=NOW)
    request = ask(county, who)
    with acting(who.village_doctor_a) as doctor:
        assert queries.transfers_to_answer(doctor).get().pk == request.pk
        agree_to_transfer(request_id=request.pk, by=doctor, now=NOW)
        assert not Person.objects.filter(pk=person.pk).exists()
        assert queries.transfers_given(doctor).get().state == "agreed", "the record of it stays"
    with acting(who.village_doctor_b) as doctor:
        moved = Person.objects.get(pk=person.pk)
        assert (moved.institution_id, moved.region_id, moved.address) == (
            county.clinic_b1.pk,
            county.village_b1.code,
            "新家 1 号",
        )
        assert Case.objects.get(person=person).institution_id == county.clinic_b1.pk
        assert Due.objects.filter(person=person, state="open").exists()
        assert queries.transfers_asked(doctor).get().state == "agreed"
        assert Residence.objects.get(person=person, to_on=None).from_on == date(2026, 9, 1)


def test_a_refusal_has_a_reason_that_the_asker_reads(person, county, who):
    request = ask(county, who)
    with acting(who.township_worker_a) as worker:
        with pytest.raises(BadInput):
            refuse_transfer(request_id=request.pk, reason=" ", by=worker, now=NOW)
        refuse_transfer(request_id=request.pk, reason="仍住本村", by=worker, now=NOW)
        with pytest.raises(CannotTransfer, match="answered"):
            agree_to_transfer(request_id=request.pk, by=worker, now=NOW)
    with acting(who.village_doctor_b) as doctor:
        assert queries.transfers_asked(doctor).get().answer == "仍住本村"
    again = ask(county, who)
    assert again.pk != request.pk, "what was refused can be asked again"


def test_nobody_is_asked_for_twice_at_once_and_the_asker_may_take_it_back(person, county, who):
    request = ask(county, who)
    with pytest.raises(CannotTransfer, match="already_asked"):
        ask(county, who)
    with acting(who.village_doctor_a) as holder, pytest.raises(NotAllowed):
        withdraw_transfer(request_id=request.pk, by=holder, now=NOW)
    with acting(who.village_doctor_b) as doctor:
        withdraw_transfer(request_id=request.pk, by=doctor, now=NOW)
    assert ask(county, who).state == "open"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"number": id_number(date(1961, 1, 1))}, NotFound),
        ({"name": "王大伟"}, BadInput),
        ({"moved_on": date(2026, 10, 1)}, WrongDate),
        ({"region": "339901999999"}, WrongPlace),
    ],
)
def test_what_cannot_be_asked(person, county, who, changes, error):
    with pytest.raises(error):
        ask(county, who, **changes)
    with entered_as_system("test"):
        assert not TransferRequest.objects.exists()


def test_only_for_the_own_institution_and_not_for_whoever_is_here(person, county, who):
    with pytest.raises(WrongPlace):
        ask(county, who, receiver_id=county.clinic_a2.pk)
    with acting(who.village_doctor_a) as doctor, pytest.raises(AlreadyHere) as here:
        ask_transfer(asked=asked(county, receiver_id=county.clinic_a1.pk), by=doctor, now=NOW)
    assert here.value.person_id == person.pk


def test_the_dead_are_not_asked_for_and_who_left_comes_back(person, county, who):
    with acting(who.village_doctor_a) as doctor:
        record_departure(person_id=person.pk, on=date(2026, 3, 1), by=doctor, now=NOW)
    request = ask(county, who)
    with acting(who.village_doctor_a) as doctor:
        agree_to_transfer(request_id=request.pk, by=doctor, now=NOW)
    with acting(who.village_doctor_b) as doctor:
        assert Person.objects.get(pk=person.pk).status == "active"
        record_death(person_id=person.pk, on=date(2026, 9, 20), by=doctor, now=NOW)
    with acting(who.village_doctor_a) as doctor, pytest.raises(CannotTransfer, match="dead"):
        ask_transfer(asked=asked(county, receiver_id=county.clinic_a1.pk), by=doctor, now=NOW)


def test_without_an_answer_in_time_the_rule_moves_the_person(person, county, who):
    request = ask(county, who)
    last_day = NOW.replace(month=10, day=13)
    assert answer_overdue_transfers(now=last_day) == (0, []), "the last day is still in time"
    assert answer_overdue_transfers(now=last_day + timedelta(days=1)) == (1, [])
    with acting(who.village_doctor_b) as doctor:
        assert Person.objects.filter(pk=person.pk).exists()
        assert queries.transfers_asked(doctor).get().state == "by_rule"
    with acting(who.village_doctor_a) as doctor:
        assert queries.transfers_given(doctor).get().pk == request.pk
    assert answer_overdue_transfers(now=last_day + timedelta(days=2)) == (0, [])


def test_who_died_meanwhile_is_not_moved_by_rule(person, county, who):
    ask(county, who)
    with acting(who.village_doctor_a) as doctor:
        record_death(person_id=person.pk, on=date(2026, 9, 20), by=doctor, now=NOW)
    moved, failed = answer_overdue_transfers(now=NOW + timedelta(days=30))
    assert (moved, [refusal.code for _id, refusal in failed]) == (0, ["person.status"])
    with entered_as_system("test"):
        assert TransferRequest.objects.get().state == "open"


def test_the_screens_lead_both_sides_through(client, person, county, who):
    asking = sign_in(client, who.village_doctor_b)
    given = {
        "number": NUMBER,
        "name": "王小伟",
        "institution": str(county.clinic_b1.pk),
        "township": "",
        "region": county.village_b1.code,
        "address": "",
        "moved_on": "2026-09-01",
        "reason": "",
    }
    wrong = asking.post(reverse("people:ask_transfer"), {**given, "name": "李四"})
    assert "姓名与登记的不一致" in wrong.content.decode()
    assert NUMBER in wrong.content.decode(), "what was typed stays"
    done = asking.post(reverse("people:ask_transfer"), given, follow=True)
    assert "柳林镇" not in done.content.decode()
    assert "东柳村卫生室" in done.content.decode()
    with entered_as_system("test"):
        request = TransferRequest.objects.get()
    own_view = asking.get(reverse("people:transfer", args=[request.pk])).content.decode()
    assert "撤回申请" in own_view
    assert str(person.pk) not in own_view

    holder = sign_in(client, who.village_doctor_a)
    assert "王小伟" in holder.get("/").content.decode(), "the desk shows it"
    address = reverse("people:transfer", args=[request.pk])
    assert "转出档案" in holder.get(address).content.decode()
    empty = holder.post(address, {"answer": "", "refuse": "1"})
    assert "请写明不同意的原因" in empty.content.decode()
    holder.post(address, {"answer": "", "agree": "1"})
    with acting(who.village_doctor_b):
        assert Person.objects.filter(pk=person.pk).exists()
    assert "已同意" in sign_in(client, who.village_doctor_b).get("/").content.decode()


def test_the_registration_leads_on_with_what_was_typed(client, person, county, who):
    page = sign_in(client, who.village_doctor_b)
    given = {
        "person_id": "00000000-0000-7000-8000-000000000001",
        "id_number": NUMBER,
        "document_kind": "01",
        "undocumented": "",
        "name": "王小伟",
        "sex": "0",
        "institution": str(county.clinic_b1.pk),
        "region": county.village_b1.code,
        "residence_type": "1",
    }
    refused = page.post(reverse("people:register"), given).content.decode()
    assert reverse("people:ask_transfer") in refused
    carried = page.post(reverse("people:ask_transfer"), {**given, "narrow": "1"}).content.decode()
    assert NUMBER in carried
    assert "王小伟" in carried

"""Reminders: nobody without consent ever gets one, nobody twice for the same due; hours and retries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from tests.support.accounts import ZHANG, Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import resident, zhang

from kangshu.access.scope import entered_as_system
from kangshu.kernel.dates import CHINA, add_months
from kangshu.kernel.errors import NotAllowed
from kangshu.messaging import queries, rules
from kangshu.messaging.actions import dispatch, send, set_consent, take_receipts, take_reply
from kangshu.messaging.gateway import Answer, Receipt, Simulator, Submitted
from kangshu.messaging.models import How, Message, Reminded, State
from kangshu.messaging.refusals import NoConsent, NoPhone
from kangshu.messaging.reminders import remind_of_day
from kangshu.people.models import Person
from kangshu.work.actions import enrol
from kangshu.work.models import Due

NOON = datetime(2026, 9, 30, 12, 0, tzinfo=CHINA)
PHONE = "13800001234"


@dataclass
class Counting:
    """A gateway that notes who was sent what."""

    name: str = "counting"
    sent: list[tuple[str, str]] = field(default_factory=list)

    def submit(self, phone: str, text: str, now: datetime) -> Submitted:
        self.sent.append((phone, text))
        return Submitted(Answer.ACCEPTED, f"id-{len(self.sent)}")

    def receipts(self, now: datetime) -> list[Receipt]:
        return []


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def elder(county: County) -> Person:
    """Enrolled ten days ago: the assessment of elders, or a visit, is due."""
    return resident(county.clinic_a1, "赵大爷", birth_date=date(1950, 1, 1), phone=PHONE)


def agree(people: Accounts, person: Person, agreed: bool = True, at: datetime = NOON) -> None:
    with acting(people.village_doctor_a) as doctor:
        set_consent(person_id=person.pk, agreed=agreed, how=How.STAFF, by=doctor, now=at)


def queued(person: Person, due: str = "visit:x", at: datetime = NOON) -> Message | None:
    with entered_as_system("test") as system:
        return send(
            person=person,
            template="visit_due",
            values={"sender": "甲", "name": person.name, "day": "10月3日", "place": "卫生室", "phone": "1"},
            dues=(due,),
            by=system,
            now=at,
        )


def state_of(message: Message) -> tuple[str, int]:
    with entered_as_system("test"):
        message.refresh_from_db()
        return message.state, message.attempts


# ---------------------------------------------------------------- consent


def test_nothing_is_sent_without_consent(elder):
    with pytest.raises(NoConsent):
        queued(elder)


def test_nothing_is_sent_without_a_mobile_number(county, people):
    bare = resident(county.clinic_a1, "无号", birth_date=date(1950, 1, 2), phone="0571-8888888")
    agree(people, bare)
    with pytest.raises(NoPhone):
        queued(bare)


def test_consent_taken_back_cancels_what_waits(people, elder):
    agree(people, elder)
    message = queued(elder, at=NOON.replace(hour=22))
    agree(people, elder, agreed=False, at=NOON.replace(hour=23))
    gateway = Counting()
    dispatch(gateway=gateway, now=NOON + timedelta(days=1))
    assert state_of(message)[0] == State.CANCELLED
    assert gateway.sent == []


def test_consent_is_asked_once_more_at_the_moment_of_sending(people, elder):
    agree(people, elder)
    message = queued(elder)
    agree(people, elder, agreed=False)
    with entered_as_system("test"):
        Message.objects.update(state=State.WAITING)  # as if the withdrawal had come from another database
    gateway = Counting()
    dispatch(gateway=gateway, now=NOON)
    assert (state_of(message)[0], gateway.sent) == (State.CANCELLED, [])


def test_the_opt_out_word_takes_the_consent_back(people, elder):
    agree(people, elder)
    queued(elder)
    assert take_reply(phone=PHONE, text="谢谢", now=NOON) == 0
    assert take_reply(phone=PHONE, text=" td。", now=NOON) == 1
    with entered_as_system("test"):
        latest = queries.consent_of(elder.pk)
    assert (latest.agreed, latest.how) == (False, How.REPLY)
    assert take_reply(phone="13900001234", text="TD", now=NOON) == 0, "another number with the same end"


def test_who_may_not_edit_a_resident_sets_no_consent(people, elder):
    with acting(people.insurance_officer) as officer, pytest.raises(NotAllowed):
        set_consent(person_id=elder.pk, agreed=True, how=How.STAFF, by=officer, now=NOON)


# ---------------------------------------------------------------- once, at decent hours


def test_nobody_is_reminded_twice_of_one_due(people, elder):
    agree(people, elder)
    assert queued(elder, "visit:a") is not None
    assert queued(elder, "visit:a") is None
    assert queued(elder, "visit:b") is not None


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("2026-09-30T08:29", "2026-09-30T08:30"),
        ("2026-09-30T08:30", "2026-09-30T08:30"),
        ("2026-09-30T19:59", "2026-09-30T19:59"),
        ("2026-09-30T20:00", "2026-10-01T08:30"),
        ("2026-09-30T00:10", "2026-09-30T08:30"),
    ],
)
def test_messages_wait_over_quiet_hours(asked, goes):
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA)

    assert rules.next_sending(at(asked)) == at(goes)


def test_nothing_leaves_in_a_quiet_hour(people, elder):
    agree(people, elder)
    queued(elder)
    gateway = Counting()
    dispatch(gateway=gateway, now=NOON.replace(hour=21))
    assert gateway.sent == []
    dispatch(gateway=gateway, now=NOON + timedelta(days=1))
    assert [phone for phone, _ in gateway.sent] == [PHONE]


# ---------------------------------------------------------------- the gateway


def test_the_simulator_delivers_and_the_receipt_is_noted(people, elder):
    agree(people, elder)
    message = queued(elder)
    assert dispatch(gateway=Simulator(), now=NOON) == {State.ACCEPTED: 1}
    assert take_receipts(gateway=Simulator(), now=NOON + timedelta(seconds=10)) == 0, "too early"
    assert take_receipts(gateway=Simulator(), now=NOON + timedelta(minutes=1)) == 1
    assert state_of(message) == (State.DELIVERED, 1)


def test_a_number_that_does_not_exist_fails_at_once(county, people):
    person = resident(county.clinic_a1, "空号", birth_date=date(1950, 2, 1), phone="13800000000")
    agree(people, person)
    message = queued(person)
    dispatch(gateway=Simulator(), now=NOON)
    assert state_of(message) == (State.FAILED, 1)


@pytest.mark.parametrize("phone", ["13800009999", "13800005555"])
def test_what_does_not_arrive_is_tried_three_times(county, people, phone):
    person = resident(county.clinic_a1, "难达", birth_date=date(1950, 3, 1), phone=phone)
    agree(people, person)
    message = queued(person)
    at = NOON
    for _ in range(40):
        dispatch(gateway=Simulator(), now=at)
        take_receipts(gateway=Simulator(), now=at + timedelta(minutes=1))
        at += timedelta(minutes=30)
    assert state_of(message) == (State.FAILED, 3)


def test_a_throttled_message_waits_and_no_attempt_is_counted(people, elder):
    agree(people, elder)
    message = queued(elder)

    class Throttling(Counting):
        def submit(self, phone: str, text: str, now: datetime) -> Submitted:
            return Submitted(Answer.THROTTLED, error="429")

    assert dispatch(gateway=Throttling(), now=NOON) == {"throttled": 1}
    assert state_of(message) == (State.WAITING, 0)
    assert dispatch(gateway=Counting(), now=NOON) == {}, "not before a minute has gone"
    assert dispatch(gateway=Counting(), now=NOON + timedelta(minutes=1)) == {State.ACCEPTED: 1}


# ---------------------------------------------------------------- the daily run


def test_the_days_run_reminds_of_visits_and_doses_once(county, people, elder):
    child = resident(
        county.clinic_a1, "王小宝", sex="2", birth_date=add_months(NOON.date(), -8), phone="13900000001",
        lives_here_since=add_months(NOON.date(), -8),
    )  # fmt: skip
    with acting(people.village_doctor_a) as doctor:
        enrol(kind="elderly.health_management", person=elder.pk, on=NOON.date(), by=doctor, now=NOON)
    for person in (elder, child):
        agree(people, person)
    with entered_as_system("test"):
        last_day = Due.objects.filter(person=elder, state="open").latest("due_on").due_on
    ending = datetime.combine(last_day - timedelta(days=2), time(9), CHINA)
    first = remind_of_day(now=ending)
    assert (first.agreed, first.queued) == (2, 2), first
    with entered_as_system("test"):
        texts = dict(Message.objects.values_list("template", "text"))
    assert "王小宝家长您好" in texts["vaccination_due"]
    assert "麻腮风" in texts["vaccination_due"] or "卡介苗" in texts["vaccination_due"]
    assert "老年" not in texts["visit_due"], "no programme is named"
    assert remind_of_day(now=ending + timedelta(hours=1)).queued == 0


def test_of_any_order_of_acts_nobody_gets_a_message_against_their_will_or_twice(county, people):
    """Random consents, withdrawals, requests and runs; after each the gateway's book is looked at."""
    random = Random(7)
    everybody = [
        resident(county.clinic_a1, f"人{n}", birth_date=date(1950, 1, n), phone=f"1380000110{n}", serial=n)
        for n in range(1, 4)
    ]
    gateway, agreed, at = Counting(), set(), NOON
    for _ in range(60):
        person = random.choice(everybody)
        act = random.choice(["agree", "withdraw", "ask", "ask", "run"])
        at += timedelta(minutes=1)
        if act in ("agree", "withdraw"):
            agree(people, person, act == "agree", at)
            (agreed.add if act == "agree" else agreed.discard)(person.phone)
        elif act == "ask":
            try:
                queued(person, f"visit:{random.randint(1, 4)}", at)
            except NoConsent:
                assert person.phone not in agreed
        else:
            before = len(gateway.sent)
            dispatch(gateway=gateway, now=at)
            assert {phone for phone, _ in gateway.sent[before:]} <= agreed
    with entered_as_system("test"):
        pairs = list(Reminded.objects.values_list("person", "due"))
    assert gateway.sent
    assert len(pairs) == len(set(pairs))


# ---------------------------------------------------------------- the pages


def test_the_staff_keeps_consent_on_the_residents_page(people, elder):
    doctor = sign_in(Client(), people.village_doctor_a)
    url = reverse("people:resident", args=[elder.pk])
    assert "尚未征求意见" in doctor.get(url).content.decode()
    doctor.post(reverse("messaging:consent", args=[elder.pk]), {"agreed": "1"})
    assert "已同意" in doctor.get(url).content.decode()
    doctor.post(reverse("messaging:consent", args=[elder.pk]), {"agreed": "0"})
    assert "已撤回" in doctor.get(url).content.decode()


def test_residents_choose_on_their_own_page(county, people):
    zhang(county, phone="13800007777")
    own = sign_in(Client(), people.resident_zhang)
    assert "我同意接收提醒" in own.get("/").content.decode()
    assert own.post(reverse("messaging:own_consent"), {"agreed": "1"}).status_code == 302
    with entered_as_system("test"):
        assert queries.has_agreed(ZHANG)
    assert "关闭提醒" in own.get("/").content.decode()


@override_settings(KANGSHU_DEMO=True)
def test_the_log_says_that_it_is_a_simulator(people, elder):
    agree(people, elder)
    queued(elder)
    officer = sign_in(Client(), people.bureau_officer)
    page = officer.get(reverse("messaging:log"), {"first": "2026-09-01"}).content.decode()
    assert "模拟网关" in page
    assert "赵大爷" in page
    assert "…1234" in page
    assert PHONE not in page


def test_a_neighbouring_township_sees_no_message(people, elder):
    agree(people, elder)
    queued(elder)
    with acting(people.village_doctor_b):
        assert not Message.objects.exists()
        assert queries.consent_of(elder.pk) is None

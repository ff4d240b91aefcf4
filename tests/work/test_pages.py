"""The screens of the work, through the client."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County
from tests.support.people import resident
from tests.work.conftest import ANSWERS, FOLLOW_UP, HYPERTENSION, World

from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.ui import paging
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Case, Due, DueState, Record
from kangshu.work.queries import Lateness
from kangshu.work.templatetags.work import lateness_label

TODAY = china_today()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def patient(county: County) -> Person:
    return resident(county.clinic_a1, "李秀英", sex="2", birth_date=date(1956, 4, 2))


@pytest.fixture
def world(county: County, people: Accounts, patient: Person) -> World:
    with acting(people.village_doctor_a) as doctor:
        made = World(county, people, patient, doctor)
        made.enrol(on=TODAY - timedelta(days=200))
        made.visit(TODAY - timedelta(days=120))
    return made


@pytest.fixture
def village_doctor(people: Accounts) -> Client:
    return sign_in(Client(), people.village_doctor_a)


def post_of(world: World, **changes: object) -> dict[str, object]:
    given = {f"a-{name}": value for name, value in {**ANSWERS, **changes.pop("answers", {})}.items()}
    return {
        **given,
        "record_id": str(new_id()),
        "performed_on": TODAY.isoformat(),
        "performed_by": str(world.county.doctor_a.id),
        **changes,
    }


def record_url(world: World) -> str:
    return reverse("work:record", args=[FOLLOW_UP, world.person.id])


def test_the_due_list_shows_who_is_late_and_leads_to_the_form(world, village_doctor):
    page = village_doctor.get(reverse("work:due_list"))
    assert page.status_code == 200
    assert "李秀英" in page.content.decode()
    assert record_url(world) in page.content.decode()


def test_the_due_list_of_another_township_is_empty(world, people):
    page = sign_in(Client(), people.village_doctor_b).get(reverse("work:due_list"))
    assert "李秀英" not in page.content.decode()


def test_the_form_shows_last_values_beside_and_fills_nothing_in(world, village_doctor):
    page = village_doctor.get(record_url(world)).content.decode()
    assert "132 mmHg" in page
    assert 'name="a-sbp" value=""' in page
    assert "checked" not in page.split("record-form")[1].split("sticky-actions")[0]


def test_saving_leads_to_what_it_means_and_when_next(world, village_doctor):
    answer = village_doctor.post(record_url(world), post_of(world), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "控制满意" in page
    assert Due.objects.none().count() == 0
    with acting(world.accounts.village_doctor_a):
        assert Record.objects.count() == 2
        due = Due.objects.get(step="follow_up", state=DueState.OPEN)
    assert due.due_on.isoformat() in page


def test_pressing_save_twice_leads_to_the_same_record(world, village_doctor):
    data = post_of(world)
    first = village_doctor.post(record_url(world), data)
    second = village_doctor.post(record_url(world), data)
    assert first.url == second.url
    with acting(world.accounts.village_doctor_a):
        assert Record.objects.count() == 2


def test_a_refused_form_keeps_what_was_typed(world, village_doctor):
    answer = village_doctor.post(record_url(world), post_of(world, answers={"sbp": "13O", "weight": "７０"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="13O"' in page
    assert 'value="７０"' in page
    assert "不是数字" in page
    with acting(world.accounts.village_doctor_a):
        assert Record.objects.count() == 1


def test_a_second_visit_on_the_day_is_a_question_with_everything_kept(world, village_doctor):
    village_doctor.post(record_url(world), post_of(world))
    data = post_of(world, answers={"sbp": "141"})
    asked = village_doctor.post(record_url(world), data)
    assert asked.status_code == 409
    assert 'value="141"' in asked.content.decode()
    assert 'name="confirmed"' in asked.content.decode()
    village_doctor.post(record_url(world), {**data, "confirmed": "1"})
    with acting(world.accounts.village_doctor_a):
        assert Record.objects.count() == 3


def test_correcting_and_withdrawing_from_the_page(world, village_doctor):
    with acting(world.accounts.village_doctor_a):
        old = Record.objects.get()
    url = reverse("work:correct", args=[old.id])
    assert 'value="132"' in village_doctor.get(url).content.decode()
    data = post_of(world, answers={"sbp": "162"}, performed_on=old.performed_on.isoformat(), reason="看错")
    corrected = village_doctor.post(url, data, follow=True).content.decode()
    assert "162" in corrected
    with acting(world.accounts.village_doctor_a):
        new = Record.objects.get(status="current")
        assert new.succeeds_id == old.id
    gone = village_doctor.post(reverse("work:withdraw", args=[new.id]), {"reason": "记错人"}, follow=True)
    assert "已撤销" in gone.content.decode() or "撤销" in gone.content.decode()


def test_a_withdrawal_without_reason_is_refused(world, village_doctor):
    with acting(world.accounts.village_doctor_a):
        record = Record.objects.get()
    assert village_doctor.post(reverse("work:withdraw", args=[record.id]), {"reason": " "}).status_code == 422


def test_the_register_lists_the_enrolled_with_last_and_next(world, village_doctor):
    page = village_doctor.get(reverse("work:register", args=[HYPERTENSION])).content.decode()
    assert "李秀英" in page
    assert "132/84" in page
    assert village_doctor.get(reverse("work:registers")).status_code == 200


def test_a_longer_register_costs_no_more_questions(
    world, village_doctor, county, django_assert_max_num_queries
):
    address = reverse("work:register", args=[HYPERTENSION])
    village_doctor.get(address)
    with CaptureQueriesContext(connection) as with_one:
        village_doctor.get(address)
    for number in range(2, 7):
        another = resident(county.clinic_a1, "李秀英", serial=number, birth_date=date(1950, number, 2))
        with acting(world.accounts.village_doctor_a) as doctor:
            enrol(
                kind=HYPERTENSION,
                person=another.id,
                on=TODAY - timedelta(days=100),
                by=doctor,
                now=timezone.now(),
            )
    with django_assert_max_num_queries(len(with_one)):
        assert village_doctor.get(address).content.decode().count("李秀英") >= 6


def test_enrolling_from_the_page_opens_a_case_and_goes_on(world, village_doctor, county):
    other = resident(county.clinic_a1, "赵大山", birth_date=date(1970, 1, 1), serial=7)
    asked = village_doctor.get(reverse("work:record", args=[FOLLOW_UP, other.id]))
    assert asked.status_code == 302
    assert "enrol" in asked.url
    done = village_doctor.post(
        reverse("work:enrol", args=[HYPERTENSION, other.id]),
        {"opened_on": TODAY.isoformat(), "doctor": "", "case_id": str(new_id())},
    )
    assert done.status_code == 302
    with acting(world.accounts.village_doctor_a):
        assert Case.objects.filter(person=other.id).exists()


def test_somebody_too_young_is_not_enrolled_and_it_says_why(world, village_doctor, county):
    child = resident(county.clinic_a1, "小明", birth_date=date(2016, 1, 1), serial=8)
    url = reverse("work:enrol", args=[HYPERTENSION, child.id])
    answer = village_doctor.post(url, {"opened_on": TODAY.isoformat()})
    assert answer.status_code == 422
    assert "纳入条件" in answer.content.decode()


def test_the_case_page_closes_and_reopens(world, village_doctor):
    with acting(world.accounts.village_doctor_a):
        case = Case.objects.get()
    page = village_doctor.get(reverse("work:case", args=[case.id]))
    assert page.status_code == 200
    closing = {"reason": "lost", "on": TODAY.isoformat()}
    village_doctor.post(reverse("work:close_case", args=[case.id]), closing)
    with acting(world.accounts.village_doctor_a):
        case.refresh_from_db()
        assert (case.closed_on, case.state) == (TODAY, "closed")
        assert not Due.objects.filter(state=DueState.OPEN).exists()
    village_doctor.post(reverse("work:reopen_case", args=[case.id]), {"on": TODAY.isoformat()})
    with acting(world.accounts.village_doctor_a):
        assert Due.objects.filter(state=DueState.OPEN).count() == 2


def test_the_paper_form_prints_filled(world, village_doctor):
    with acting(world.accounts.village_doctor_a):
        record = Record.objects.get()
    page = village_doctor.get(reverse("work:print", args=[record.id])).content.decode()
    assert "高血压患者随访服务记录表" in page
    assert "132" in page
    assert "赵东" in page


def test_the_panels_of_the_resident_page(world, village_doctor):
    page = village_doctor.get(reverse("people:resident", args=[world.person.id]))
    assert page.status_code == 200
    assert record_url(world) in page.content.decode()


def test_the_list_of_found_but_not_enrolled(world, village_doctor):
    assert village_doctor.get(reverse("work:found", args=[HYPERTENSION])).status_code == 200


def test_the_programmes_say_how_many_are_enrolled_and_who_was_found(world, village_doctor, county):
    page = village_doctor.get(reverse("work:registers")).content.decode()
    assert "在管 1 人" in page
    assert reverse("work:found_count", args=[HYPERTENSION]) in page
    badge = reverse("work:found_count", args=[HYPERTENSION])
    assert not village_doctor.get(badge).content.strip()
    other = resident(county.clinic_a1, "赵国强", sex="1", birth_date=date(1951, 4, 2))
    with acting(world.accounts.village_doctor_a) as doctor:
        record_visit(
            form_id="chronic.hypertension.screening",
            person=other.id,
            answers={"sbp": 138, "dbp": 84, "known": "2"},
            performed_on=TODAY,
            institution=county.clinic_a1.id,
            performed_by=county.doctor_a.id,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        )
    assert "未纳入 1 人" in village_doctor.get(badge).content.decode()


def test_services_in_which_nobody_is_stand_folded_below(world, village_doctor):
    used, idle = village_doctor.get(reverse("work:registers")).content.decode().split("<details", 1)
    assert reverse("work:register", args=[HYPERTENSION]) in used
    assert reverse("work:register", args=["maternal.birth_certificate"]) in idle


def test_services_without_a_sign_for_them_are_offered_behind_one_button(world, village_doctor):
    page = village_doctor.get(reverse("people:resident", args=[world.person.id])).content.decode()
    folded = page.split("纳入其他服务", 1)[1]
    assert reverse("work:enrol", args=["chronic.copd", world.person.id]) in folded


@pytest.mark.parametrize(("days", "words"), [(729, "逾期 729 天"), (730, "逾期 2 年多")])
def test_a_visit_late_for_years_says_so_in_years(days, words):
    with override("zh-hans"):
        assert words in lateness_label(SimpleNamespace(lateness=Lateness.OVERDUE, days=days))


def test_a_long_list_is_counted_to_its_cap(world, village_doctor, county, monkeypatch):
    monkeypatch.setattr(paging, "CAP", 1)
    address = reverse("work:register", args=[HYPERTENSION]) + "?name=li"
    assert "（以上）" not in village_doctor.get(address).content.decode()
    with acting(world.accounts.village_doctor_a) as doctor:
        other = resident(county.clinic_a1, "李国强", sex="1", birth_date=date(1951, 4, 2))
        enrol(kind=HYPERTENSION, person=other.id, on=TODAY, by=doctor, now=timezone.now())
    page = village_doctor.get(address).content.decode()
    assert "1 人 （以上）" in page
    assert "李国强" in page


def test_an_unknown_record_is_a_plain_answer(world, village_doctor):
    assert village_doctor.get(reverse("work:record_detail", args=[new_id()])).status_code == 404
    assert village_doctor.get(reverse("work:register", args=["no.such"])).status_code == 404

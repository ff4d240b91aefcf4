"""The vaccination clinic: who is due, giving a dose with the forecaster's checks, the school-entry check."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.immunisation.actions import AgainstSchedule, give_dose
from kangshu.immunisation.forecast import Status, forecast
from kangshu.immunisation.records import child_on, children, children_today
from kangshu.kernel.dates import add_months, china_today
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.models import Case, Record

TODAY = china_today()
BORN = add_months(TODAY, -9)


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def child(county: County) -> Person:
    return resident(county.clinic_a1, "王小宝", sex="2", birth_date=BORN, lives_here_since=BORN)


@pytest.fixture
def village_doctor(people: Accounts) -> Client:
    return sign_in(Client(), people.village_doctor_a)


def answers(vaccine: str, **more: object) -> dict[str, object]:
    return {
        "vaccine": vaccine,
        "batch": "20260101",
        "expires_on": (TODAY + timedelta(days=200)).isoformat(),
        "site": "1",
        "kind": "1",
        "fund": "1",
        "consent": True,
        **more,
    }


def given(county: County, people: Accounts, child: Person, vaccine: str, on: date, **more: object) -> Record:
    with acting(people.village_doctor_a) as doctor:
        return give_dose(
            person=child,
            answers=answers(vaccine, **more),
            performed_on=on,
            institution=county.clinic_a1.id,
            record_id=more.pop("record_id", None) or new_id(),
            by=doctor,
            now=timezone.now(),
        ).record


def test_a_dose_is_saved_with_what_it_counts_as_and_opens_the_programme(county, people, child):
    record = given(county, people, child, "HepB", BORN)
    assert record.answers["counts_as"] == ["HepB-1"]
    assert record.provenance["counts_as"] == "computed"
    with acting(people.village_doctor_a):
        assert Case.objects.filter(person=child, kind="immunisation.vaccination", closed_on=None).count() == 1
        first = forecast(child_on(child, TODAY)).doses[0]
    assert (first.status, first.given) == (Status.DONE, BORN)


def test_a_dose_too_early_is_refused_until_somebody_says_why(county, people, child):
    with pytest.raises(AgainstSchedule) as refused:
        given(county, people, child, "MMR", add_months(BORN, 7))
    assert "8月龄" in refused.value.message.zh
    record = given(county, people, child, "MMR", add_months(BORN, 7), despite="疫情应急接种")
    assert "counts_as" not in record.answers


def test_two_vaccines_on_one_day_are_two_records(county, people, child):
    on = add_months(BORN, 8)
    given(county, people, child, "MMR", on)
    record = given(county, people, child, "JE-L", on)
    assert record.answers["counts_as"] == ["JE-L-1"]


def test_an_expired_batch_is_refused(county, people, child):
    with pytest.raises(BadInput) as refused:
        given(county, people, child, "HepB", TODAY, expires_on=(TODAY - timedelta(days=1)).isoformat())
    assert [problem.field for problem in refused.value.problems] == ["expires_on"]


def test_the_clinic_knows_who_is_due(county, people, child):
    resident(county.clinic_a1, "李大爷", birth_date=date(1950, 1, 1))
    resident(county.clinic_b1, "外村孩", birth_date=BORN, lives_here_since=BORN, serial=7)
    with acting(people.village_doctor_a):
        (only,) = children_today(list(children(TODAY)), TODAY)
    assert only.person == child
    assert {dose.vaccine for dose in only.overdue} == {"HepB", "BCG"}
    assert {"MMR", "JE-L", "IPV", "DTaP"} <= {dose.vaccine for dose in only.now}


def test_the_day_list_shows_the_child_with_its_doses(village_doctor, child):
    page = village_doctor.get(reverse("immunisation:day_list"))
    assert page.status_code == 200
    assert "王小宝" in page.content.decode()
    for state in ("overdue", "soon"):
        assert village_doctor.get(reverse("immunisation:day_list"), {"state": state}).status_code == 200


def test_the_childs_page_gives_every_dose_its_reason(village_doctor, child):
    page = village_doctor.get(reverse("immunisation:child", args=[child.id])).content.decode()
    assert "卡介苗第1剂" in page
    assert "结核菌素试验" in page


def test_a_dose_is_given_on_the_page(village_doctor, child):
    url = reverse("immunisation:give", args=[child.id])
    assert village_doctor.get(url, {"vaccine": "MMR"}).status_code == 200
    posted = {f"a-{name}": value for name, value in answers("MMR", consent="true").items()}
    posted |= {"record_id": str(new_id()), "performed_on": TODAY.isoformat()}
    saved = village_doctor.post(url, posted)
    assert saved.status_code == 302, saved.content.decode()[:3000]
    page = village_doctor.get(saved.url).content.decode()
    assert "计为麻腮风疫苗第1剂" in page


def test_the_page_says_why_a_dose_is_not_to_be_given(village_doctor, child):
    url = reverse("immunisation:give", args=[child.id])
    posted = {f"a-{name}": value for name, value in answers("HepA-L", consent="true").items()}
    posted |= {"record_id": str(new_id()), "performed_on": TODAY.isoformat()}
    refused = village_doctor.post(url, posted)
    assert refused.status_code == 409
    assert "18月龄" in refused.content.decode()


def test_the_school_entry_check_lists_what_is_missing(village_doctor, child):
    page = village_doctor.get(reverse("immunisation:certificate", args=[child.id])).content.decode()
    assert "需补种" in page
    for dose in ("乙肝疫苗第1剂", "乙肝疫苗第2剂", "乙肝疫苗第3剂", "麻腮风疫苗第1剂"):
        assert dose in page, "also what waits for the dose before it"
    assert "麻腮风疫苗第2剂" not in page


def test_adults_have_no_panel(village_doctor, county, people):
    elder = resident(county.clinic_a1, "李大爷", birth_date=date(1950, 1, 1), serial=3)
    page = village_doctor.get(reverse("people:resident", args=[elder.id])).content.decode()
    assert 'id="immunisation"' not in page

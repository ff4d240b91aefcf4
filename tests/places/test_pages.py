"""The screens of places: institutions and staff, regions, population, working days."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.support.accounts import accounts, sign_in
from tests.support.county import small_county

from kangshu.places import queries
from kangshu.places.models import Institution, Region, Staff, WorkdayOverride
from kangshu.places.pages.population import BANDS

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = date(2026, 11, 2)


@pytest.fixture
def county(db):
    return small_county()


@pytest.fixture
def people(county):
    return accounts(county)


@pytest.fixture
def administrator(client, people):
    return sign_in(client, people.administrator)


def act(client, address, name, prefix, /, **values):
    posted = {f"{prefix}-{key}": value for key, value in values.items()}
    return client.post(address, {"do": name, **posted}, follow=True)


def test_the_administrator_sees_the_whole_tree(administrator, county):
    page = administrator.get(reverse("places:institutions"))
    for institution in county.institutions:
        assert institution.name in page.content.decode()


def test_a_township_sees_its_own_part(client, county, people):
    sign_in(client, people.township_worker_a)
    text = client.get(reverse("places:institutions")).content.decode()
    assert county.clinic_a1.name in text
    assert county.clinic_b1.name not in text
    assert client.get(reverse("places:institution", args=[county.clinic_b1.pk])).status_code in (403, 404)
    assert client.get(reverse("places:staff", args=[county.doctor_b.pk])).status_code in (403, 404)


def test_a_village_doctor_has_no_business_here(client, people):
    sign_in(client, people.village_doctor_a)
    assert client.get(reverse("places:institutions")).status_code == 403
    assert client.get(reverse("places:workdays")).status_code == 403


def test_the_list_is_filtered(administrator, county):
    text = administrator.get(reverse("places:institutions"), {"kind": "hospital"}).content.decode()
    assert county.hospital.name in text
    assert county.clinic_a1.name not in text
    assert (
        "没有符合条件的机构"
        in administrator.get(reverse("places:institutions"), {"text": "无此"}).content.decode()
    )


def test_a_new_clinic(administrator, county):
    posted = {
        "name": "新村卫生室",
        "code": "new-1",
        "kind": "village_clinic",
        "parent": county.centre_a.pk,
        "region": county.village_a1.code,
        "on": "2026-11-01",
    }
    done = administrator.post(reverse("places:new_institution"), posted, follow=True)
    assert "新村卫生室" in done.content.decode()
    assert Institution.objects.get(code="NEW-1").path.startswith(county.centre_a.path)


def test_a_taken_code_is_shown_at_its_field(administrator, county):
    posted = {
        "name": "重复",
        "code": county.clinic_a1.code,
        "kind": "village_clinic",
        "parent": county.centre_a.pk,
        "region": county.village_a1.code,
        "on": "2026-11-01",
    }
    page = administrator.post(reverse("places:new_institution"), posted)
    assert "已存在" in page.content.decode()


def test_renaming_shows_in_the_history(administrator, county):
    address = reverse("places:institution", args=[county.clinic_a1.pk])
    page = act(
        administrator, address, "rename", "RenameForm", name="东柳中心卫生室", on="2026-11-01", reason="达标"
    )
    text = page.content.decode()
    assert "东柳村卫生室 → 东柳中心卫生室" in text
    assert queries.institution_on(county.clinic_a1.code, date(2026, 10, 31)).name == "东柳村卫生室"


def test_a_refused_act_stays_open_and_says_why(administrator, county):
    address = reverse("places:institution", args=[county.clinic_a1.pk])
    page = act(administrator, address, "close", "CloseForm", on="2026-11-01", reason="")
    assert "请先调整" in page.content.decode()
    assert 'id="act-close"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "prefix", "values"),
    [
        ("move", "MoveForm", {"parent": "centre_b", "on": "2026-11-01", "reason": ""}),
        ("merge", "MergeForm", {"into": "clinic_a2", "on": "2026-11-01", "reason": ""}),
        ("split", "SplitForm", {"name": "二室", "code": "x-2", "on": "2026-11-01", "reason": ""}),
        ("employ", "EmployForm", {"name": "新人", "kind": "nurse", "on": "2026-11-01"}),
        ("change", "InstitutionForm", {"code": "c-9", "kind": "village_clinic", "phone": "1"}),
    ],
)
def test_every_act_on_an_institution(administrator, county, name, prefix, values):
    known = {
        key: getattr(county, value).pk if value in ("centre_b", "clinic_a2") else value
        for key, value in values.items()
    }
    if name == "change":
        known["region_id"] = county.village_a1.code
    address = reverse("places:institution", args=[county.clinic_a1.pk])
    page = act(administrator, address, name, prefix, **known)
    assert page.redirect_chain
    assert "已保存" in page.content.decode()


def test_a_township_adds_staff_but_moves_no_institutions(client, county, people):
    sign_in(client, people.township_worker_a)
    address = reverse("places:institution", args=[county.clinic_a1.pk])
    text = client.get(address).content.decode()
    assert "增加人员" in text
    assert "并入其他机构" not in text
    act(client, address, "employ", "EmployForm", name="新村医", kind="village_doctor", on="2026-11-01")
    assert Staff.objects.filter(name="新村医", institution=county.clinic_a1).exists()
    act(client, address, "rename", "RenameForm", name="越权", on="2026-11-01")
    assert not Institution.objects.filter(name="越权").exists()


def test_a_doctor_leaves_and_hands_over(administrator, county):
    address = reverse("places:staff", args=[county.doctor_a.pk])
    page = act(
        administrator, address, "leave", "LeaveForm", on="2026-10-31", to=county.doctor_a2.pk, reason="退休"
    )
    assert "已离岗" in page.content.decode()
    assert Staff.objects.get(pk=county.doctor_a.pk).to_on == date(2026, 10, 31)


def test_a_doctor_is_posted_elsewhere(administrator, county):
    address = reverse("places:staff", args=[county.doctor_a.pk])
    page = act(
        administrator,
        address,
        "post",
        "PostForm",
        on="2026-11-01",
        institution=county.clinic_a2.pk,
        hand_over_to="",
    )
    assert county.clinic_a2.name in page.content.decode()
    page = act(administrator, address, "change", "StaffForm", name="赵东东", kind="doctor")
    assert "赵东东" in page.content.decode()


def test_regions_lead_down_from_the_county(administrator, county):
    page = administrator.get(reverse("places:regions"), follow=True)
    assert county.township_a.name in page.content.decode()
    page = administrator.get(reverse("places:region", args=[county.township_a.code]))
    assert county.village_a1.name in page.content.decode()
    assert "2,400" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "prefix", "values"),
    [
        ("rename", "RenameForm", {"name": "新柳村", "on": "2026-11-01"}),
        ("recode", "RecodeForm", {"new_code": "339901100199", "on": "2026-11-01"}),
        ("merge", "RegionMergeForm", {"into": "339901100102", "on": "2026-11-01"}),
        (
            "split",
            "RegionSplitForm",
            {"first_name": "一村", "first_code": "339901100111", "keep": "on", "on": "2026-11-01"},
        ),
    ],
)
def test_every_act_on_a_village(administrator, county, name, prefix, values):
    page = act(administrator, reverse("places:region", args=[county.village_a1.code]), name, prefix, **values)
    assert page.redirect_chain
    assert page.status_code == 200


def test_a_village_is_added(administrator, county):
    address = reverse("places:region", args=[county.township_a.code])
    act(administrator, address, "add", "NewRegionForm", name="三柳村", code="339901100103", on="2026-11-01")
    assert Region.objects.get(code="339901100103").level == 5


def test_population_is_entered_as_a_new_version(administrator, county):
    address = reverse("places:population", args=[county.village_a1.code, 2026])
    counts = {f"count_{sex}_{number}": 10 for sex in "12" for number in range(len(BANDS))}
    done = administrator.post(address, {"source": "统计局", **counts}, follow=True)
    assert done.redirect_chain
    assert queries.population(county.village_a1.code, 2026) == 20 * len(BANDS)
    again = administrator.get(address).content.decode()
    assert 'value="10"' in again
    assert "第 2 版" in again


def test_a_missing_count_is_asked_for(administrator, county):
    address = reverse("places:population", args=[county.village_a1.code, 2026])
    page = administrator.post(address, {"source": "统计局", "count_1_0": "x"})
    assert page.status_code == 200
    assert queries.population(county.village_a1.code, 2026) == 1200


def test_the_county_sets_and_clears_a_day(administrator):
    address = reverse("places:workdays")
    values = {"on": "2026-11-23", "is_working": "False", "source": "县政府通知"}
    page = act(administrator, address, "set", "WorkdayForm", **values)
    assert "县政府通知" in administrator.get(address, {"year": "2026"}).content.decode()
    assert page.redirect_chain
    act(administrator, address, "clear", "ClearWorkdayForm", on="2026-11-23")
    assert not WorkdayOverride.objects.exists()


def test_an_unknown_year_says_so(administrator):
    assert "放假安排" in administrator.get(reverse("places:workdays"), {"year": "2040"}).content.decode()


@pytest.mark.parametrize("address", ["places:institutions", "places:new_institution", "places:workdays"])
def test_pages_speak_english(administrator, address):
    administrator.cookies["django_language"] = "en"
    page = administrator.get(reverse(address))
    assert page.status_code == 200
    assert "nstitution" in page.content.decode() or "Working days" in page.content.decode()


def test_an_unknown_place_is_a_page(administrator):
    assert administrator.get(reverse("places:region", args=["000000000000"])).status_code in (403, 404)

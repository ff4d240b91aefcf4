"""The desk shows each person what waits for them, and nothing of others."""

from __future__ import annotations

import pytest


def page(client, path="/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def test_a_village_doctor_sees_who_is_late(as_, zhang_due):
    html = page(as_("village_doctor_a"))
    assert "张建国" in html
    assert "已逾期" in html
    assert "13800138064" in html


def test_the_doctor_of_another_township_sees_nobody(as_, zhang_due):
    html = page(as_("village_doctor_b"))
    assert "张建国" not in html
    assert "全部完成" in html


def test_a_township_worker_sees_progress_of_each_clinic(as_, zhang_due):
    html = page(as_("township_worker_a"))
    assert "各机构进度" in html
    assert "东柳村卫生室" in html
    assert "上桥村卫生室" not in html


def test_a_bureau_officer_sees_progress_of_townships_and_key_figures(as_, zhang_due):
    html = page(as_("bureau_officer"))
    assert "柳林镇卫生院" in html
    assert "关键指标" in html
    # What takes long is fetched when the page stands.
    assert 'hx-get="/desk/key_figures"' in html
    assert "尚无计算结果" in page(as_("bureau_officer"), "/desk/key_figures")


def test_a_panel_of_another_role_is_not_given_out(as_, zhang_due):
    assert as_("bureau_officer").get("/desk/due_today").status_code == 404
    assert as_("village_doctor_a").get("/desk/nonsense").status_code == 404


def test_an_administrator_sees_the_system_and_no_person(as_, zhang_due):
    html = page(as_("administrator"))
    assert "启用的账号" in html
    assert "张建国" not in html


def test_a_resident_sees_their_own_record_and_who_looked(as_, zhang_due):
    html = page(as_("resident_zhang"))
    assert "我的健康档案" in html
    assert "张建国" in html
    assert "孙外人" not in html
    assert "我的下次随访" in html


OTHERS = (
    "inspector",
    "insurance_officer",
    "auditor",
    "security_administrator",
    "director",
    "clinician",
    "hospital_clerk",
    "epidemiologist",
)


@pytest.mark.parametrize("name", OTHERS)
def test_the_desk_opens_for_every_role(as_, zhang_due, name):
    page(as_(name))


def test_the_desk_speaks_english_to_who_chose_it(as_, zhang_due):
    client = as_("village_doctor_a")
    answer = client.post("/language", {"language": "en", "next": "/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    html = page(client)
    assert "Work desk" in html
    assert "days late" in html


def test_the_switch_leads_to_no_other_site(as_, zhang_due):
    answer = as_("village_doctor_a").post("/language", {"language": "en", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_a_visitor_may_choose_the_language(client, db):
    client.post("/visitor/language", {"language": "en", "next": "/access/sign-in/"})
    assert "Sign in" in page(client, "/access/sign-in/")


def test_the_navigation_offers_only_what_the_role_may_do(as_, zhang_due):
    assert "/access/accounts/" not in page(as_("village_doctor_a"))
    assert "/access/accounts/" in page(as_("administrator"))
    assert "/exchange/imports" in page(as_("township_worker_a"))
    assert "/exchange/imports" not in page(as_("inspector"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_unknown_address_says_what_to_do_next(client, db, language):
    answer = client.get("/nowhere", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_every_page_forbids_inline_scripts_and_has_none(as_, zhang_due):
    answer = as_("village_doctor_a").get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    html = answer.content.decode()
    assert "onclick" not in html
    assert all("src=" in part.split(">")[0] for part in html.split("<script")[1:])

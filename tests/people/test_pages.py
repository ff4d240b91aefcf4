"""The screens about people, through the client: what each role gets, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from tests.support.accounts import sign_in
from tests.support.people import NOW, id_number, resident

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Attachment, DuplicatePair, HouseholdMember, MergeLog, Person, Relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctor(client, who):
    return sign_in(client, who.village_doctor_a)


@pytest.fixture
def worker(client, who):
    return sign_in(client, who.township_worker_a)


@pytest.fixture
def person(county):
    return resident(county.clinic_a1, phone="13812345678", address="12 号")


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def register_values(county, **values):
    return {
        "person_id": str(new_id()),
        "id_number": id_number(date(1970, 1, 2), "2"),
        "document_kind": "01",
        "undocumented": "",
        "name": "李红梅",
        "sex": "0",
        "birth_date": "",
        "birth_precision": "day",
        "phone": "13900001111",
        "institution": str(county.clinic_a1.pk),
        "region": county.village_a1.code,
        "address": "3 组",
        "residence_type": "1",
        "ethnic_group": "01",
        **values,
    }


def test_search_finds_as_you_type_and_lists_without_a_text(doctor, person):
    whole = doctor.get(url("search"))
    assert "王小伟" in whole.content.decode()
    part = doctor.get(url("search"), {"q": "wxw"}, headers={"HX-Request": "true"})
    assert "王小伟" in part.content.decode()
    assert "<html" not in part.content.decode()
    nothing = doctor.get(url("search"), {"q": "欧阳锋"}).content.decode()
    assert "没有找到" in nothing
    assert url("register") in nothing


def test_a_doctor_of_another_village_finds_nobody(client, who, person):
    other = sign_in(client, who.village_doctor_b)
    found = other.get(url("search"), {"q": "王小伟"}).content.decode()
    assert str(person.pk) not in found
    assert "没有找到" in found
    for name in ("resident", "edit", "death", "move", "relations", "household", "attachments"):
        assert other.get(url(name, person.pk)).status_code == 404, name


def test_the_resident_page_masks_the_number_and_writes_the_reading_down(doctor, person, as_owner):
    page = doctor.get(url("resident", person.pk)).content.decode()
    number = id_number(date(1960, 5, 1))
    assert number not in page
    assert "**************" + number[-4:] in page
    assert "101-00001" in page
    with entered_as_system("check"):
        document = person.documents.get()
    shown = doctor.post(url("number", document.pk))
    assert number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    with as_owner():
        assert AuditEntry.objects.filter(action="person.read", person_id=person.pk).count() == 1
        assert AuditEntry.objects.filter(action="person.number_revealed", person_id=person.pk).count() == 1
    assert doctor.get(url("number", document.pk)).status_code == 405


def test_english_is_english(doctor, person):
    with translation.override("en"):
        page = doctor.get(url("resident", person.pk), headers={"Accept-Language": "en"}).content.decode()
    assert "Responsible" in page


def test_registration_keeps_what_was_typed_and_then_saves(doctor, county):
    typed = register_values(county, name="", phone="12")
    refused = doctor.post(url("register"), typed)
    page = refused.content.decode()
    assert refused.status_code == 200
    assert "请填写姓名" in page
    assert typed["id_number"] in page
    assert "3 组" in page
    saved = doctor.post(url("register"), {**typed, "name": "李红梅", "phone": "13900001111"})
    assert saved.status_code == 302
    with entered_as_system("check"):
        stored = Person.objects.get()
        assert (stored.sex, stored.birth_date) == ("2", date(1970, 1, 2))
    again = doctor.post(url("register"), {**typed, "name": "李红梅", "phone": "13900001111"})
    assert again.status_code == 302, "the same form sent twice registers once"


def test_registration_shows_similar_people_first(doctor, county):
    resident(
        county.clinic_a1, "李红梅", birth_date=date(1970, 1, 2), sex="2", document=None, undocumented="other"
    )
    typed = register_values(county)
    assert "是不是下面这位" in doctor.post(url("register"), typed).content.decode()
    assert doctor.post(url("register"), {**typed, "confirmed": "1"}).status_code == 302


def test_registration_leads_to_the_existing_record(doctor, county, person):
    typed = register_values(county, id_number=id_number(date(1960, 5, 1)), name="王小伟")
    assert url("resident", person.pk) in doctor.post(url("register"), typed).content.decode()


def test_a_newborn_is_registered_from_its_mother(doctor, county):
    mother = resident(county.clinic_a1, "李梅", sex="2", birth_date=date(1998, 4, 4))
    page = doctor.get(url("register"), {"mother": mother.pk}).content.decode()
    assert "李梅之婴" in page
    typed = register_values(
        county,
        id_number="",
        undocumented="newborn",
        name="李梅之婴",
        sex="1",
        birth_date=china_today().isoformat(),
        mother=str(mother.pk),
    )
    assert doctor.post(url("register"), typed).status_code == 302
    with entered_as_system("check"):
        assert Relation.objects.get().other_id == mother.pk


def test_facts_are_corrected(doctor, person):
    values = {
        "name": "王晓伟",
        "sex": "1",
        "birth_date": "1960-05-01",
        "birth_precision": "day",
        "phone": "13812345678",
        "address": "12 号",
        "ethnic_group": "01",
        "residence_type": "1",
        "contact_name": "",
        "contact_phone": "",
        "reason": "录入错误",
    }
    assert doctor.get(url("edit", person.pk)).status_code == 200
    assert (
        "晚于今天"
        in doctor.post(url("edit", person.pk), {**values, "birth_date": "2060-01-01"}).content.decode()
    )
    assert doctor.post(url("edit", person.pk), values).status_code == 302
    page = doctor.get(url("resident", person.pk)).content.decode()
    assert "王晓伟" in page
    assert "王小伟 → 王晓伟" in page


def test_death_and_its_correction(doctor, person):
    assert doctor.get(url("death", person.pk)).status_code == 200
    refused = doctor.post(url("death", person.pk), {"death_on": "1950-01-01", "cause": ""})
    assert "早于出生日期" in refused.content.decode()
    doctor.post(url("death", person.pk), {"death_on": "2026-09-01", "cause": "脑卒中"})
    assert "已于 2026-09-01 死亡" in doctor.get(url("resident", person.pk)).content.decode()
    doctor.post(url("back", person.pk), {"on": "2026-09-02", "reason": "登记错人"})
    assert "已于" not in doctor.get(url("resident", person.pk)).content.decode()


def test_a_move_hands_over_and_leads_back_to_the_search(doctor, person, county):
    assert doctor.get(url("move", person.pk)).status_code == 200
    done = doctor.post(
        url("move", person.pk),
        {
            "institution": county.clinic_b1.pk,
            "region": county.village_b1.code,
            "address": "",
            "on": "2026-09-01",
            "reason": "",
        },
    )
    assert done["Location"] == url("search")
    assert doctor.get(url("resident", person.pk)).status_code == 404


@pytest.mark.parametrize("name", ["leave", "lost"])
def test_leaving_and_being_lost(doctor, person, name):
    assert doctor.get(url(name, person.pk)).status_code == 200
    assert doctor.post(url(name, person.pk), {"on": "2026-09-01", "reason": "外省"}).status_code == 302


def test_relations_and_household(doctor, person, county):
    wife = resident(county.clinic_a1, "张秀英", sex="2", serial=2)
    found = doctor.get(url("relations", person.pk), {"who": "张秀英"}).content.decode()
    assert str(wife.pk) in found
    doctor.post(url("relations", person.pk), {"other": wife.pk, "kind": "spouse"})
    wrong = doctor.post(url("relations", person.pk), {"other": wife.pk, "kind": "father"})
    assert "父亲应为男性" in wrong.content.decode()
    doctor.post(url("household", person.pk), {"form": "1"})
    doctor.post(url("household", person.pk), {"other": wife.pk, "role": "1"})
    page = doctor.get(url("resident", wife.pk)).content.decode()
    assert "王小伟" in page
    with entered_as_system("check"):
        assert HouseholdMember.objects.filter(to_on=None).count() == 2
        relation = Relation.objects.filter(person=person).get()
    doctor.post(url("relations", person.pk), {"end": relation.pk})
    with entered_as_system("check"):
        assert not Relation.objects.filter(to_on=None).exists()


def test_files_are_served_by_scope_only(doctor, person, client, who, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pdf = SimpleUploadedFile("../../etc/同意书.pdf", b"%PDF-1.4 hello", "application/pdf")
    doctor.post(url("attachments", person.pk), {"kind": "consent", "title": "同意书", "file": pdf})
    with entered_as_system("check"):
        kept = Attachment.objects.get()
    served = doctor.get(url("attachment", kept.pk))
    assert served.content.startswith(b"%PDF")
    assert served["X-Content-Type-Options"] == "nosniff"
    bad = SimpleUploadedFile("a.exe", b"MZ", "image/png")
    assert (
        "只接受"
        in doctor.post(
            url("attachments", person.pk), {"kind": "photo", "title": "", "file": bad}
        ).content.decode()
    )
    other = sign_in(client, who.village_doctor_b)
    assert other.get(url("attachment", kept.pk)).status_code == 404


def test_duplicates_are_compared_merged_and_taken_back(worker, person, county):
    twin = resident(county.clinic_a1, "王晓伟", serial=3)
    one, other = sorted((person, twin), key=lambda p: p.pk)
    pair = DuplicatePair(
        person_a=one, person_b=other, probability=0.97, found_at=NOW, scope_path=one.scope_path
    )
    with entered_as_system("matching"):
        pair.save(force_insert=True)
    assert "97%" in worker.get(url("duplicates")).content.decode()
    assert "疑似重复建档" in worker.get(url("resident", person.pk)).content.decode()
    page = worker.get(url("review_pair", pair.pk)).content.decode()
    assert 'class="differs"' in page
    worker.post(url("review_pair", pair.pk), {"keep": person.pk})
    moved = worker.get(url("resident", twin.pk))
    assert moved["Location"] == url("resident", person.pk)
    with entered_as_system("check"):
        logged = MergeLog.objects.get()
    assert "王晓伟" in worker.get(url("merges")).content.decode()
    worker.post(url("merges"), {"undo": logged.pk})
    assert worker.get(url("resident", twin.pk)).status_code == 200
    worker.post(url("review_pair", pair.pk), {"different": "1"})
    assert "没有疑似重复" in worker.get(url("duplicates")).content.decode()


def test_a_village_doctor_does_not_merge(doctor, person):
    assert doctor.get(url("duplicates")).status_code == 403


def test_an_officer_reads_but_does_not_change(client, who, person):
    officer = sign_in(client, who.bureau_officer)
    page = officer.get(url("resident", person.pk)).content.decode()
    assert "王小伟" in page
    assert url("edit", person.pk) not in page
    assert officer.get(url("edit", person.pk)).status_code == 403


def test_the_administrator_sees_no_person(client, who, person):
    administrator = sign_in(client, who.administrator)
    assert administrator.get(url("search"), {"q": "王小伟"}).status_code == 403
    assert administrator.get(url("resident", person.pk)).status_code == 403


def villages_in(html: str) -> str:
    return html.split('id="id_region"', 1)[1].split("</select>", 1)[0]


def test_the_villages_of_a_move_are_grouped_and_narrowed_without_a_script(doctor, person, county):
    whole = doctor.get(url("move", person.pk)).content.decode()
    assert '<optgroup label="柳林镇">' in villages_in(whole)
    assert '<optgroup label="石桥镇">' in villages_in(whole)
    typed = {"township": county.township_b.code, "address": "新家 1 号", "on": "2026-09-01", "narrow": "1"}
    narrowed = doctor.post(url("move", person.pk), typed).content.decode()
    assert "上桥村" in villages_in(narrowed)
    assert "东柳村" not in villages_in(narrowed)
    assert "新家 1 号" in narrowed, "what was typed stays"
    assert "is-invalid" not in narrowed, "nothing was sent to be saved"
    with entered_as_system("test"):
        assert Person.objects.get(pk=person.pk).institution_id == county.clinic_a1.pk


def test_the_register_of_one_township_asks_for_no_township(doctor, county):
    html = doctor.get(url("register")).content.decode()
    assert '<select name="township"' not in html
    assert f'value="{county.village_a1.code}" selected' in villages_in(html)


def test_the_cover_prints_the_whole_record_number_and_is_written_down(doctor, person):
    html = doctor.get(url("cover", person.pk)).content.decode()
    assert "居民健康档案" in html
    assert "".join(f"<i>{digit}</i>" for digit in person.record_number[-5:]) in html
    with entered_as_system("test"):
        assert AuditEntry.objects.filter(action="person.printed", person_id=person.pk).exists()

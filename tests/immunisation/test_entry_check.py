"""The certificate check at school entry: the list goes in, pupils are found, notices and report come out."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from tests.immunisation.test_clinic import TODAY, given
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import id_number, resident

from kangshu.immunisation import entry
from kangshu.immunisation.entry_sheet import PupilList, PupilRow, UnreadableList, read_pupils
from kangshu.immunisation.models import EntryPupil, Match
from kangshu.kernel.dates import add_years

BORN = add_years(TODAY, -3) - timedelta(days=20)


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


def workbook(
    *rows: tuple[object, ...], heading: tuple[str, ...] = ("姓名", "身份证号", "出生日期", "班级")
) -> bytes:
    book = Workbook()
    book.active.append(["青溪县东柳幼儿园新生名单"])
    book.active.append(heading)
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_list_is_read_row_by_row_and_what_cannot_be_is_named():
    number = id_number(BORN, serial=3)
    read = read_pupils(
        workbook(
            ("甲", number, None, "小一班"),
            ("乙", None, BORN, "小一班"),
            ("丙", number[:-1] + ("0" if number[-1] != "0" else "1"), None, ""),
            ("丁", number, date(2020, 1, 1), ""),
            ("戊", None, None, ""),
            (None, number, None, ""),
            ("己", None, "2023年5月6日", ""),
        ),
        TODAY,
    )
    assert [(row.name, row.birth) for row in read.rows] == [
        ("甲", BORN),
        ("乙", BORN),
        ("己", date(2023, 5, 6)),
    ]
    assert [problem.field for problem in read.problems] == ["5", "6", "7", "8"]


@pytest.mark.parametrize("content", [b"no file", workbook(heading=("A", "B"))])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(UnreadableList):
        read_pupils(content, TODAY)


def imported(county: County, people: Accounts, *rows: PupilRow):
    with acting(people.village_doctor_a) as doctor:
        return entry.import_list(
            school="东柳幼儿园",
            kind="nursery",
            year=TODAY.year,
            given=PupilList(rows, ()),
            institution=county.clinic_a1.pk,
            by=doctor,
            now=timezone.now(),
        )


def test_pupils_are_found_by_number_or_name_and_shown_when_several_fit(county, people):
    resident(county.clinic_a1, "李一", birth_date=BORN, serial=1)
    resident(county.clinic_a1, "李二", birth_date=BORN, serial=2, document=None, undocumented="other")
    for serial in (3, 4):
        resident(county.clinic_a1, "李双", birth_date=BORN, serial=serial)
    resident(county.clinic_b1, "李外", birth_date=BORN, serial=5)
    found = imported(
        county,
        people,
        PupilRow(2, "李一", id_number(BORN, serial=1), BORN, ""),
        PupilRow(3, "李二", "", BORN, ""),
        PupilRow(4, "李双", "", BORN, ""),
        PupilRow(5, "李外", id_number(BORN, serial=5), BORN, ""),
        PupilRow(6, "李无", "", BORN, ""),
        PupilRow(7, "李一", id_number(BORN, serial=8), BORN, ""),
    )
    with acting(people.village_doctor_a):
        pupils = entry.pupils_today(found, TODAY)
        assert [each.pupil.match for each in pupils] == [
            Match.FOUND,
            Match.FOUND,
            Match.AMBIGUOUS,
            Match.ELSEWHERE,
            Match.UNKNOWN,
        ], "a name twice with one birth date is one pupil"
        assert len(pupils[2].candidates) == 2
        assert pupils[3].pupil.elsewhere == county.clinic_b1.name
        assert not bytes(pupils[0].pupil.number_index).decode("latin1").isdigit(), "no number is stored"
        report = entry.report_of(pupils)
    assert (report.entrants, report.checked, report.missing) == (5, 2, 2)
    assert report.check_rate == 40


def test_somebody_of_the_same_name_with_another_number_is_not_taken(county, people):
    resident(county.clinic_a1, "李一", birth_date=BORN, serial=1)
    found = imported(county, people, PupilRow(2, "李一", id_number(BORN, serial=9), BORN, ""))
    with acting(people.village_doctor_a):
        assert found.pupils.get().match == Match.UNKNOWN


def test_the_clinic_says_who_a_pupil_is_and_who_was_caught_up(county, people):
    twins = [resident(county.clinic_a1, "李双", birth_date=BORN, serial=serial) for serial in (3, 4)]
    found = imported(county, people, PupilRow(2, "李双", "", BORN, ""), PupilRow(3, "赵外", "", BORN, ""))
    with acting(people.village_doctor_a) as doctor:
        first, second = found.pupils.order_by("row")
        entry.choose_person(pupil=first.pk, person=twins[1].pk, by=doctor, now=timezone.now())
        entry.check_by_hand(
            pupil=second.pk, has_certificate=True, missing=["MMR-2"], caught_up=False, by=doctor,
            now=timezone.now(),
        )  # fmt: skip
        report = entry.report_of(entry.pupils_today(found, TODAY))
        assert (report.checked, report.missing, report.caught_up) == (2, 2, 0)
        entry.check_by_hand(
            pupil=second.pk, has_certificate=True, missing=[], caught_up=True, by=doctor, now=timezone.now()
        )
        report = entry.report_of(entry.pupils_today(found, TODAY))
        assert (report.missing, report.caught_up, report.catch_up_rate) == (2, 1, 50)


def test_a_dose_given_after_the_check_is_a_dose_caught_up(county, people):
    child = resident(county.clinic_a1, "李一", birth_date=BORN, serial=1)
    found = imported(county, people, PupilRow(2, "李一", id_number(BORN, serial=1), BORN, ""))
    with acting(people.village_doctor_a):
        pupil = found.pupils.get()
        EntryPupil.objects.filter(pk=pupil.pk).update(missing=["MMR-1"])
        (before,) = entry.pupils_today(found, TODAY)
        assert before.still_missing
    given(county, people, child, "MMR", TODAY)
    with acting(people.village_doctor_a):
        (after,) = entry.pupils_today(found, TODAY)
        assert after.caught_up
        assert "MMR-2" in {entry.code_of(dose) for dose in after.doses}, (
            "what fell due since is another matter"
        )


def test_another_unit_does_not_see_the_list(county, people):
    found = imported(county, people, PupilRow(2, "赵外", "", BORN, ""))
    with acting(people.village_doctor_b):
        assert not EntryPupil.objects.exists()
        with pytest.raises(entry.CheckNotFound):
            entry.check(found.pk)


def test_the_list_goes_in_on_the_page_and_notices_and_report_come_out(county, people):
    resident(county.clinic_a1, "李一", birth_date=BORN, serial=1)
    doctor = sign_in(Client(), people.village_doctor_a)
    file = SimpleUploadedFile("list.xlsx", workbook(("李一", id_number(BORN, serial=1), None, "小一班")))
    url = reverse("immunisation:entry_checks")
    assert "还没有名单" in doctor.get(url).content.decode()
    saved = doctor.post(url, {"school": "东柳幼儿园", "kind": "nursery", "year": TODAY.year, "file": file})
    assert saved.status_code == 302, saved.content.decode()[:2000]
    page = doctor.get(saved.url).content.decode()
    assert "李一" in page
    assert "需补种" in page
    check = saved.url.rstrip("/").rsplit("/", 1)[-1]
    notices = doctor.get(reverse("immunisation:entry_notices", args=[check])).content.decode()
    assert "卡介苗" in notices
    assert "补种通知单" in notices
    sheet = doctor.get(reverse("immunisation:entry_sheet", args=[check]))
    figures = load_workbook(BytesIO(sheet.content)).worksheets[0]
    assert {row[0].value: row[1].value for row in figures.iter_rows(min_row=4)}["查验率（%）"] == 100
    again = SimpleUploadedFile("list.xlsx", workbook(("李一", id_number(BORN, serial=1), None, "小一班")))
    twice = doctor.post(url, {"school": "东柳幼儿园", "kind": "nursery", "year": TODAY.year, "file": again})
    assert twice.url.endswith("?exists=1")
    bad = doctor.post(url, {"school": "西柳", "kind": "nursery", "year": TODAY.year,
                            "file": SimpleUploadedFile("x.xlsx", b"no")})  # fmt: skip
    assert bad.status_code == 422
    assert "不是Excel文件" in bad.content.decode()

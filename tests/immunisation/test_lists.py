"""The clinic's lists: missed doses with reasons, adverse events with their limits, coverage by township."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.immunisation.test_clinic import BORN, TODAY, answers, given
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.immunisation.actions import AgainstSchedule
from kangshu.immunisation.coverage import WANTED, coverage
from kangshu.immunisation.missed import MissedFilter, missed_doses
from kangshu.immunisation.reactions import Stage, judge, needs_investigation
from kangshu.kernel.dates import CHINA, add_months
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import correct_record, record_visit
from kangshu.work.models import Record


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


def saved(county: County, people: Accounts, child: Person, form: str, **filled: object) -> Record:
    with acting(people.village_doctor_a) as doctor:
        return record_visit(
            form_id=form,
            person=child.pk,
            answers=filled,
            performed_on=TODAY,
            institution=county.clinic_a1.pk,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        ).record


# ---------------------------------------------------------------- one path for a dose


def test_the_ordinary_form_leads_to_the_clinics_page(village_doctor, child):
    page = village_doctor.get(reverse("work:record", args=["immunisation.dose", child.pk]))
    assert page.status_code == 302
    assert page.url == reverse("immunisation:give", args=[child.pk])


def test_a_dose_posted_to_the_ordinary_form_is_judged_all_the_same(village_doctor, child):
    posted = {f"a-{name}": value for name, value in answers("HepA-L", consent="true").items()}
    posted |= {"record_id": str(new_id()), "performed_on": TODAY.isoformat(), "a-counts_as": "HepA-L-1"}
    refused = village_doctor.post(reverse("work:record", args=["immunisation.dose", child.pk]), posted)
    assert refused.status_code == 409
    assert not Record.objects.exists()


def test_nobody_can_say_what_a_dose_counts_as(county, people, child):
    record = saved(county, people, child, "immunisation.dose", **answers("BCG"), counts_as=["MMR-1"])
    assert record.answers["counts_as"] == ["BCG-1"]


def test_a_corrected_dose_is_judged_anew(county, people, child):
    record = given(county, people, child, "HepB", BORN)
    with acting(people.village_doctor_a) as doctor:

        def corrected(**changed: object) -> Record:
            return correct_record(
                record_id=record.pk,
                new_id=new_id(),
                answers=answers(**changed),
                reason="写错疫苗",
                by=doctor,
                now=timezone.now(),
            ).record

        with pytest.raises(AgainstSchedule):
            corrected(vaccine="MMR")
        assert corrected(vaccine="BCG").answers["counts_as"] == ["BCG-1"]


# ---------------------------------------------------------------- missed doses


def test_the_list_says_what_was_missed_and_why(county, people, child, village_doctor):
    saved(
        county, people, child, "immunisation.missed_dose", way="1", reached=True, reason="5",
    )  # fmt: skip
    with acting(people.village_doctor_a):
        found = missed_doses(MissedFilter(), TODAY)
        (row,) = found.rows
        assert {dose.vaccine for dose in row.doses} == {"HepB", "BCG"}
        assert row.reason == "5"
        assert row.days_late == (TODAY - BORN).days - 1
        assert missed_doses(MissedFilter(vaccine="BCG"), TODAY).rows
        for nobody in (
            MissedFilter(vaccine="MMR"),
            MissedFilter(reason="2"),
            MissedFilter(reason="none"),
            MissedFilter(village=county.village_a2.code),
            MissedFilter(institution=county.clinic_a2.pk),
            MissedFilter(months_late=12),
        ):
            assert not missed_doses(nobody, TODAY).rows, nobody
    page = village_doctor.get(reverse("immunisation:catch_up"), {"reason": "5"}).content.decode()
    assert "王小宝" in page
    assert "监护人拒绝" in page


def test_the_list_is_taken_out_as_a_sheet(village_doctor, child):
    answer = village_doctor.get(reverse("immunisation:catch_up_sheet"))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[4]][:1] == ["王小宝"]
    assert "卡介苗第1剂" in sheet[4][6].value


def test_a_neighbouring_township_is_not_listed(people, child):
    with acting(people.village_doctor_b):
        assert not missed_doses(MissedFilter(), TODAY).rows


# ---------------------------------------------------------------- adverse events

FOUND = datetime(2026, 9, 1, 8, 0, tzinfo=CHINA)


def event(reported_after: float, signs: list[str], severity: str = "1", **more: object) -> Record:
    return Record(
        answers={
            "vaccine": "DTaP",
            "signs": signs,
            "severity": severity,
            "found_at": "2026-09-01T08:00",
            "reported_at": (FOUND + timedelta(hours=reported_after)).strftime("%Y-%m-%dT%H:%M"),
            **more,
        },
        performed_on=FOUND.date(),
        person=Person(name="甲"),
    )


@pytest.mark.parametrize(
    ("severity", "after", "in_time"),
    [("1", 48, True), ("1", 48.1, False), ("2", 2, True), ("2", 2.1, False)],
)
def test_reports_have_48_hours_and_serious_ones_two(severity, after, in_time):
    assert judge(event(after, ["1"], severity), None, FOUND).reported_in_time is in_time


def test_a_clear_general_reaction_needs_no_investigation():
    assert not needs_investigation({"severity": "1", "signs": ["3", "4"]})
    assert needs_investigation({"severity": "1", "signs": ["3", "7"]})
    assert needs_investigation({"severity": "2", "signs": ["3"]})
    assert judge(event(1, ["4"]), None, FOUND + timedelta(days=30)).stage is Stage.DONE


def test_the_investigation_has_48_hours_the_first_report_seven_days_then_the_class():
    open_event = event(1, ["7"])
    waiting = judge(open_event, None, FOUND + timedelta(hours=48))
    assert (waiting.stage, waiting.is_late) == (Stage.TO_INVESTIGATE, False)
    assert judge(open_event, None, FOUND + timedelta(hours=49)).is_late
    begun = Record(answers={"vaccine": "DTaP", "started_at": "2026-09-02T08:00"})
    owed = judge(open_event, begun, FOUND + timedelta(days=9))
    assert (owed.stage, owed.is_late) == (Stage.TO_REPORT_ON, True)
    begun.answers["preliminary_on"] = "2026-09-05"
    assert judge(open_event, begun, FOUND).stage is Stage.TO_CLASSIFY
    begun.answers["class"] = "5"
    assert judge(open_event, begun, FOUND).stage is Stage.DONE


def test_an_event_is_reported_and_investigated_on_the_pages(county, people, child, village_doctor):
    at = (timezone.now().astimezone(CHINA) - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")
    later = (timezone.now().astimezone(CHINA) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    saved(
        county, people, child, "immunisation.adverse_event", vaccine="HepB", given_on=TODAY.isoformat(),
        started_on=TODAY.isoformat(), found_at=at, signs=["7"], severity="1", reported_at=later,
    )  # fmt: skip
    page = village_doctor.get(reverse("immunisation:reactions")).content.decode()
    assert "王小宝" in page
    assert "待调查" in page
    saved(
        county, people, child, "immunisation.investigation", vaccine="HepB", found_at=at, started_at=later
    )  # fmt: skip
    page = village_doctor.get(reverse("immunisation:reactions"), {"stage": "to_report_on"}).content.decode()
    assert "待初步调查报告" in page


# ---------------------------------------------------------------- coverage


def test_coverage_counts_those_who_reached_the_age_and_had_the_dose(county, people):
    born = add_months(TODAY, -14).replace(day=1)
    for serial in range(1, 5):
        one = resident(county.clinic_a1, f"童{serial}", birth_date=born, lives_here_since=born, serial=serial)
        if serial <= 3:
            given(county, people, one, "BCG", born)
    resident(county.clinic_b1, "外村", birth_date=born, lives_here_since=born, serial=9)
    with acting(people.bureau_officer):
        found = coverage(born.year, TODAY)
    assert [line.name for line in found.lines] == ["", "柳林镇", "石桥镇"]
    bcg = next(index for index, each in enumerate(WANTED) if each.key == "BCG-1")
    late = next(index for index, each in enumerate(WANTED) if each.months == 24)
    cells = [line.cells[bcg] for line in found.lines]
    assert [(cell.done, cell.due) for cell in cells] == [(3, 5), (3, 4), (0, 1)]
    assert cells[1].rate == 75
    assert cells[1].is_low
    assert found.lines[0].cells[late].due == 0, "nobody is two years old"


def test_the_coverage_page_marks_who_is_under_the_minimum(county, people, child):
    officer = sign_in(Client(), people.bureau_officer)
    page = officer.get(reverse("immunisation:coverage"), {"year": BORN.year}).content.decode()
    assert "柳林镇" in page
    assert "低于下限" in page


def test_a_certificate_is_issued_and_shown(county, people, child, village_doctor):
    page = village_doctor.get(reverse("immunisation:child", args=[child.pk])).content.decode()
    assert "尚未登记接种证" in page
    saved(
        county, people, child, "immunisation.certificate", event="3", number="ZJ0001", other_unit="邻县门诊"
    )
    page = village_doctor.get(reverse("immunisation:child", args=[child.pk])).content.decode()
    assert "ZJ0001" in page
    assert "邻县门诊" in page


def test_the_bureau_raises_the_minimum_and_the_page_follows(county, people, child):
    from kangshu.immunisation.coverage import MINIMUM
    from kangshu.work.parameters import LocalParameters

    assert LocalParameters().value(MINIMUM, date(2026, 1, 1)) == 90

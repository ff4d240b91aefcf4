"""A file comes in: checked without a trace, then loaded as chosen, each row by the action the screens use."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests.exchange.conftest import FOLLOW_UP, NOW
from tests.support.accounts import acting
from tests.support.people import id_number, resident

from kangshu.exchange.excel.importing import cancel, check_import, choose, file_of, load_import, receive_file
from kangshu.exchange.excel.reading import NotReadable
from kangshu.exchange.models import ImportJob, ImportState
from kangshu.kernel.errors import Conflict, NotAllowed, NotFound
from kangshu.people.models import Person
from kangshu.work.models import Record

HEADINGS = ("姓名", "身份证号", "居住村（社区）", "电话")


def sheet(*rows: tuple, headings: tuple = HEADINGS) -> list[bytes]:
    book, target = Workbook(), BytesIO()
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    book.save(target)
    return [target.getvalue()]


def number(serial: int) -> str:
    return id_number(date(1955, 2, 3), serial=serial)


def received(account, parts, kind="residents") -> ImportJob:
    with acting(account) as by:
        return receive_file(kind=kind, filename="居民.xlsx", parts=parts, by=by, now=NOW)


def checked(account, parts, kind="residents") -> ImportJob:
    job = received(account, parts, kind)
    check_import(job.pk, account.pk, NOW)
    return again(job, account)


def again(job, account) -> ImportJob:
    with acting(account):
        return ImportJob.objects.prefetch_related("problems").get(pk=job.pk)


def names(account) -> set[str]:
    with acting(account):
        return set(Person.objects.values_list("name", flat=True))


GOOD = ("赵一", number(1), "东柳村", 13900001111)
ALSO_GOOD = ("钱二", number(2), "西柳村", "139 0000 2222")


def test_a_check_finds_every_problem_and_leaves_no_trace(who):
    job = checked(
        who.township_worker_a,
        sheet(
            GOOD,
            ("孙三", "330000000000000000", "东柳村", ""),
            ("李四", number(4), "上桥村", ""),  # another township's village
            ("周五", number(1), "东柳村", ""),  # the number of row 2
            ("", number(6), "东柳村", ""),
            ("吴七", 3.39901e17, "东柳村", ""),
        ),
    )
    assert (job.state, job.rows_seen, job.rows_good, job.rows_bad) == (ImportState.CHECKED, 6, 1, 5)
    found = {problem.row: (problem.column, problem.code) for problem in job.problems.all()}
    assert found[4] == ("C 居住村（社区）", "row.unknown_village")
    assert found[5] == ("B 身份证号", "row.twice")
    assert found[6] == ("A 姓名", "cell.missing")
    assert found[7] == ("B 身份证号", "cell.digits_lost")
    assert 3 in found
    assert names(who.township_worker_a) == set()


def test_the_good_rows_go_in_and_the_bad_ones_stay_listed(who, county):
    account = who.township_worker_a
    job = checked(account, sheet(GOOD, ("李四", number(4), "上桥村", ""), ALSO_GOOD))
    with acting(account) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    load_import(job.pk, account.pk, NOW)
    job = again(job, account)
    assert (job.state, job.rows_loaded, job.rows_bad) == (ImportState.DONE, 2, 1)
    assert [problem.row for problem in job.problems.all()] == [3]
    assert names(account) == {"赵一", "钱二"}
    with acting(account):
        first = Person.objects.get(name="赵一")
        assert (first.institution_id, first.phone) == (county.clinic_a1.pk, "13900001111")
    assert not file_of(job.pk).exists()


def test_a_load_that_runs_twice_registers_once(who):
    account = who.township_worker_a
    job = checked(account, sheet(GOOD, ALSO_GOOD))
    with acting(account) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    kept = file_of(job.pk).read_bytes()
    load_import(job.pk, account.pk, NOW)
    # The worker was killed after the rows and before the note that it is done.
    file_of(job.pk).write_bytes(kept)
    with acting(account):
        ImportJob.objects.filter(pk=job.pk).update(state=ImportState.LOADING)
    load_import(job.pk, account.pk, NOW)
    with acting(account):
        assert Person.objects.count() == 2


def test_all_or_nothing_is_refused_with_a_bad_row(who):
    account = who.township_worker_a
    job = checked(account, sheet(GOOD, ("", number(4), "东柳村", "")))
    with acting(account) as by, pytest.raises(Conflict):
        choose(job_id=job.pk, choice="all_or_nothing", by=by)


def test_all_or_nothing_takes_everything_back_when_somebody_was_quicker(who):
    account = who.township_worker_a
    job = checked(account, sheet(GOOD, ALSO_GOOD))
    with acting(account) as by:
        choose(job_id=job.pk, choice="all_or_nothing", by=by)
    other = checked(account, sheet(ALSO_GOOD))
    with acting(account) as by:
        choose(job_id=other.pk, choice="good_rows", by=by)
    load_import(other.pk, account.pk, NOW)

    load_import(job.pk, account.pk, NOW)

    assert names(account) == {"钱二"}
    job = again(job, account)
    assert (job.state, job.rows_loaded, job.rows_bad) == (ImportState.CHECKED, 0, 1)


def test_visits_come_in_from_a_sheet_with_their_assessment(who, patient):
    person = ("居民姓名", "身份证号或档案编号", "服务日期")
    answers = (
        "mode",
        "symptoms",
        "sbp",
        "dbp",
        "weight",
        "height",
        "medication_adherence",
        "adverse_reaction",
    )
    headings = (*person, *answers)
    account = who.village_doctor_a
    rows = [
        ("王小伟", patient.record_number, "2026/3/2", 2, 1, "132", 84, 65.5, 168, 1, 1),
        ("王大伟", patient.record_number, "2026-04-02", 2, 1, 132, 84, 65.5, 168, 1, 1),
        ("王小伟", patient.record_number, "2026-05-02", 2, 1, 999, 84, 65.5, 168, 1, 1),
    ]
    job = checked(account, sheet(*rows, headings=headings), kind=FOLLOW_UP)
    found = {problem.row: problem.column for problem in job.problems.all()}
    assert found == {3: "A 居民姓名", 4: "F 收缩压"}
    with acting(account) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    load_import(job.pk, account.pk, NOW)
    with acting(account):
        record = Record.objects.get(person=patient)
    assert record.assessment["class"] == "1"
    assert record.provenance["sbp"] == "import"


def test_imported_doses_are_judged_like_those_given_at_the_clinic(who, county):
    """Two doses of one vaccine, the later one first in the file, and one that came months too early."""
    child = resident(county.clinic_a1, "王小宝", sex="2", birth_date=date(2026, 1, 5))
    headings = (
        "居民姓名", "身份证号或档案编号", "服务日期",
        "vaccine", "batch", "expires_on", "site", "kind", "fund", "consent",
    )  # fmt: skip
    rows = [
        ("王小宝", child.record_number, on, vaccine, "2026A", "2027-12-31", 1, 1, 1, "是")
        for on, vaccine in (
            ("2026-02-06", "HepB"), ("2026-01-05", "HepB"), ("2026-02-06", "MMR"), ("2026-03-09", "IPV"),
        )
    ]  # fmt: skip
    account = who.village_doctor_a
    job = checked(account, sheet(*rows, headings=headings), kind="immunisation.dose")
    assert [(one.row, one.code) for one in job.problems.all()] == [(4, "immunisation.against_schedule")]
    with acting(account) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    load_import(job.pk, account.pk, NOW)
    with acting(account):
        doses = Record.objects.filter(person=child).order_by("performed_on")
        assert [one.answers["counts_as"] for one in doses] == [["HepB-1"], ["HepB-2"], ["IPV-1"]]
    assert (doses[0].provenance["counts_as"], doses[0].provenance["vaccine"]) == ("computed", "import")


def test_a_file_that_is_no_spreadsheet_is_not_even_kept(who, tmp_path):
    with pytest.raises(NotReadable):
        received(who.township_worker_a, [b"%PDF-1.7"])
    assert list((tmp_path / "imports").iterdir()) == []


def test_what_only_reading_finds_ends_the_job_with_the_reason(who):
    job = checked(who.township_worker_a, ["编号,金额\n1,2\n".encode()])
    assert job.state == ImportState.FAILED
    assert "表头" in job.refusal_zh
    assert not file_of(job.pk).exists()


def test_a_cancelled_import_keeps_no_copy(who):
    job = checked(who.township_worker_a, sheet(GOOD))
    with acting(who.township_worker_a) as by:
        assert cancel(job_id=job.pk, by=by, now=NOW).state == ImportState.CANCELLED
    assert not file_of(job.pk).exists()


def test_another_township_sees_neither_the_job_nor_its_problems(who):
    job = checked(who.township_worker_a, sheet(("", number(4), "东柳村", "")))
    with acting(who.township_worker_b) as by, pytest.raises(NotFound):
        choose(job_id=job.pk, choice="good_rows", by=by)
    with acting(who.township_worker_b):
        assert not ImportJob.objects.exists()
    with acting(who.bureau_officer) as by, pytest.raises(NotFound):
        choose(job_id=job.pk, choice="good_rows", by=by)


def test_an_inspector_may_not_import(who):
    with pytest.raises(NotAllowed):
        received(who.inspector, sheet(GOOD))


def test_encounters_come_in_once_and_tell_their_diagnosis(who, patient):
    headings = ("姓名", "身份证号或档案编号", "就诊流水号", "就诊类型", "就诊（入院）日期", "主要诊断编码")
    account = who.village_doctor_a
    rows = [
        ("王小伟", patient.record_number, "000123", "门诊", "2026-09-01", "I10.x00"),
        ("王小伟", patient.record_number, "000124", "门诊", "2026-09-02", "高血压"),
    ]
    for _ in range(2):
        job = checked(account, sheet(*rows, headings=headings), kind="encounters")
        with acting(account) as by:
            choose(job_id=job.pk, choice="good_rows", by=by)
        load_import(job.pk, account.pk, NOW)
    assert [problem.row for problem in again(job, account).problems.all()] == [3]
    with acting(account):
        assert patient.encounters.count() == 1


def test_a_row_that_repeats_another_of_the_same_file_is_told_and_the_first_goes_in(who, patient):
    """Rows are put in together; what one of them means for the next is seen all the same."""
    headings = (
        "居民姓名", "身份证号或档案编号", "服务日期", "mode", "symptoms", "sbp", "dbp", "weight", "height",
        "medication_adherence", "adverse_reaction",
    )  # fmt: skip
    account = who.village_doctor_a
    given = (2, 1, 150, 92, 65.5, 168, 1, 1)
    rows = [
        ("王小伟", patient.record_number, "2026-03-02", *given),
        ("王小伟", patient.record_number, "2026-03-02", *given),
        ("王小伟", patient.record_number, "2026-03-16", *given),
    ]
    job = checked(account, sheet(*rows, headings=headings), kind=FOLLOW_UP)
    assert {problem.row: problem.code for problem in job.problems.all()} == {3: "record.same_day"}
    with acting(account) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    load_import(job.pk, account.pk, NOW)
    with acting(account):
        records = Record.objects.filter(person=patient).order_by("performed_on")
        # The second unsatisfied in a row is referred: it was judged after the first.
        assert [record.assessment["action"] for record in records] == ["adjust", "refer"]


def test_who_may_no_longer_record_visits_loads_nothing(who, patient):
    account = who.hospital_clerk  # imports residents and encounters, but records no visits
    with pytest.raises(NotAllowed):
        received(account, sheet(GOOD), kind=FOLLOW_UP)

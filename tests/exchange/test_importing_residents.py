"""A sheet of residents goes in by batches and comes to what its rows come to one by one."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from tests.exchange.conftest import NOW
from tests.exchange.test_importing import checked, number, sheet
from tests.support.accounts import acting
from tests.support.people import resident

from kangshu.exchange.excel.importing import choose, load_import
from kangshu.exchange.models import ImportProblem
from kangshu.people.bulk import register_one_by_one
from kangshu.people.models import Person

MORE_HEADINGS = ("姓名", "身份证号", "性别", "出生日期", "居住村（社区）", "电话")
MIXED = (
    ("赵一", number(1), "", "", "东柳村", "13900001111"),
    ("钱二", number(1), "", "", "东柳村", ""),  # the number of the row before
    ("孙三", number(3)[:6] + "-" + number(3)[6:], "", "", "西柳村", ""),
    ("孙三", number(3), "", "", "西柳村", ""),  # the same number, spelled otherwise
    ("李四", number(4), "", "", "上桥村", ""),  # another township's village
    ("周五", number(5), "", "", "东柳村", ""),  # registered already
    ("吴六", "", "2", "2026-09-20", "东柳村", ""),  # a newborn without a number
    ("伍六", "", "女", "2026/9/20", "西柳村", ""),  # reads like the row before
    ("郑七", "", "1", "", "东柳村", ""),  # neither number nor birth date
    ("王八", number(8), "2", "", "东柳村", "12"),
    ("冯九", number(9), "", "", "东柳村", ""),
)


def test_a_sheet_in_batches_comes_to_what_its_rows_come_to_one_by_one(who, county, monkeypatch):
    account = who.township_worker_a
    resident(county.clinic_a2, "周五", birth_date=date(1955, 2, 3), serial=5)
    at_once = brought_in(account)
    monkeypatch.setattr(
        "kangshu.exchange.excel.kinds.register_people",
        lambda rows, by, now: register_one_by_one(enumerate(rows), by=by, now=now),
    )
    assert brought_in(account) == at_once
    problems, people = at_once
    assert {row: code for row, _, code, *_ in problems} == {
        3: "row.twice",
        5: "person.already_registered",
        6: "row.unknown_village",
        7: "person.already_registered",
        9: "person.near_match",
        10: "person.missing",
        11: "person.phone",
    }
    assert [name for name, *_ in people] == ["冯九", "吴六", "周五", "孙三", "赵一"]


def brought_in(account) -> tuple[list, list]:
    """The problems and the people of the sheet once loaded; then all is taken back."""
    mark = transaction.savepoint()
    job = checked(account, sheet(*MIXED, headings=MORE_HEADINGS))
    found = told(job, account)
    with acting(account) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    load_import(job.pk, account.pk, NOW)
    assert told(job, account) == found
    with acting(account):
        people = list(
            Person.objects.order_by("name").values_list(
                "name", "record_number", "sex", "birth_date", "undocumented", "scope_path", "phone"
            )
        )
    transaction.savepoint_rollback(mark)
    return found, people


def told(job, account) -> list[tuple]:
    with acting(account):
        columns = ("row", "column", "code", "value", "reason_zh", "reason_en")
        return list(ImportProblem.objects.filter(job=job).values_list(*columns))

"""A township worker: a spreadsheet comes in, its good rows are loaded, a resident is found by keyboard."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from tests.journeys.conftest import Visitor, World
from tests.support.people import id_number


def filled_sheet() -> bytes:
    book, target = Workbook(), BytesIO()
    book.active.append(("姓名", "身份证号", "居住村（社区）", "电话"))
    for serial, name in enumerate(("赵一", "钱二", "孙三"), start=40):
        book.active.append((name, id_number(date(1955, 2, 3), serial=serial), "东柳村", "13900001111"))
    book.active.append(("李四", "330000000000000000", "东柳村", ""))
    book.save(target)
    return target.getvalue()


def run_worker() -> None:
    """What the background worker would do within a second."""
    from django.utils import timezone

    from kangshu.access.scope import entered_as_system
    from kangshu.exchange.excel.importing import check_import, load_import
    from kangshu.exchange.models import ImportJob

    with entered_as_system("journey"):
        job = ImportJob.objects.get()
    work = load_import if job.state == "loading" else check_import
    work(job.pk, job.account_id, timezone.now())


def upload(someone: Visitor) -> None:
    someone.open("/exchange/imports")
    someone.page.get_by_label("文件", exact=False).last.set_input_files(
        {"name": "东柳村居民.xlsx", "mimeType": "application/octet-stream", "buffer": filled_sheet()}
    )
    someone.picture("upload")
    someone.check_accessible()
    someone.press("上传并检查")


def test_a_spreadsheet_is_checked_and_its_good_rows_are_loaded(visitor, world: World):
    someone = visitor("desktop")
    someone.sign_in("township_worker_a")
    someone.sees("各机构进度")
    someone.picture("desk")
    someone.check_accessible()

    upload(someone)
    someone.sees("等待检查")
    run_worker()
    # The page asks by itself; nobody presses anything.
    someone.sees("第 5 行")
    someone.sees("有问题的行")
    someone.picture("checked")
    someone.check_accessible()

    someone.press("只导入无问题的 3 行")
    run_worker()
    someone.sees("已导入 3 行")
    someone.picture("loaded")
    someone.check_accessible()

    someone.page.keyboard.press("/")
    someone.page.keyboard.type("钱二")
    someone.page.keyboard.press("Enter")
    someone.sees("钱二")
    someone.picture("found")
    someone.check_accessible()

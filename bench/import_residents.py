"""How fast a spreadsheet of residents comes in, as a county registers its people on the first day.

`run(options)` makes 400 villages with a clinic each, writes an .xlsx of `options.records` residents (nine in
ten with an identity number, nobody registered yet) and lets the worker's own functions check it (nothing
stays) and load its good rows. Of a hundred rows one cannot be taken and one repeats an earlier row. Reported
are the rows a second of each pass, the processor time of Python in them, and the most memory the process had.
"""

from __future__ import annotations

import random
import resource
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.import_file import _account, _timed

ROWS = 20_000
VILLAGES, TOWNSHIPS = 400, 20
HEADINGS = ("name", "id_number", "sex", "birth_date", "phone", "village", "address", "residence_type")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国春梅志海燕红金凤文斌雪飞鹏宇晨浩子轩欣怡"


def run(options: Any = None) -> dict[str, Any]:
    """Make the villages, write the file, check and load it."""
    from django.utils import timezone

    from kangshu.access.scope import entered
    from kangshu.exchange.excel.importing import check_import, choose, load_import, receive_file
    from kangshu.exchange.models import ImportJob

    rows = int(getattr(options, "records", None) or ROWS)
    now = timezone.now()
    _places()
    importer: Any = type("Importer", (), {"account_id": _account()})()
    with TemporaryDirectory() as folder, entered(importer) as by:
        file = Path(folder) / "residents.xlsx"
        _write(file, rows)
        parts = iter([file.read_bytes()])
        job = receive_file(kind="residents", filename="residents.xlsx", parts=parts, by=by, now=now)
    checked, check_cpu = _timed(lambda: check_import(job.pk, importer.account_id, now))
    with entered(importer) as by:
        choose(job_id=job.pk, choice="good_rows", by=by)
    loaded, load_cpu = _timed(lambda: load_import(job.pk, importer.account_id, now))
    with entered(importer):
        job = ImportJob.objects.get(pk=job.pk)
    if job.state != "done":
        raise RuntimeError(f"{job.state}: {job.refusal_en}")
    return {
        "rows": rows,
        "loaded": job.rows_loaded,
        "refused": job.rows_bad,
        "check_rows_per_second": round(rows / checked),
        "load_rows_per_second": round(rows / loaded),
        "minutes_for_200000_rows": round(200_000 / rows * (checked + loaded) / 60, 1),
        "python_microseconds_a_row": {
            "check": round(check_cpu / rows * 1e6),
            "load": round(load_cpu / rows * 1e6),
        },
        "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _places() -> None:
    from kangshu.places.models import Institution, Region
    from kangshu.places.scope import path_segment

    since = date(2015, 1, 1)
    county = Region.objects.create(code="339901000000", name="青溪县", level=3, valid_from=since)
    bureau = Institution.objects.create(
        code="P0", name="卫生健康局", kind="bureau", region=county, path="0001.", valid_from=since
    )
    townships = [
        Region.objects.create(
            code=f"339901{number:03d}000", name=f"镇{number}", level=4, parent=county, valid_from=since
        )
        for number in range(100, 100 + TOWNSHIPS)
    ]
    for number in range(VILLAGES):
        township = townships[number % TOWNSHIPS]
        village = Region.objects.create(
            code=f"{township.code[:9]}{number + 1:03d}",
            name=f"村{number}",
            level=5,
            parent=township,
            valid_from=since,
        )
        Institution.objects.create(
            code=f"D{number}",
            name=f"卫生室{number}",
            kind="village_clinic",
            region=village,
            parent=bureau,
            path=bureau.path + path_segment(number + 1),
            valid_from=since,
        )


def _write(file: Path, rows: int) -> None:
    from openpyxl import Workbook

    from kangshu.kernel.identifiers import resident_id_check_character

    draw = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    last: tuple[Any, ...] = ()
    for number in range(rows):
        if number % 100 == 50:
            sheet.append(last)
            continue
        born = date(1940, 1, 1) + timedelta(days=number * 7919 % 29_000)
        first = f"339901{born:%Y%m%d}{number // 29_000 * 2 + 1:03d}"
        has_number = number % 10 != 3
        last = (
            draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=2)),
            first + resident_id_check_character(first) if has_number else None,
            None if has_number else "1 男",
            None if has_number else born.isoformat(),
            f"139{number:08d}",
            "没有的村" if number % 100 == 99 else f"村{draw.randrange(VILLAGES)}",
            f"{number % 9 + 1} 组 {number % 80 + 1} 号",
            "1",
        )
        sheet.append(last)
    book.save(file)

"""How fast a spreadsheet of follow-ups comes in, as a health centre uploads it: checked, then loaded.

`run(options)` makes patients of 400 clinics, writes an .xlsx of `options.records` rows, ten visits of each
patient one after another, and lets the worker's own functions check it (nothing stays) and load its good
rows. One row in a hundred cannot be taken. Reported are the rows a second of each pass, the processor time of
Python in them, and the most memory the process had.
"""

from __future__ import annotations

import random
import resource
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.import_records import EACH, FORM, KIND, OPENED, _people

ROWS = 20_000
HEADINGS = (
    "person_name", "person_number", "performed_on", "mode", "symptoms", "sbp", "dbp", "weight", "height",
    "heart_rate", "smoking", "drinking", "medication_adherence", "adverse_reaction",
)  # fmt: skip


def run(options: Any = None) -> dict[str, Any]:
    """Make the patients, write the file, check and load it."""
    from django.utils import timezone

    from kangshu.access.scope import entered
    from kangshu.exchange.excel.importing import check_import, choose, load_import, receive_file
    from kangshu.exchange.models import ImportJob

    rows = int(getattr(options, "records", None) or ROWS)
    now = timezone.now()
    numbers = _patients(rows // EACH, now)
    importer: Any = type("Importer", (), {"account_id": _account()})()
    with TemporaryDirectory() as folder, entered(importer) as by:
        file = Path(folder) / "visits.xlsx"
        _write(file, numbers)
        parts = iter([file.read_bytes()])
        job = receive_file(kind=FORM, filename="visits.xlsx", parts=parts, by=by, now=now)
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


def _timed(work: Any) -> tuple[float, float]:
    begun, used = time.monotonic(), time.process_time()
    work()
    return time.monotonic() - begun, time.process_time() - used


def _patients(count: int, now: Any) -> list[str]:
    """Record numbers of patients with an open case, person by person."""
    from django.db import connections

    from kangshu.access.scope import entered_as_system
    from kangshu.work.bulk import NewCase, load_cases

    people = _people(count, now)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET record_number = '99' || lpad(n::text, 15, '0') FROM"
            " (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person) numbered"
            " WHERE numbered.id = people_person.id"
        )
        cursor.execute(
            "SELECT record_number FROM people_person WHERE id = ANY (%s) ORDER BY id",
            [[person for person, _ in people]],
        )
        numbers = [row[0] for row in cursor.fetchall()]
    with entered_as_system("bench import") as system:
        cases = (NewCase(KIND, person, OPENED, institution_id=clinic) for person, clinic in people)
        load_cases(cases, by=system, now=now)
    return numbers


def _account() -> Any:
    """A public-health worker above all the clinics."""
    from kangshu.access.models import Account, Assignment
    from kangshu.places.models import Institution

    account, made = Account.objects.using("owner").get_or_create(
        username="bench-import", defaults={"name": "压测"}
    )
    if made:
        Assignment.objects.using("owner").create(
            account=account,
            role="township_worker",
            institution=Institution.objects.using("owner").get(path="0001."),
            from_on=date(2020, 1, 1),
        )
    return account.pk


def _write(file: Path, numbers: list[str]) -> None:
    from openpyxl import Workbook

    draw = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for place, number in enumerate(numbers):
        for visit in range(EACH):
            day = OPENED + timedelta(days=85 * visit + draw.randrange(20))
            sbp = 999 if visit == 0 and place % 10 == 0 else draw.choice((126, 138, 155, 166))
            sheet.append(("甲", number, day, "2", "1", sbp, 84, 65.5, 168, 72, 0, 0, 1, 1))
    book.save(file)

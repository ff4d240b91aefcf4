"""What the background worker does for exchange."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from kangshu.exchange.excel.importing import check_import, load_import


@app.task(name="exchange.check_import", queue="imports")
def check_import_file(*, job_id: str, account_id: str) -> None:
    check_import(UUID(job_id), UUID(account_id), timezone.now())


@app.task(name="exchange.load_import", queue="imports", retry=2)
def load_import_file(*, job_id: str, account_id: str) -> None:
    load_import(UUID(job_id), UUID(account_id), timezone.now())

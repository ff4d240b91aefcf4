"""How long a snapshot takes: of everything, and of what a thousand new records changed.

The target is 10 million records, follow-ups and health checks half and half, in under 90 seconds on two
cores, and under 5 seconds for the next one. `copy_seconds` is a bare COPY of the same rows to nowhere: the
floor.
"""

from __future__ import annotations

import resource
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

DEFAULT_RECORDS = 10_000_000
CHANGED = 1_000


def run(options: Any = None) -> dict[str, Any]:
    """Fill, take all, change a thousand records, take the rest."""
    from bench._county import TAKEN_AT, fill
    from django.conf import settings

    from kangshu.config.connections import embedded_cluster
    from kangshu.indicators.actions import database_address
    from kangshu.indicators.snapshot.take import take

    records = int(getattr(options, "records", None) or DEFAULT_RECORDS)
    root = Path(settings.KANGSHU_SNAPSHOTS)
    name = settings.DATABASES["default"]["NAME"]
    filled = fill(lambda: embedded_cluster().connect_as_superuser(name), records)
    with embedded_cluster().connect_as_superuser(name) as connection:
        copy = _bare_copy(connection)
        whole = take(root, database_address(), now=TAKEN_AT, whole=True)
        _add(connection, CHANGED)
    increment = take(root, database_address(), now=TAKEN_AT + timedelta(minutes=1))
    return {
        "bench": "snapshot",
        "records": records,
        **filled,
        "copy_seconds": copy,
        "whole_seconds": round(whole.seconds, 1),
        "whole_rows_per_second": round(whole.rows_written / whole.seconds),
        "whole_bytes": whole.bytes_written,
        "ratio_to_copy": round(whole.seconds / copy, 2),
        "increment_rows": increment.rows_written,
        "increment_seconds": round(increment.seconds, 2),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _bare_copy(connection: Any) -> float:
    began = time.monotonic()
    with connection.cursor().copy("COPY work_record TO STDOUT (FORMAT binary)") as copy:
        for _ in copy:
            pass
    return round(time.monotonic() - began, 1)


def _add(connection: Any, count: int) -> None:
    """As many new records, told from the old ones by their ids."""
    columns = (
        "form_id, form_version, answers, provenance, performed_on, entered_at, assessment, status, reason,"
        " case_id, institution_id, person_id, scope_path, compartment"
    )
    connection.execute(
        f"INSERT INTO work_record (id, {columns}) SELECT uuidv7(), {columns} FROM work_record LIMIT {count}"
    )

"""What every figure about people costs to write as SQL and to count, by year, institution and month.

Uses the latest snapshot of the home (`--home`: a demo's will do); without one a county is filled first.
`written_cpu_seconds` is the engine's own work, `counted_cpu_seconds` the database's, planning included.
"""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

DEFAULT_RECORDS = 100_000
SPLITS = ("", "institution", "institution,month")


def run(options: Any = None) -> dict[str, Any]:
    """Write and count the whole catalogue once for each split."""
    from bench._county import TAKEN_AT, fill
    from django.conf import settings

    from kangshu.config.connections import embedded_cluster
    from kangshu.indicators.actions import database_address
    from kangshu.indicators.snapshot import manifest
    from kangshu.indicators.snapshot.store import opened
    from kangshu.indicators.snapshot.take import take

    root = Path(settings.KANGSHU_SNAPSHOTS)
    if not manifest.names(root):
        name = settings.DATABASES["default"]["NAME"]
        records = int(getattr(options, "records", None) or DEFAULT_RECORDS)
        fill(lambda: embedded_cluster().connect_as_superuser(name), records)
        take(root, database_address(), now=TAKEN_AT)
    shutil.rmtree(Path(settings.KANGSHU_HOME) / "cache" / "statements", ignore_errors=True)
    store = opened(root)
    return {
        "bench": "catalogue",
        "rows": sum(part.rows for table in store.manifest.tables.values() for part in table.parts),
        "splits": [_split(store, by) for by in SPLITS],
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _split(store: Any, by: str) -> dict[str, Any]:
    from kangshu.declare import registry
    from kangshu.declare.indicator import Counts
    from kangshu.indicators.engine.compute import is_possible, parameters_of
    from kangshu.indicators.engine.query import family_of
    from kangshu.indicators.engine.splits import parse_dimensions, periods_of, raw_dimensions
    from kangshu.indicators.engine.statements import statement_of
    from kangshu.indicators.engine.sums import MOST_TOGETHER
    from kangshu.kernel.periods import parse_period

    year = parse_period("2026")
    dimensions = parse_dimensions(by) if by else ()
    parameters = parameters_of(store)
    asked = [
        one
        for one in registry.indicators()
        if one.counts is not Counts.ENTRIES and is_possible(one, year, store)
    ]
    asked.sort(key=lambda one: (str(family_of(one)), one.id))
    writing, counting, longest = [], [], 0
    for _, group in groupby(asked, key=family_of):
        members = list(group)
        raw = raw_dimensions(dimensions, members[0])
        periods = list(periods_of(dimensions, year, members[0].months).values())
        for first in range(0, len(members), MOST_TOGETHER):
            together = members[first : first + MOST_TOGETHER]
            statement, seconds = _timed(lambda: statement_of(store, together, periods, raw, parameters))  # noqa: B023
            writing.append(seconds)
            counting.append(_timed(lambda: store.arrow(statement.sql))[1])  # noqa: B023
            longest = max(longest, len(statement.sql))
    return {
        "by": by or "year",
        "indicators": len(asked),
        "statements": len(writing),
        "written_cpu_seconds": round(sum(writing), 2),
        "slowest_written_cpu_seconds": round(max(writing), 2),
        "counted_cpu_seconds": round(sum(counting), 2),
        "longest_statement_kib": longest // 1024,
    }


def _timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return ask(), time.process_time() - began

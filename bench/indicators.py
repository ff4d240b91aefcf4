"""How long the three hypertension indicators take, by institution and month, over ten million records.

`first_seconds` opens the snapshot and compiles the statement, `counted_seconds` counts with a statement
that was compiled before (for an earlier snapshot), `again_seconds` reads what was kept. The target is under
a second.
"""

from __future__ import annotations

import resource
import shutil
import time
from pathlib import Path
from typing import Any

DEFAULT_RECORDS = 10_000_000
INDICATORS = (
    "hypertension.management_rate",
    "hypertension.standardised_management_rate",
    "hypertension.control_rate",
)
ROUNDS = 5


def run(options: Any = None) -> dict[str, Any]:
    """Take a snapshot if there is none, then ask."""
    from bench._county import TAKEN_AT, fill
    from django.conf import settings

    from kangshu.config.connections import embedded_cluster
    from kangshu.indicators.actions import database_address
    from kangshu.indicators.engine.compute import Question, compute_all, find_indicator
    from kangshu.indicators.engine.splits import parse_dimensions
    from kangshu.indicators.snapshot import manifest
    from kangshu.indicators.snapshot.store import forget, opened
    from kangshu.indicators.snapshot.take import take
    from kangshu.kernel.periods import parse_period

    records = int(getattr(options, "records", None) or DEFAULT_RECORDS)
    root = Path(settings.KANGSHU_SNAPSHOTS)
    if not manifest.names(root):
        name = settings.DATABASES["default"]["NAME"]
        fill(lambda: embedded_cluster().connect_as_superuser(name), records)
        take(root, database_address(), now=TAKEN_AT)
    indicators = [find_indicator(id) for id in INDICATORS]
    question = Question(parse_period("2026"), parse_dimensions("institution,month"), suppress_below=0)
    singles = Question(parse_period("2026"), parse_dimensions("institution"), suppress_below=0)

    def timed(asked: list[Any], what: Question) -> float:
        began = time.monotonic()
        compute_all(asked, what, opened(root))
        return round(time.monotonic() - began, 3)

    def forget_sums() -> None:
        shutil.rmtree(root / "results", ignore_errors=True)

    forget_sums()
    shutil.rmtree(Path(settings.KANGSHU_HOME) / "cache" / "statements", ignore_errors=True)
    first = timed(indicators, question)
    counted = []
    for _ in range(ROUNDS):
        forget_sums()
        counted.append(timed(indicators, question))
    again = timed(indicators, question)
    forget_sums()
    forget()
    cold = timed(indicators, question)
    forget_sums()
    compute_all(indicators, singles, opened(root))
    forget_sums()
    floor = _floor(opened(root))
    single = {one.id: _best(lambda one=one: (forget_sums(), timed([one], singles))[1]) for one in indicators}
    return {
        "bench": "indicators",
        "records": sum(
            part.rows
            for name, table in opened(root).manifest.tables.items()
            if name.startswith("records.")
            for part in table.parts
        ),
        "indicators": list(INDICATORS),
        "by": "institution, month",
        "first_seconds": first,
        "cold_store_seconds": cold,
        "counted_seconds": sorted(counted),
        "again_seconds": again,
        "single_by_institution_seconds": single,
        "floor_seconds": floor,
        "counted_to_floor": round(min(counted) / floor, 2) if floor else None,
        "catalogue": _catalogue(root) if getattr(options, "whole", True) else None,
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _floor(store: Any) -> float:
    """One pass over the columns of the records that the three figures read."""
    form = "records.chronic.hypertension.follow_up"
    store.table(form)
    columns = ("person", "performed_on", "institution", "next_on", "a_sbp", "a_dbp")
    asked = ", ".join(f'hash("{column}")' for column in columns)
    sql = f'SELECT bit_xor(hash({asked})) FROM "{form}"'

    def once() -> float:
        began = time.monotonic()
        store.execute(sql).fetchall()
        return time.monotonic() - began

    return round(_best(once), 3)


def _catalogue(root: Path) -> dict[str, Any]:
    """Every figure about people, by institution and month of the year: compiled before, then counted anew."""
    from kangshu.declare import registry
    from kangshu.declare.indicator import Counts
    from kangshu.indicators.engine.compute import Question, compute_all, is_possible
    from kangshu.indicators.engine.splits import parse_dimensions
    from kangshu.indicators.snapshot.store import opened
    from kangshu.kernel.periods import parse_period

    period = parse_period("2026")
    question = Question(period, parse_dimensions("institution,month"), suppress_below=0)
    store = opened(root)
    asked = [
        one
        for one in registry.indicators()
        if one.counts is not Counts.ENTRIES and is_possible(one, period, store)
    ]
    took = []
    for _ in range(2):
        shutil.rmtree(root / "results", ignore_errors=True)
        began = time.monotonic()
        results = compute_all(asked, question, store)
        took.append(round(time.monotonic() - began, 1))
    return {
        "indicators": len(asked),
        "rows": sum(len(result.rows) for result in results),
        "compiled_and_counted_seconds": took[0],
        "counted_seconds": took[1],
    }


def _best(ask: Any) -> float:
    return min(ask() for _ in range(3))

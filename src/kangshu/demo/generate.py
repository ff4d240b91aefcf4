"""Stores the synthetic county: places, people, a year of work, planted faults, accounts.

One township at a time goes through the memory of each process. The same options give the same county on the
same day, except for the ciphertext of identity numbers, whose nonces must never repeat.
"""

from __future__ import annotations

import os
import time as clock
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from kangshu.demo import tables
from kangshu.demo.accounts import make_accounts
from kangshu.demo.inventions import Plot
from kangshu.demo.logbooks import load_logbooks
from kangshu.demo.making import Making
from kangshu.demo.options import Generated, Options
from kangshu.demo.reports import Tally, load_reports, load_targets
from kangshu.demo.stock import load_stock
from kangshu.demo.storing import Stored, store_all
from kangshu.demo.tables import Loader
from kangshu.kernel.dates import CHINA
from kangshu.people.matching.duplicates import find_duplicates
from kangshu.places.models import Region

Progress = Callable[[str, int, int], None]

# The nightly search would find them by tomorrow; a small demo shows its review page at once.
SEARCHED_FOR_DUPLICATES = 50_000
WORTH_PROCESSES = 10_000
"""From so many residents on, townships are made side by side, one a core."""


def is_generated() -> bool:
    """Whether this database already holds a county."""
    return Region.objects.exists()


def planted_file() -> Path:
    """Where the list of planted faults is written."""
    return Path(settings.KANGSHU_HOME) / "demo" / "planted.json"


def generate(
    options: Options,
    *,
    progress: Progress = lambda part, done, total: None,
    using: str = "owner",
) -> Generated:
    """Make the county in an empty, migrated database, through the connection of the tables' owner."""
    started = clock.monotonic()
    making = Making(options)
    loader = Loader(using)
    tables.load_places(loader, making.county, making.establishment)
    load_stock(options)  # before the work, which takes from it
    stored = _store(making, loader, progress)
    patient = next((one.patient for one in stored if one.patient is not None), None)
    make_accounts(making.establishment, patient, options, using)
    plot, tally = Plot(), Tally()
    for one in stored:
        plot.add(one.plot)
        tally.add(one.tally)
    load_reports(loader, making.establishment, tally, plot, options)
    load_targets(loader, making.establishment, options)
    loader.counts |= load_logbooks(making.establishment, options, using)
    plot.write(planted_file(), options)
    loader.run("ANALYZE")
    if options.residents <= SEARCHED_FOR_DUPLICATES and using == "owner":
        progress("duplicates", 0, 1)
        find_duplicates(now=datetime.combine(options.today, time(23, 30), CHINA))
        progress("duplicates", 1, 1)
    return Generated(loader.counts, planted_file(), clock.monotonic() - started)


def _store(making: Making, loader: Loader, progress: Progress) -> list[Stored]:
    """Every township stored, in the county's order."""
    total = len(making.townships())
    alone = making.options.residents < WORTH_PROCESSES or loader.using != "owner"
    processes = 1 if alone else min(os.cpu_count() or 1, total)
    stored = []
    progress("townships", 0, total)
    for one in store_all(making, loader.using, processes):
        stored.append(one)
        for table, count in one.counts.items():
            loader.counts[table] = loader.counts.get(table, 0) + count
        progress("townships", len(stored), total)
    return sorted(stored, key=lambda one: one.place)

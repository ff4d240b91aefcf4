"""What the web processes take over from the process that forks them."""

from __future__ import annotations

import multiprocessing
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kangshu.cli.serving import let_go_before_forking
from kangshu.indicators.actions import take_snapshot
from kangshu.indicators.snapshot.store import opened
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.dates import CHINA


def _count(root: Path) -> None:
    opened(root).execute(f"SELECT DISTINCT i FROM read_parquet('{root}/*.parquet')").fetchall()


@pytest.mark.django_db(transaction=True)
def test_a_web_process_counts_on_a_snapshot_that_was_open_when_it_was_forked(tmp_path):
    """After the first `kangshu demo` the desk of a bureau officer stood still, and soon the whole site."""
    take_snapshot(by=SystemActor("test"), now=datetime(2026, 9, 30, 9, 0, tzinfo=CHINA), root=tmp_path)
    for part in range(3):
        pq.write_table(pa.table({"i": range(1000)}), tmp_path / f"{part}.parquet")
    _count(tmp_path)

    let_go_before_forking()
    child = multiprocessing.get_context("fork").Process(target=_count, args=(tmp_path,))
    child.start()
    child.join(15)
    stands_still = child.is_alive()
    child.kill()
    assert not stands_still
    assert child.exitcode == 0

"""Figures of logbooks from a snapshot are those of the plain reading, entry by entry."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest
from tests.indicators.counties import answer, new_id, table

from kangshu.declare import registry
from kangshu.declare.logbook import ENTERED, How, Logbook
from kangshu.fieldwork import figures
from kangshu.fieldwork.reckoning import LaidOut, OnRegister, Reckoned, laid_out, reckon
from kangshu.fieldwork.rules import typed_facts
from kangshu.indicators.snapshot import layout, manifest, writing
from kangshu.indicators.snapshot.manifest import Manifest
from kangshu.indicators.snapshot.store import Store, forget, opened
from kangshu.kernel.periods import Period, parse_period

TAKEN_AT = datetime(2026, 9, 30, 12, tzinfo=UTC)
PERIODS = [parse_period(text) for text in ("2026", "2026-Q1", "2026-03")]
PLACES = 3


@pytest.fixture(autouse=True)
def _close_stores():
    yield
    forget()


class Written:
    """Random sites and entries of a logbook, as values and as a snapshot."""

    def __init__(self, logbook: Logbook, seed: int, root: Path) -> None:
        self.logbook, random = logbook, Random(seed)
        institutions = [new_id(random) for _ in range(PLACES)]
        self.sites = self._sites(random, institutions)
        self.entries = [self._entry(random, institutions) for _ in range(60)]
        self.store = self._snapshot(root)

    def _sites(self, random: Random, institutions: list[UUID]) -> list[tuple[Any, ...]]:
        if self.logbook.site is None:
            return []
        return [
            (new_id(random), random.choice(institutions), opened_on,
             opened_on + timedelta(days=random.randrange(600)) if random.random() < 0.3 else None,
             self._facts(random, self.logbook.site_frame))
            for opened_on in (_day(random) for _ in range(8))
        ]  # fmt: skip

    def _entry(self, random: Random, institutions: list[UUID]) -> tuple[Any, ...]:
        own = {name: field for name, field in self.logbook.frame.items() if name != "stage"}
        facts = self._facts(random, own)
        facts["stage"] = random.choice([ENTERED, *(stage.id for stage in self.logbook.stages)])
        institution, site = random.choice(institutions), None
        if self.sites:
            id, institution, _, _, particulars = random.choice(self.sites)
            site = id
            facts |= particulars
        status = "withdrawn" if random.random() < 0.1 else "current"
        return new_id(random), institution, site, _day(random), status, facts

    def _facts(self, random: Random, frame: dict[str, Any]) -> dict[str, Any]:
        facts = {name: answer(random, field) for name, field in frame.items() if random.random() < 0.85}
        return {name: value for name, value in facts.items() if value is not None}

    def _snapshot(self, root: Path) -> Store:
        kinds = {"id": None, "institution": None, "site": None}
        sources = {source.table: source for source in layout.SOURCES}
        rows = [
            (id, self.logbook.id, institution, site, None, on, status, json.dumps(facts), "")
            for id, institution, site, on, status, facts in self.entries
        ]
        written = {}
        entries = table(
            kinds | {
                "id": None, "logbook": pa.string(), "institution": None, "site": None, "staff": None,
                "counted_on": pa.date32(), "status": pa.string(), "facts": pa.string(),
                "compartment": pa.string(),
            },
            [_in_order(row) for row in rows],
        )  # fmt: skip
        written["entries"] = writing.write_table(root, sources["entries"], iter([entries]), "s", 0)
        prefix = "site__"
        kind = self.logbook.site.id if self.logbook.site else ""
        sites = table(
            {
                "id": None, "kind": pa.string(), "institution": None, "registered_on": pa.date32(),
                "closed_on": pa.date32(), "facts": pa.string(), "compartment": pa.string(),
            },
            [
                (id, kind, institution, first, last,
                 json.dumps({name.removeprefix(prefix): value for name, value in facts.items()}), "")
                for id, institution, first, last, facts in self.sites
            ],
        )  # fmt: skip
        written["sites"] = writing.write_table(root, sources["sites"], iter([sites]), "s", 0)
        manifest.write(root, Manifest(taken_at=TAKEN_AT, database="test/1", watermark=1, tables=written))
        return opened(root)

    def plain(self) -> tuple[list[LaidOut], list[OnRegister]]:
        entries = [
            laid_out(self.logbook, on, facts, site)
            for _, _, site, on, status, facts in self.entries
            if status == "current"
        ]
        register = [
            OnRegister(first, last, typed_facts(self.logbook, facts))
            for _, _, first, last, facts in self.sites
        ]
        return entries, register


def _in_order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    id, logbook, institution, site, staff, on, status, facts, compartment = row
    return id, institution, site, logbook, staff, on, status, facts, compartment


def _day(random: Random) -> date:
    return date(2025, 11, 1) + timedelta(days=random.randrange(420))


def _of_snapshot(written: Written, figure: Any, period: Period) -> Reckoned:
    """The figure of the whole county, put together from what `sums` says of its institutions."""
    rows = figures.sums(registry.indicator(figure.id), PERIODS, ("institution",), written.store)[period]
    if figure.of.how is How.MEDIAN:
        values = sorted(Decimal(group["value"]) for group, many, _ in rows for _ in range(int(many)))
        if not values:
            return Reckoned(None, None, None)
        low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
        return Reckoned((low + high) / 2, Decimal(len(values)), None)
    totals: dict[int, Decimal] = defaultdict(Decimal)
    for _, above, below in rows:
        totals[0] += above
        totals[1] += below
    return Reckoned(totals[0], totals[1], None)


@pytest.mark.parametrize("logbook", registry.logbooks(), ids=lambda logbook: logbook.id)
def test_every_figure_agrees_with_the_plain_reading(logbook, tmp_path):
    written = Written(logbook, 7, tmp_path)
    entries, register = written.plain()
    for figure in logbook.figures:
        for period in PERIODS:
            judged, found = reckon(figure, period, entries, register), _of_snapshot(written, figure, period)
            if figure.of.how is How.MEAN:
                count = judged.denominator or Decimal(0)
                assert found.denominator == count, (figure.id, str(period))
                assert not count or abs(found.numerator / count - judged.numerator) < Decimal("0.000001")
                continue
            assert found.numerator == judged.numerator, (figure.id, str(period))
            if figure.out_of is not None:
                assert found.denominator == judged.denominator, (figure.id, str(period))


@pytest.mark.parametrize("logbook", registry.logbooks(), ids=lambda logbook: logbook.id)
def test_a_figure_opens_to_as_many_as_it_counts(logbook, tmp_path):
    written = Written(logbook, 11, tmp_path)
    for figure in logbook.figures:
        if figure.of.how is not How.COUNT:
            continue
        counted = _of_snapshot(written, figure, PERIODS[0])
        indicator = registry.indicator(figure.id)
        assert len(figures.members(indicator, PERIODS[0], "numerator", written.store)) == counted.numerator
        if figure.out_of is not None and figure.out_of.how is How.COUNT:
            whole = figures.members(indicator, PERIODS[0], "denominator", written.store)
            gap = figures.members(indicator, PERIODS[0], "gap", written.store)
            those = figures.members(indicator, PERIODS[0], "numerator", written.store)
            assert len(whole) == counted.denominator
            assert set(gap) == set(whole) - set(those)


def test_no_free_text_leaves_the_database(tmp_path):
    written = Written(registry.logbook("health_education.activities"), 3, tmp_path)
    texts = written.store.execute(
        f"SELECT DISTINCT json_extract_string(facts, '$.place') FROM ({written.store.rows_of('entries')})"
    ).fetchall()
    assert {text for (text,) in texts} <= {"*", None}

"""Snapshots of the real database: everything inside, nobody recognisable, nothing lost between two of
them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import resident

from kangshu.access.scope import entered_as_system
from kangshu.indicators.actions import database_address, prune_snapshots, take_snapshot
from kangshu.indicators.engine.compute import Question, compute, find_indicator
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.snapshot import manifest
from kangshu.indicators.snapshot.manifest import DamagedSnapshot, UnknownSnapshot
from kangshu.indicators.snapshot.store import opened, unlocked
from kangshu.indicators.snapshot.take import take
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.periods import parse_period
from kangshu.people.actions import merge_people
from kangshu.work.actions import correct_record, enrol, record_visit, withdraw_record

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA)
FOLLOW_UP = "chronic.hypertension.follow_up"
JOB = SystemActor("test")
ANSWERS: dict[str, Any] = {
    "mode": "2",
    "symptoms": ["1"],
    "sbp": 132,
    "dbp": 84,
    "weight": "65.5",
    "height": "168",
    "medication_adherence": "1",
    "adverse_reaction": "1",
}


class World:
    """Two patients of clinic_a1, one of clinic_b1, and what may be done with them."""

    def __init__(self) -> None:
        with entered_as_system("fixture"):
            self.county = small_county()
            self.accounts = accounts(self.county)
            self.li = resident(self.county.clinic_a1, "李秀英", sex="2", birth_date=date(1956, 4, 2))
            self.wang = resident(self.county.clinic_a1, "王保国", serial=2, birth_date=date(1970, 4, 2))
            self.sun = resident(self.county.clinic_b1, "孙小妹", serial=3, birth_date=date(1980, 4, 2))
        for person in (self.li, self.wang):
            with acting(self.accounts.village_doctor_a) as doctor:
                enrol(kind="chronic.hypertension", person=person.id, on=date(2026, 1, 5), by=doctor, now=NOW)

    def visit(self, person: Any, on: date, **answers: Any) -> Any:
        with acting(self.accounts.village_doctor_a) as doctor:
            return record_visit(
                form_id=FOLLOW_UP,
                person=person.id,
                institution=self.county.clinic_a1.id,
                performed_by=self.county.doctor_a.id,
                answers={**ANSWERS, **answers},
                performed_on=on,
                record_id=new_id(),
                by=doctor,
                now=NOW,
            ).record


@pytest.fixture
def world() -> World:
    return World()


def _follow_ups(root, name: str = "latest") -> int:
    indicator = find_indicator("hypertension.follow_ups")
    return int(compute(indicator, Question(parse_period("2026")), opened(root, name)).only.numerator or 0)


def _take(root, minutes: int = 0, **given: Any) -> Any:
    return take_snapshot(by=JOB, now=NOW + timedelta(minutes=minutes), root=root, **given)


def test_a_saved_visit_is_counted_and_a_withdrawn_one_is_not(world, tmp_path):
    first = world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 3, 1))
    taken = _take(tmp_path)
    assert _follow_ups(tmp_path) == 2

    with acting(world.accounts.village_doctor_a) as doctor:
        withdraw_record(record_id=first.id, reason="记错了人", by=doctor, now=NOW)
    again = _take(tmp_path, 1)
    assert again.manifest.base == taken.name
    assert _follow_ups(tmp_path) == 1
    assert _follow_ups(tmp_path, taken.name) == 2, "an older snapshot stays what it was"


def test_a_corrected_visit_counts_once_with_its_new_answers(world, tmp_path):
    first = world.visit(world.li, date(2026, 2, 1), sbp=132)
    _take(tmp_path)
    with acting(world.accounts.village_doctor_a) as doctor:
        correct_record(
            record_id=first.id,
            new_id=new_id(),
            answers={**ANSWERS, "sbp": 158},
            performed_on=date(2026, 2, 1),
            reason="写错血压",
            by=doctor,
            now=NOW,
        )
    _take(tmp_path, 1)
    store = opened(tmp_path)
    rows = store.execute(
        f"SELECT a_sbp FROM ({store.rows_of('records.' + FOLLOW_UP)}) WHERE status = 'current'"
    )
    assert rows.fetchall() == [(158,)]
    assert _follow_ups(tmp_path) == 1


def test_nothing_in_the_files_names_a_person(world, tmp_path):
    world.visit(world.li, date(2026, 2, 1))
    taken = _take(tmp_path)
    content = b"".join((tmp_path / part.file).read_bytes() for part in taken.manifest.parts())
    tables = [pq.read_table(tmp_path / part.file).to_pylist() for part in taken.manifest.parts()]
    text = repr(tables)
    for secret in ("李秀英", "王保国", "liu xiu ying", "19560402", "339901195"):
        assert secret not in text
        assert secret.encode() not in content


def test_a_slow_transaction_is_not_lost(world, tmp_path):
    """It began before the first snapshot and ended after it; a timestamp watermark would never see it."""
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                world.visit(world.li, date(2026, 2, 1))
                began.set()
                may_end.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert began.wait(20)
    world.visit(world.wang, date(2026, 3, 1))
    _take(tmp_path)
    assert _follow_ups(tmp_path) == 1
    may_end.set()
    thread.join()
    _take(tmp_path, 1)
    assert _follow_ups(tmp_path) == 2


def test_a_merged_person_counts_once(world, tmp_path):
    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 3, 1))
    _take(tmp_path)
    managed = find_indicator("hypertension.managed_people")
    question = Question(parse_period("2026"))
    assert compute(managed, question, opened(tmp_path)).only.numerator == 2
    with acting(world.accounts.township_worker_a) as worker:
        merge_people(kept_id=world.li.id, merged_id=world.wang.id, by=worker, now=NOW, reason="同一人")
    _take(tmp_path, 1)
    assert compute(managed, question, opened(tmp_path)).only.numerator == 1
    assert _follow_ups(tmp_path) == 2


def test_a_statement_compiled_where_there_are_records_counts_where_there_are_none(world, tmp_path):
    world.visit(world.li, date(2026, 2, 1))
    taken = _take(tmp_path).manifest
    question = Question(parse_period("2026"))
    asked = [find_indicator("hypertension.follow_ups"), find_indicator("hypertension.control_rate")]
    assert compute(asked[0], question, opened(tmp_path)).only.numerator == 1

    compute(asked[1], question, opened(tmp_path))
    tables = {name: table for name, table in taken.tables.items() if not name.startswith("records.")}
    nobody_visited = unlocked(tmp_path, replace(taken, tables=tables))
    assert [compute(one, question, nobody_visited).only.numerator for one in asked] == [0, 0]


def test_a_figure_is_the_same_computed_by_the_judge(world, tmp_path):
    from kangshu.declare import registry
    from kangshu.declare.indicator import Counts
    from kangshu.indicators import judged

    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.li, date(2026, 5, 1), sbp=156)
    world.visit(world.wang, date(2026, 3, 1))
    _take(tmp_path)
    store = opened(tmp_path)
    question = Question(parse_period("2026"), (Dimension.INSTITUTION,))
    # Logbooks have a judge of their own: tests/fieldwork/test_figures.py.
    of_people = [each for each in registry.indicators() if each.counts is not Counts.ENTRIES]
    for indicator in of_people:
        fast, slow = compute(indicator, question, store), judged.compute(indicator, question, store)
        assert fast.rows == slow.rows, indicator.id


def test_confidential_records_need_their_compartment(world, tmp_path):
    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 3, 1))
    from kangshu.work.models import Record

    with entered_as_system("fixture"):
        Record.objects.filter(person=world.li).update(compartment="secret")
    _take(tmp_path)
    indicator, question = find_indicator("hypertension.follow_ups"), Question(parse_period("2026"))
    for compartments, expected in ((frozenset(), 1), (frozenset({"secret"}), 2), (None, 2)):
        store = opened(tmp_path, "latest", compartments)
        assert compute(indicator, question, store).only.numerator == expected


def test_a_record_that_became_confidential_does_not_stay_visible(world, tmp_path):
    world.visit(world.li, date(2026, 2, 1))
    _take(tmp_path)
    from kangshu.work.models import Record

    with entered_as_system("fixture"):
        Record.objects.filter(person=world.li).update(compartment="secret")
    _take(tmp_path, 1)
    assert _follow_ups(tmp_path) == 0


def test_a_stopped_taking_leaves_no_snapshot(world, tmp_path):
    def stop(table: str, rows: int) -> None:
        if table == "cases":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(tmp_path, database_address(), now=NOW, told=stop)
    assert manifest.names(tmp_path) == []
    taken = _take(tmp_path, 1)
    kept = {str(path.relative_to(tmp_path)) for path in (tmp_path / "parts").rglob("*") if path.is_file()}
    assert kept == {part.file for part in taken.manifest.parts()}, "what the stopped taking wrote is swept"


def test_a_changed_file_is_noticed(world, tmp_path):
    taken = _take(tmp_path)
    manifest.verify(tmp_path, taken.manifest)
    part = max(taken.manifest.parts(), key=lambda part: part.bytes)
    (tmp_path / part.file).write_bytes(b"something else")
    with pytest.raises(DamagedSnapshot):
        manifest.verify(tmp_path, taken.manifest)


def test_pruning_keeps_what_is_pinned_and_shared(world, tmp_path):
    from kangshu.indicators.actions import pin_snapshot

    first, second = _take(tmp_path), None
    for minute in (1, 2):
        world.visit(world.li, date(2026, 2, minute))
        second = _take(tmp_path, minute)
    pin_snapshot(first.name)
    deleted = prune_snapshots(keep=1, by=JOB, root=tmp_path)
    assert len(deleted) == 1
    assert second is not None
    for name in (first.name, second.name):
        manifest.verify(tmp_path, manifest.read(tmp_path, name))


def test_an_unknown_snapshot_says_so(tmp_path):
    with pytest.raises(UnknownSnapshot) as refused:
        opened(tmp_path, "latest")
    assert "kangshu snapshot take" in refused.value.message.en


def _next_days(root, name: str = "latest") -> dict[Any, Any]:
    store = opened(root, name)
    store.records(FOLLOW_UP)
    return dict(store.execute(f'SELECT performed_on, next_on FROM "records.{FOLLOW_UP}"').fetchall())


def test_a_backdated_visit_changes_what_came_next_in_the_following_snapshot(world, tmp_path):
    january, march, may = date(2026, 1, 20), date(2026, 3, 2), date(2026, 5, 4)
    world.visit(world.li, january)
    world.visit(world.li, may)
    _take(tmp_path)
    assert _next_days(tmp_path) == {january: may, may: None}
    between = world.visit(world.li, march)
    taken = _take(tmp_path, 1)
    assert taken.manifest.base, "an increment"
    assert _next_days(tmp_path) == {january: march, march: may, may: None}
    with acting(world.accounts.village_doctor_a) as doctor:
        withdraw_record(record_id=between.id, reason="记错了人", by=doctor, now=NOW)
    _take(tmp_path, 2)
    assert _next_days(tmp_path) == {january: may, may: None}
    whole = _take(tmp_path, 3, whole=True)
    assert not whole.manifest.base
    assert _next_days(tmp_path) == {january: may, may: None}


def test_what_is_secret_says_nothing_of_itself_by_what_comes_next(world, tmp_path):
    from kangshu.work.models import Record

    january, march = date(2026, 1, 20), date(2026, 3, 2)
    world.visit(world.li, january)
    hidden = world.visit(world.li, march)
    with entered_as_system("fixture"):
        Record.objects.filter(pk=hidden.id).update(compartment="secret")
    _take(tmp_path)
    assert _next_days(tmp_path) == {january: None}
    store = opened(tmp_path, "latest", frozenset({"secret"}))
    store.records(FOLLOW_UP)
    rows = store.execute(f'SELECT performed_on FROM "records.{FOLLOW_UP}"').fetchall()
    assert sorted(day for (day,) in rows) == [january, march]
    figure = compute(
        find_indicator("hypertension.standardised_management_rate"), Question(parse_period("2026")), store
    )
    assert figure.only.denominator == 2


def test_nobody_opens_a_secret_record_without_its_compartment(world, tmp_path):
    from kangshu.indicators.opening import members
    from kangshu.work.models import Record

    world.visit(world.wang, date(2026, 2, 1))
    hidden = world.visit(world.li, date(2026, 3, 1))
    with entered_as_system("fixture"):
        Record.objects.filter(pk=hidden.id).update(compartment="secret")
    _take(tmp_path)
    indicator, question = find_indicator("hypertension.follow_ups"), Question(parse_period("2026"))
    for compartments, expected in ((frozenset(), 1), (frozenset({"other"}), 1), (frozenset({"secret"}), 2)):
        found = members(indicator, question, "numerator", opened(tmp_path, "latest", compartments))
        assert len(found.members) == expected
        assert (hidden.id in {member.record_id for member in found.members}) is (expected == 2)

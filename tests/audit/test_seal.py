"""The chain: what is sealed stays as it was, and every way of changing it is found."""

from __future__ import annotations

import json
import time

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from kangshu.audit import log
from kangshu.audit.models import AuditEntry, Seal
from kangshu.audit.seal import Verdict, seal, verify
from kangshu.audit.sealing import system_scope
from kangshu.kernel.actor import SystemActor

NOW = timezone.datetime(2026, 11, 23, 8, 0, tzinfo=timezone.get_fixed_timezone(480))


@pytest.fixture
def anchor(tmp_path):
    return tmp_path / "anchor.jsonl"


def write_one(action: str = "record.saved") -> None:
    with transaction.atomic():
        log.write(by=SystemActor("test"), action=action, detail={"n": 1})


def settle() -> None:
    """Wait until every transaction that began before now has ended.

    Tests of other processes work in other databases of the same server, and transaction numbers are the
    server's: while an older one runs, the sealer rightly leaves out what came after it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::numeric")
        (now,) = cursor.fetchone()
        for _ in range(6000):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::numeric")
            if cursor.fetchone()[0] > now:
                return
            time.sleep(0.01)
    raise AssertionError("another test's transaction ran for a minute")


def sealed(anchor, *, settled: bool = True) -> Seal | None:
    if settled:
        settle()
    with system_scope():
        return seal(now=NOW, anchor=anchor)


def verdict(anchor) -> Verdict:
    with system_scope():
        return verify(anchor=anchor)


def as_table_owner(*statements: str) -> None:
    """What somebody with the owner's password could do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kangshu_owner")
        for table in ("audit_auditentry", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        for statement in statements:
            cursor.execute(statement)
        for table in ("audit_auditentry", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")


@pytest.mark.django_db(transaction=True)
def test_the_chain_holds_and_each_tampering_is_found(anchor):
    for number in range(3):
        write_one(f"act.{number}")
    first = sealed(anchor)
    write_one("act.3")
    second = sealed(anchor)
    assert (first.entries, second.entries) == (3, 1)
    assert bytes(second.prev_hash) == bytes(first.hash)
    assert verdict(anchor).faults == ()
    assert [json.loads(line)["number"] for line in anchor.read_text().splitlines()] == [1, 2]

    as_table_owner("UPDATE audit_auditentry SET actor_name = 'somebody else' WHERE action = 'act.1'")
    assert [(f.number, f.what) for f in verdict(anchor).faults] == [
        (1, "an entry was changed after it was sealed")
    ]
    as_table_owner("UPDATE audit_auditentry SET actor_name = 'test' WHERE action = 'act.1'")
    assert verdict(anchor).faults == ()

    as_table_owner(
        "INSERT INTO audit_auditentry (at, action, actor_name, roles, actor_path, object_type, object_id,"
        " scope_path, compartment, outcome, reason, detail, request_id, xid)"
        " SELECT at, 'act.forged', '', '', '', '', '', '', '', 'done', '', '{}', '', xid"
        " FROM audit_auditentry WHERE action = 'act.1'"
    )
    assert [f.what for f in verdict(anchor).faults] == ["1 entries were added behind the seal"]
    as_table_owner("DELETE FROM audit_auditentry WHERE action = 'act.forged'")

    as_table_owner("DELETE FROM audit_auditentry WHERE action = 'act.3'")
    assert [f.what for f in verdict(anchor).faults] == ["1 entries were sealed, 0 are there"]

    # Removing the block as well leaves the anchor as a witness.
    as_table_owner("DELETE FROM audit_seal WHERE number = 2")
    assert [f.what for f in verdict(anchor).faults] == ["is anchored, but not in the database"]


@pytest.mark.django_db(transaction=True)
def test_a_running_transaction_is_sealed_only_after_it_has_ended(anchor):
    write_one("act.before")
    settle()
    with transaction.atomic(using="audit"):
        log.insert([log.Entry("act.slow")], using="audit")
        write_one("act.after")
        block = sealed(anchor, settled=False)
        assert block is not None
        assert block.entries == 1, "nothing at or after the running transaction is taken"
    assert sealed(anchor).entries == 2
    assert verdict(anchor) == Verdict(blocks=2, entries=3, unsealed=0, faults=())


@pytest.mark.django_db(transaction=True)
def test_a_restored_database_goes_on_in_a_new_era(anchor):
    write_one("act.old")
    assert sealed(anchor) is not None
    # A cluster with higher numbers made these: the present one's numbers are far below.
    as_table_owner(
        "UPDATE audit_seal SET from_xid = 1000000000, to_xid = 2000000000",
        "UPDATE audit_auditentry SET xid = '1500000000'",
    )
    write_one("act.new")
    assert verdict(anchor).faults == ()
    assert sealed(anchor).entries == 1
    write_one("act.newer")
    assert sealed(anchor).entries == 1
    assert verdict(anchor) == Verdict(blocks=3, entries=3, unsealed=0, faults=())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET reason = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "UPDATE audit_seal SET entries = 0",
        "DELETE FROM audit_seal",
    ],
)
def test_the_application_can_only_append(statement):
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_even_the_owner_is_stopped_by_the_trigger(as_owner):
    with as_owner(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM audit_auditentry")


@pytest.mark.django_db
def test_sealing_without_the_system_scope_is_refused(anchor):
    with pytest.raises(RuntimeError, match="system's scope"):
        seal(now=NOW, anchor=anchor)


@pytest.mark.django_db
def test_what_was_rolled_back_was_not_done_but_a_refusal_is_remembered():
    with transaction.atomic():
        log.write(by=SystemActor("test"), action="record.saved")
        log.refuse(by=SystemActor("test"), action="page.refused")
        transaction.set_rollback(True)
    with system_scope():
        assert not AuditEntry.objects.filter(action="record.saved").exists()
    with transaction.atomic(using="audit"), connections["audit"].cursor() as cursor:
        cursor.execute("SELECT access_enter_system('test')")
        assert AuditEntry.objects.using("audit").filter(action="page.refused").count() == 1

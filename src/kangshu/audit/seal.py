"""Sealing the trail: finished entries are chained in blocks, the chain's head is kept outside the database.

A chain inside each transaction would make all savers queue. Instead the sealer, every few seconds, takes all
entries whose transactions have ended (`xid` below the oldest running one), hashes them together with the
block before, and appends the hash to a file. Changing, removing or back-dating any sealed entry changes a
block's hash; rewriting the chain after it contradicts the file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Max

from kangshu.audit.models import Seal

#: Where the chain begins.
GENESIS = b"\x00" * 32
_LOCK = 0x6B616E67  # an arbitrary number for the advisory lock: one sealer at a time
_NO_END = 2**63 - 1
_COLUMNS = (
    "id", "at", "account_id", "actor_name", "roles", "actor_path", "action", "object_type", "object_id",
    "person_id", "scope_path", "compartment", "outcome", "reason", "detail", "ip", "request_id",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """What a seal covers: `after_id` < id <= `last_id`, and a transaction in [from_xid, to_xid)."""

    after_id: int
    last_id: int
    from_xid: int
    to_xid: int


@dataclass(frozen=True)
class Contents:
    """What was found in a block: how many entries, the last one's id, and the hash over them."""

    entries: int
    last_id: int
    digest: bytes


@dataclass(frozen=True)
class Fault:
    """One place where the trail is not what was sealed."""

    number: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """What `verify` found. `unsealed`: entries that are not chained yet (a few seconds' worth)."""

    blocks: int
    entries: int
    unsealed: int
    faults: tuple[Fault, ...]


def anchor_file() -> Path:
    """The file outside the database that remembers every head of the chain."""
    return Path(settings.KANGSHU_HOME) / "audit" / "anchor.jsonl"


def seal(*, now: datetime, using: str = "default", anchor: Path | None = None) -> Seal | None:
    """Seal all finished entries as one block and anchor it; None when there is nothing to seal.

    The caller has entered the system's scope: under any other, entries would be missing from the block.
    """
    with transaction.atomic(using=using):
        _check_system_scope(using)
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return None
        last = Seal.objects.using(using).order_by("-number").first()
        previous = bytes(last.hash) if last else GENESIS
        block = _next_block(last, using)
        found = _contents(block, previous, using)
        if not found.entries:
            return None
        made = Seal.objects.using(using).create(
            number=last.number + 1 if last else 1,
            after_id=block.after_id,
            last_id=found.last_id,
            from_xid=block.from_xid,
            to_xid=block.to_xid,
            entries=found.entries,
            prev_hash=previous,
            hash=found.digest,
            sealed_at=now,
        )
        # Inside the transaction: an anchor without its block would be a false alarm, so it is written last,
        # and a block without its anchor (the process died here) is rolled back.
        _anchor(made, anchor or anchor_file())
    return made


def verify(*, using: str = "default", anchor: Path | None = None) -> Verdict:
    """Hash every block again and compare it with the chain and with the anchor file."""
    _check_system_scope(using)
    seals = list(Seal.objects.using(using).order_by("number"))
    anchored = dict(_read_anchor(anchor or anchor_file()))
    faults: list[Fault] = []
    previous = GENESIS
    for position, sealed in enumerate(seals, start=1):
        if sealed.number != position:
            faults.append(Fault(position, "is missing"))
            break
        faults += (Fault(sealed.number, what) for what in _faults_of(sealed, previous, using))
        if anchored.pop(sealed.number, None) != bytes(sealed.hash).hex():
            faults.append(Fault(sealed.number, "differs from the anchor outside the database"))
        previous = bytes(sealed.hash)
    faults += (Fault(number, "is anchored, but not in the database") for number in sorted(anchored))
    faults += _added_behind(seals, using)
    entries = sum(one.entries for one in seals)
    return Verdict(len(seals), entries, _count_entries(using) - entries, tuple(faults))


def _faults_of(sealed: Seal, previous: bytes, using: str) -> Iterator[str]:
    if bytes(sealed.prev_hash) != previous:
        yield "does not follow the block before it"
    block = Block(sealed.after_id, sealed.last_id, int(sealed.from_xid), int(sealed.to_xid))
    found = _contents(block, bytes(sealed.prev_hash), using)
    if found.entries != sealed.entries:
        yield f"{sealed.entries} entries were sealed, {found.entries} are there"
    elif found.digest != bytes(sealed.hash):
        yield "an entry was changed after it was sealed"


def _added_behind(seals: list[Seal], using: str) -> Iterator[Fault]:
    """Entries that claim a sealed time but were in no block: somebody slipped them in afterwards."""
    eras = sorted({one.after_id for one in seals})
    for era, following in zip(eras, [*eras[1:], _NO_END], strict=True):
        own = [one for one in seals if one.after_id == era]
        if following == _NO_END and _finished(using) < own[-1].to_xid:
            continue  # restored into another cluster a moment ago; the next seal begins a new era
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM audit_auditentry WHERE id > %s AND id <= %s AND xid < %s::text::xid8",
                [era, following, str(int(own[-1].to_xid))],
            )
            extra = cursor.fetchone()[0] - sum(one.entries for one in own)
        if extra > 0:
            yield Fault(own[-1].number, f"{extra} entries were added behind the seal")


def _next_block(last: Seal | None, using: str) -> Block:
    finished = _finished(using)
    if last is None:
        return Block(0, _NO_END, 0, finished)
    if finished >= last.to_xid:
        return Block(last.after_id, _NO_END, int(last.to_xid), finished)
    # Transaction numbers went back: the database was restored into another cluster. What the old one left
    # unsealed is closed as a block of its own; the next block begins a new era after the last entry sealed.
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT max(xid)::text::numeric FROM audit_auditentry")
        newest = cursor.fetchone()[0]
    if newest is not None and newest >= last.to_xid:
        return Block(last.after_id, _NO_END, int(last.to_xid), int(newest) + 1)
    ended = Seal.objects.using(using).aggregate(Max("last_id"))["last_id__max"]
    return Block(ended, _NO_END, 0, finished)


def _finished(using: str) -> int:
    """The oldest transaction that is still running: everything below has ended."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::numeric")
        return int(cursor.fetchone()[0])


def _contents(block: Block, previous: bytes, using: str) -> Contents:
    """Read a block's entries in order of id; the hash begins with the previous block's."""
    hashed = hashlib.sha256(previous)
    count = last_id = 0
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM audit_auditentry"
            " WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 AND id > %s AND id <= %s ORDER BY id",
            [str(block.from_xid), str(block.to_xid), block.after_id, block.last_id],
        )
        for row in cursor:
            hashed.update(_line(row))
            count += 1
            last_id = row[0]
    return Contents(count, last_id, hashed.digest())


def _line(row: Sequence[Any]) -> bytes:
    """The canonical form of an entry: JSON with sorted keys, moments as seconds since the epoch."""
    values = dict(zip(_COLUMNS, row, strict=True))
    return json.dumps(values, default=_plain, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _plain(value: Any) -> str:
    return f"{value.timestamp():.6f}" if isinstance(value, datetime) else str(value)


def _count_entries(using: str) -> int:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_auditentry")
        return int(cursor.fetchone()[0])


def _check_system_scope(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('kangshu.account', true), '') LIKE 'system:%%'")
        if not cursor.fetchone()[0]:
            raise RuntimeError("sealing and verifying need the system's scope, or they would miss entries")


def _anchor(sealed: Seal, file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps(
        {
            "number": sealed.number,
            "hash": bytes(sealed.hash).hex(),
            "entries": sealed.entries,
            "sealed_at": sealed.sealed_at.isoformat(),
        }
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_anchor(file: Path) -> Iterator[tuple[int, str]]:
    """(number, hash) of every anchored block; a block anchored twice (see `seal`) counts as its last line."""
    if not file.exists():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                value = json.loads(line)
                yield int(value["number"]), str(value["hash"])

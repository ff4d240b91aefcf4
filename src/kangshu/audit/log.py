"""Writing the audit trail: one entry for every action, every read of a person, every refusal.

`write` joins the caller's transaction: what was rolled back was not done. `refuse` uses a second connection,
because a refusal rolls the caller's transaction back and must be remembered all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, cast
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models

from kangshu.audit.context import Origin, origin
from kangshu.audit.statements import fetch_all
from kangshu.kernel.actor import Actor

DONE, REFUSED, FAILED = "done", "refused", "failed"


@dataclass(frozen=True)
class Entry:
    """One line of the trail, as plain values."""

    action: str
    account_id: UUID | None = None
    actor_name: str = ""
    roles: str = ""
    actor_path: str = ""
    object_type: str = ""
    object_id: str = ""
    person_id: UUID | None = None
    scope_path: str = ""
    compartment: str = ""
    outcome: str = DONE
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = field(default_factory=origin)


_INTO = """
    INSERT INTO audit_auditentry (at, account_id, actor_name, roles, actor_path, action, object_type,
        object_id, person_id, scope_path, compartment, outcome, reason, detail, ip, request_id)
"""
# No RETURNING: the new row may lie outside what its writer may read.
INSERT = f"""{_INTO}
    SELECT clock_timestamp(), %s::uuid, %s::text, %s::text, %s::text, %s::text, %s::text, %s::text, %s::uuid,
        %s::text, %s::text, %s::text, %s::text, %s::jsonb, %s::inet, %s::text
"""
"""One entry, with the values that `values_of` gives. An action may make it a part of its own statement."""

# One statement for thousands: a bulk load spent a third of its time on one round of messages per entry.
_INSERT_MANY = f"""{_INTO}
    SELECT clock_timestamp(), * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[],
        %s::inet[], %s::text[])
"""
MANY = 50

_collecting: ContextVar[list[Entry] | None] = ContextVar("audit_collecting", default=None)


def write(
    *,
    by: Actor | None,
    action: str,
    about: models.Model | tuple[str, Any] | None = None,
    person_id: UUID | None = None,
    scope_path: str = "",
    compartment: str = "",
    outcome: str = DONE,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    using: str = "default",
) -> None:
    """Append one entry in the caller's transaction.

    `action` is "object.verb" in the past tense (`record.saved`, `person.read`); `about` the row acted on, or
    (type, id). `detail` must serialise as JSON and never hold an ID number, a password or a free text of a
    medical record: the trail is read by auditors, who may not see those.
    """
    made = entry(by, action, about, person_id, scope_path, compartment, outcome, reason, detail)
    collected = _collecting.get()
    if collected is not None and using == "default":
        collected.append(made)
    else:
        insert([made], using=using)


def refuse(
    *,
    by: Actor | None,
    action: str,
    about: models.Model | tuple[str, Any] | None = None,
    person_id: UUID | None = None,
    scope_path: str = "",
    outcome: str = REFUSED,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append a refusal or failure at once, on the `audit` connection, whatever the caller's work becomes."""
    made = entry(by, action, about, person_id, scope_path, "", outcome, reason, detail)
    insert([made], using="audit")


@contextmanager
def collected() -> Iterator[None]:
    """Hold entries back and write them when the block has ended well.

    A page that only reads runs in a read-only part of its transaction; its `person.read` is written after.
    """
    entries: list[Entry] = []
    token = _collecting.set(entries)
    try:
        yield
    finally:
        _collecting.reset(token)
    insert(entries)


def insert(entries: list[Entry], using: str = "default") -> None:
    """Append entries as they are; for bulk loads, which build theirs by the thousand."""
    if not entries:
        return
    if len(entries) < MANY:
        for entry in entries:
            fetch_all(INSERT, values_of(entry), using=using)
        return
    with connections[using].cursor() as cursor:
        columns = [list(column) for column in zip(*map(values_of, entries), strict=True)]
        cursor.execute(_INSERT_MANY, columns)


def entry(
    by: Actor | None,
    action: str,
    about: models.Model | tuple[str, Any] | None = None,
    person_id: UUID | None = None,
    scope_path: str = "",
    compartment: str = "",
    outcome: str = DONE,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """An entry as `write` would append it, for whoever appends it with other rows in one statement."""
    object_type, object_id = _named(about)
    made = Entry(
        action=action,
        object_type=object_type,
        object_id=object_id,
        person_id=person_id,
        scope_path=scope_path,
        compartment=compartment,
        outcome=outcome,
        reason=reason[:300],
        detail=detail or {},
    )
    if by is None:
        return made
    return replace(
        made,
        account_id=by.account_id,
        actor_name=by.name[:120],
        roles=",".join(sorted(by.roles))[:200],
        actor_path=by.scope_path,
        scope_path=scope_path or by.scope_path,
    )


def _named(about: models.Model | tuple[str, Any] | None) -> tuple[str, str]:
    if about is None:
        return "", ""
    if isinstance(about, tuple):
        return about[0], str(about[1])
    meta = cast(Any, about)._meta
    return meta.label_lower, str(about.pk)


def values_of(entry: Entry) -> tuple[Any, ...]:
    """The values of `INSERT`, in its order."""
    return (
        entry.account_id,
        entry.actor_name,
        entry.roles,
        entry.actor_path,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.person_id,
        entry.scope_path,
        entry.compartment,
        entry.outcome,
        entry.reason,
        json.dumps(entry.detail, cls=DjangoJSONEncoder, ensure_ascii=False),
        entry.origin.ip,
        entry.origin.request_id,
    )

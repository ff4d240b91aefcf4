"""The county's own declarations, from the database to the registry of every process.

What is published is a row of `work.Declaration` and never changes. Each process holds what it has read;
before somebody's scope is entered it asks, every few seconds at most, whether there is a newer row, so that a
campaign is known to all web and worker processes without a restart. Who publishes knows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import connections
from django.db.models import Max

from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.registry import Found
from kangshu.work import handlers
from kangshu.work.models import Declaration

COUNTY = "county"


class _Held:
    """What this process has read, and up to which row."""

    def __init__(self) -> None:
        self.found: tuple[Found, ...] = ()
        self.newest: int | None = None
        self.asked_at = float("-inf")
        self.read: dict[int, Capability] = {}
        self.lock = Lock()


_held = _Held()


def source() -> Iterable[Found]:
    """The source that the registry asks; it never reads the database itself."""
    return _held.found


def freshen(using: str = "default", clock: Callable[[], float] = monotonic) -> None:
    """Read the declarations anew if somebody published meanwhile; asks the database every few seconds."""
    if clock() - _held.asked_at < settings.KANGSHU_DECLARATIONS_EVERY:
        return
    _held.asked_at = clock()
    if not _is_in_transaction(using):  # whoever is in the middle of something goes on with what was
        refresh(using)


def _is_in_transaction(using: str) -> bool:
    return connections[using].in_atomic_block


def refresh(using: str = "default") -> bool:
    """Read the county's declarations if there are newer ones; whether there were."""
    rows = Declaration.objects.using(using).filter(origin=COUNTY, kind="capability")
    newest = rows.aggregate(newest=Max("id"))["newest"]
    with _held.lock:
        if newest == _held.newest:
            return False
        versions: dict[str, list[Capability]] = {}
        for id, content in rows.order_by("declaration_id", "version").values_list("id", "content"):
            if id not in _held.read:
                _held.read[id] = Capability.from_json(content)
            versions.setdefault(_held.read[id].id, []).append(_held.read[id])
        _held.found = tuple(_found(of_one) for of_one in versions.values())
        _held.newest = newest
    registry.reload()
    handlers.listen()
    return True


def forget() -> None:
    """Hold nothing, as before the first reading; for tests, whose rows are rolled back."""
    _held.found, _held.newest, _held.asked_at = (), None, float("-inf")
    _held.read.clear()
    registry.reload()


def _found(versions: list[Capability]) -> Found:
    """The latest version, with the forms and indicators of the earlier ones that it no longer has."""
    latest = versions[-1]
    forms = {(form.id, form.version) for form in latest.forms}
    indicators = {(indicator.id, indicator.version) for indicator in latest.indicators}
    older_forms = {
        (form.id, form.version): form
        for earlier in versions[:-1]
        for form in earlier.forms
        if (form.id, form.version) not in forms
    }
    older_indicators = {
        (indicator.id, indicator.version): indicator
        for earlier in versions[:-1]
        for indicator in earlier.indicators
        if (indicator.id, indicator.version) not in indicators
    }
    return Found(
        latest,
        released_forms=tuple(older_forms.values()),
        released_indicators=tuple(older_indicators.values()),
    )


def latest_of(declaration_id: str) -> Capability | None:
    """The latest published version as it is stored; None before the first."""
    row = (
        Declaration.objects.filter(origin=COUNTY, declaration_id=declaration_id).order_by("-version").first()
    )
    return None if row is None else Capability.from_json(row.content)


def store(capability: Capability, now: datetime) -> Declaration:
    """Release a version. It is known to this process at once."""
    row = Declaration.objects.create(
        declaration_id=capability.id,
        version=capability.version,
        kind="capability",
        origin=COUNTY,
        content=capability.to_json(),
        hash=capability.content_hash(),
        released_at=now,
    )
    refresh()
    return row

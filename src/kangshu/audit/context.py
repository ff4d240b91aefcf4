"""What an audit entry knows of the request it was written in, without every action passing it along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Where an act came from: the address of the caller and the id that the access log shows."""

    ip: str | None = None
    request_id: str = ""


_NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=_NOWHERE)


def origin() -> Origin:
    return _origin.get()


@contextmanager
def coming_from(here: Origin) -> Iterator[None]:
    """All entries written inside carry this origin."""
    token = _origin.set(here)
    try:
        yield
    finally:
        _origin.reset(token)

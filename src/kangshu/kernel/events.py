"""Events by name, heard in the transaction that caused them.

An application says at import which events it emits (`declares_event`) and which it hears (`on`). `emit`
calls the hearers one after another, in their order, in the caller's transaction: either everything that
follows from a death is stored, or the death is not. Nothing is queued and nothing is caught. A capability
that names an event in `opens_on` or `closes_on` is a listener too (`listens`): a test fails when something
is listened to that nobody emits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kangshu.kernel.actor import Actor

Hearer = Callable[["Event", Actor], None]


class UnknownEvent(LookupError):
    """An event was emitted that no application has declared."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a person (or to a place, when `person_id` is None).

    `on` is the day it happened, `at` the moment it was told to us; the two differ when it is entered late.
    """

    name: str
    person_id: UUID | None
    on: date
    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class _Hearing:
    order: int
    where: str
    hearer: Hearer = field(compare=False)


EMITTED: dict[str, str] = {}
"""Event name → the module that emits it."""

_HEARINGS: dict[str, list[_Hearing]] = {}
_LISTENERS: dict[str, set[str]] = {}


def declares_event(name: str, module: str) -> str:
    """Say that `module` emits `name`; returns the name, so that a constant can hold it."""
    EMITTED[name] = module
    return name


def listens(name: str, module: str) -> None:
    """Say that `module` listens to `name` other than by a hearer of its own (a capability's `closes_on`)."""
    _LISTENERS.setdefault(name, set()).add(module)


def on(name: str, *, order: int = 100) -> Callable[[Hearer], Hearer]:
    """Register a hearer. Lower `order` hears first; among equals the module's name decides, never import
    order.
    """

    def register(hearer: Hearer) -> Hearer:
        where = f"{hearer.__module__}.{hearer.__qualname__}"
        hearings = _HEARINGS.setdefault(name, [])
        if all(hearing.where != where for hearing in hearings):
            hearings.append(_Hearing(order, where, hearer))
            hearings.sort()
        listens(name, hearer.__module__)
        return hearer

    return register


def emit(event: Event, by: Actor) -> None:
    """Tell every hearer of the event, in order, in the caller's transaction; an error of one undoes all.

    Raises UnknownEvent when nobody has declared the name.
    """
    if event.name not in EMITTED:
        raise UnknownEvent(event.name)
    for hearing in tuple(_HEARINGS.get(event.name, ())):
        hearing.hearer(event, by)


def hearers(name: str) -> tuple[str, ...]:
    """Where an event is heard, in the order of hearing."""
    return tuple(hearing.where for hearing in _HEARINGS.get(name, ()))


def never_emitted() -> Mapping[str, frozenset[str]]:
    """Events that somebody listens to and nobody emits: name → who listens. Empty in a sound build."""
    return {name: frozenset(who) for name, who in sorted(_LISTENERS.items()) if name not in EMITTED}

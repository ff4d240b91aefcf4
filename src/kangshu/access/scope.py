"""Entering a scope: one transaction in which the database shows an actor what they may see, and no more.

Nothing else in the code sets the scope. Outside of `entered` every protected table is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction

from kangshu.audit.statements import fetch_one
from kangshu.kernel.actor import Actor, SystemActor
from kangshu.kernel.errors import NotAllowed
from kangshu.kernel.text import Text

_COLUMNS = (
    "id", "username", "name", "password", "language", "staff_id", "person_id", "must_change_password",
    "institution_id", "institution_name", "scope_path", "roles", "compartments",
)  # fmt: skip
_ENTER = f"SELECT {', '.join(_COLUMNS)} FROM access_enter(%s::uuid)"


@dataclass(frozen=True)
class AccountActor:
    """An account as actions see it (`kernel.actor.Actor`), and what pages show of it."""

    account_id: UUID
    username: str
    name: str
    roles: frozenset[str]
    institution_id: UUID | None
    institution_name: str
    staff_id: UUID | None
    person_id: UUID | None
    scope_path: str
    compartments: frozenset[str]
    language: str
    must_change_password: bool
    password: str = ""  # the hash: the session is bound to it

    def __repr__(self) -> str:
        return f"AccountActor({self.username!r}, {sorted(self.roles)}, {self.scope_path!r})"


# Who has entered on which connection, innermost last: leaving a nested scope enters the outer one again.
_stack: ContextVar[tuple[tuple[str, Actor], ...]] = ContextVar("access_scope", default=())


_before: list[Callable[[str], None]] = []


def before_entering(prepare: Callable[[str], None]) -> None:
    """Have `prepare(using)` called before any scope is entered: what must be fresh in every process. It must
    cost next to nothing."""
    if prepare not in _before:
        _before.append(prepare)


@contextmanager
def entered(actor: Actor, *, using: str = "default") -> Iterator[AccountActor | SystemActor]:
    """Open a transaction in which `actor` sees what they may; yields the actor as the database has it now.

    Raises NotAllowed when the account is no longer active. A SystemActor enters the system's scope.
    """
    for prepare in _before:
        prepare(using)
    with transaction.atomic(using=using):
        current = _enter(actor, using)
        outer = _stack.get()
        token = _stack.set((*outer, (using, current)))
        try:
            yield current
        finally:
            _stack.reset(token)
            _return_to(outer, using)


@contextmanager
def entered_as_system(job: str, *, using: str = "default") -> Iterator[SystemActor]:
    """Open a transaction in which a named job sees everything. Its name stands in the audit trail."""
    with entered(SystemActor(job), using=using) as actor:
        assert isinstance(actor, SystemActor)
        yield actor


def refresh(using: str = "default") -> None:
    """Enter the running scope again, after a grant was given or ended in it. Without a scope: nothing."""
    current = current_actor(using)
    if current is not None:
        _enter(current, using)


def current_actor(using: str = "default") -> Actor | None:
    """Who has entered the innermost scope on this connection, if anybody has."""
    inside = [actor for alias, actor in _stack.get() if alias == using]
    return inside[-1] if inside else None


def is_open(compartment: str, *, using: str = "default") -> bool:
    """Whether rows of a compartment can be read and written in the running scope: ordinary ones ("") always,
    any by the system or where no scope was entered."""
    actor = current_actor(using)
    if not compartment or actor is None or isinstance(actor, SystemActor):
        return True
    return compartment in getattr(actor, "compartments", ())


def look_up(account_id: UUID, *, using: str = "default") -> AccountActor | None:
    """Enter the scope of an account in the running transaction; None when it is unknown or not active."""
    row = fetch_one(_ENTER, [account_id], using=using)
    if row is None:
        return None
    values = dict(zip(_COLUMNS, row, strict=True))
    return AccountActor(
        account_id=values["id"],
        username=values["username"],
        name=values["name"],
        roles=frozenset(values["roles"]),
        institution_id=values["institution_id"],
        institution_name=values["institution_name"] or "",
        staff_id=values["staff_id"],
        person_id=values["person_id"],
        scope_path=values["scope_path"],
        compartments=frozenset(values["compartments"]),
        language=values["language"],
        must_change_password=values["must_change_password"],
        password=values["password"],
    )


def _enter(actor: Actor, using: str) -> AccountActor | SystemActor:
    if isinstance(actor, SystemActor):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT access_enter_system(%s)", [actor.name])
        return actor
    current = look_up(actor.account_id, using=using)
    if current is None:
        raise NotAllowed(
            "account.inactive",
            Text(
                "该账号已停用，请联系管理员。", "This account is not active any more. Ask your administrator."
            ),
        )
    return current


def _return_to(outer: tuple[tuple[str, Actor], ...], using: str) -> None:
    """Give the enclosing scope its settings back; the end of a transaction does so by itself."""
    connection = connections[using]
    if connection.needs_rollback or not connection.savepoint_ids:
        return
    enclosing = [actor for alias, actor in outer if alias == using]
    if enclosing:
        _enter(enclosing[-1], using)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_leave()")

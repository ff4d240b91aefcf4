"""Who acts. Actions take `by: Actor`, so that they never ask the web framework who is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable
from uuid import UUID, uuid5

# Jobs have no account; a fixed namespace gives each named job the same id in every audit entry.
_SYSTEM_NAMESPACE = UUID("6b616e67-7368-7500-8000-000000000000")


@runtime_checkable
class Actor(Protocol):
    """What an action may know of the person or job that asks.

    `scope_path` is the path of the part of the institution tree the actor works in (empty: none);
    `person_id` is set when the actor is a resident looking at their own record.
    """

    @property
    def account_id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def roles(self) -> frozenset[str]: ...

    @property
    def institution_id(self) -> UUID | None: ...

    @property
    def staff_id(self) -> UUID | None: ...

    @property
    def person_id(self) -> UUID | None: ...

    @property
    def scope_path(self) -> str: ...


@dataclass(frozen=True)
class SystemActor:
    """A named job, import or command that acts without a person: `SystemActor("nightly dues")`."""

    name: str
    roles: frozenset[str] = frozenset({"system"})
    institution_id: UUID | None = None
    staff_id: UUID | None = None
    person_id: UUID | None = None
    scope_path: str = ""
    account_id: UUID = field(init=False)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a system actor needs a name: the audit trail shows it")
        object.__setattr__(self, "account_id", uuid5(_SYSTEM_NAMESPACE, self.name))

"""The question "may this actor do that?" for packages that lie below `access`.

`access` answers it and registers its answer here when it starts. Until something is registered every
question is refused: a forgotten registration must lock doors, never open them.
"""

from __future__ import annotations

from collections.abc import Callable

from kangshu.kernel.actor import Actor, SystemActor
from kangshu.kernel.errors import NotAllowed
from kangshu.kernel.text import Text

Guard = Callable[[Actor, str], bool]

_guards: list[Guard] = []


def set_guard(guard: Guard) -> None:
    """Register the function that answers `is_allowed`. The last one registered counts."""
    _guards[:] = [guard]


def is_allowed(by: Actor, permission: str) -> bool:
    """Whether the actor holds a permission such as `administer.places`. System actors hold all."""
    if isinstance(by, SystemActor):
        return True
    return bool(_guards) and _guards[0](by, permission)


def check_allowed(by: Actor, permission: str) -> None:
    """Raise `NotAllowed` unless the actor holds the permission."""
    if not is_allowed(by, permission):
        message = Text(
            "您的角色没有这项权限（{permission}）。如确需办理，请联系本单位管理员。",
            "Your role does not have this permission ({permission}). Ask your administrator if you need it.",
        )
        raise NotAllowed("permission.missing", message.format(permission=permission), where=permission)

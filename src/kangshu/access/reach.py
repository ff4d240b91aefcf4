"""How far an account sees among institutions, for lists of things that are about no person."""

from __future__ import annotations

from kangshu.access.roles import REACH, Reach, Role
from kangshu.kernel.actor import Actor
from kangshu.places.models import Institution
from kangshu.places.scope import is_within


def reach_path(by: Actor) -> str:
    """The path of the part of the tree: all of it for the system and for whoever works for the whole county,
    otherwise the own institution and what is under it. "" reaches nothing."""
    known = {role.value for role in Role}
    county = any(REACH[Role(role)] is Reach.COUNTY for role in by.roles if role in known)
    if county or "system" in by.roles:
        return Institution.objects.order_by("path").values_list("path", flat=True).first() or ""
    return by.scope_path


def reaches(by: Actor, path: str) -> bool:
    """Whether an institution lies within the account's reach."""
    return is_within(path, reach_path(by))

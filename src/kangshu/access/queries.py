"""Reading accounts and emergency accesses, for those who administer or review them."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from kangshu.access.models import Account, Assignment, Grant
from kangshu.kernel.actor import Actor
from kangshu.places.models import Institution
from kangshu.places.scope import path_range


def accounts_under(by: Actor, *, text: str = "", role: str = "", state: str = "") -> QuerySet[Account]:
    """Accounts that act at or under the reader's institution; residents' own accounts are not administered.

    `text`: part of user name or name; `role`: a role held; `state`: "active" or "inactive".
    """
    low, high = path_range(by.scope_path)
    inside = Q(assignments__institution__path__gte=low, assignments__institution__path__lt=high) | Q(
        acts_for__path__gte=low, acts_for__path__lt=high
    )
    found = Account.objects.filter(inside, person_id__isnull=True)
    if text:
        found = found.filter(Q(username__icontains=text) | Q(name__icontains=text))
    if role:
        found = found.filter(assignments__role=role, assignments__removed_at__isnull=True)
    if state in {"active", "inactive"}:
        found = found.filter(is_active=state == "active")
    current = Assignment.objects.filter(removed_at__isnull=True).select_related("institution")
    return (
        found.distinct()
        .select_related("acts_for")
        .prefetch_related(Prefetch("assignments", current, to_attr="held"))
        .order_by("username")
    )


def institutions_under(by: Actor) -> QuerySet[Institution]:
    """Institutions at or under the reader's own, in the order of the tree."""
    low, high = path_range(by.scope_path)
    return Institution.objects.filter(path__gte=low, path__lt=high, valid_to__isnull=True).order_by("path")


def own_institutions(by: Actor, on: date) -> QuerySet[Institution]:
    """The institutions at which the actor has a role on a day."""
    return (
        Institution.objects.filter(
            Q(assignments__to_on__isnull=True) | Q(assignments__to_on__gte=on),
            assignments__account_id=by.account_id,
            assignments__removed_at__isnull=True,
            assignments__from_on__lte=on,
        )
        .distinct()
        .order_by("path")
    )


def emergency_accesses(*, only_open: bool = False) -> QuerySet[Grant]:
    """Emergency accesses in the running scope, newest first; `only_open`: not reviewed yet."""
    found = Grant.objects.filter(kind=Grant.Kind.BREAK_GLASS).select_related("account").order_by("-from_at")
    return found.filter(reviewed_at__isnull=True) if only_open else found


def own_grants(by: Actor) -> QuerySet[Grant]:
    """The actor's own emergency accesses, newest first."""
    return emergency_accesses().filter(account_id=by.account_id)

"""Opening one person's record outside the own place: by referral, treatment, contract or in an emergency.

A grant opens the ordinary record. A confidential programme stays closed (see CompartmentAccess).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from kangshu.access.models import Account, Grant
from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered_as_system, refresh
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text
from kangshu.places.models import Institution

#: How long an emergency lasts: one duty's night, not longer than somebody will remember why.
BREAK_GLASS_LASTS = timedelta(hours=4)
SHORTEST_REASON = 6


@dataclass(frozen=True)
class OutsidePerson:
    """The least that a search outside the scope may tell: enough to know that it is the right person."""

    person_id: UUID
    masked_name: str
    institution_name: str
    scope_path: str


#: ID number or record number as typed → the person, wherever they belong. Registered by `people`.
OutsideFinder = Callable[[str], OutsidePerson | None]
_finders: list[OutsideFinder] = []


def set_outside_finder(finder: OutsideFinder) -> None:
    """Register how a person outside the scope is found, in the system's scope. The last one counts."""
    _finders[:] = [finder]


@transaction.atomic
def give(
    *,
    person_id: UUID,
    kind: str,
    by: Actor,
    account_id: UUID | None = None,
    institution_id: UUID | None = None,
    reason: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    using: str = "default",
) -> UUID:
    """Open a person's ordinary record to one account or to one institution's staff; gives the grant's id.

    The caller (a referral, an encounter, a contract) has checked that `by` may see the person. If the grant
    is the running actor's own, it counts at once.
    """
    if (account_id is None) == (institution_id is None):
        raise ValueError("a grant is for an account or for an institution, not both")
    grant_id = new_id()
    start = from_at or timezone.now()
    path = _path_of(account_id, institution_id)
    with connections[using].cursor() as cursor:
        # No RETURNING, no ORM: the new grant usually lies outside what its giver may read.
        cursor.execute(
            "INSERT INTO access_grant (id, person_id, account_id, institution_id, kind, reason, from_at,"
            " until_at, by, scope_path, review) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '')",
            [
                grant_id, person_id, account_id, institution_id, kind, reason[:300], start, until_at,
                by.account_id, path,
            ],
        )  # fmt: skip
    log.write(
        by=by,
        action=f"grant.{kind}",
        about=("access.grant", grant_id),
        person_id=person_id,
        scope_path=path,
        reason=reason,
        detail={"account": account_id, "institution": institution_id, "until_at": until_at},
        using=using,
    )
    refresh(using)
    return grant_id


@transaction.atomic
def revoke(*, grant_id: UUID, by: Actor, now: datetime) -> None:
    """End a grant now. The giver may, and the security administrator of the place that received it."""
    grant = Grant.objects.select_for_update().filter(pk=grant_id, revoked_at__isnull=True).first()
    if grant is None:
        raise NotFound(
            "grant.unknown", Text("没有这条授权，或已终止。", "No such grant, or it has ended already.")
        )
    if grant.by != by.account_id:
        check_allowed(by, "review.break_glass")
    Grant.objects.filter(pk=grant_id).update(revoked_at=now)
    log.write(
        by=by, action="grant.revoked", about=grant, person_id=grant.person_id, scope_path=grant.scope_path
    )
    refresh()


def find_outside(*, number: str, by: Actor) -> OutsidePerson:
    """Find a person wherever they belong, by ID number or record number; every try is written down."""
    check_allowed(by, "break.glass")
    with entered_as_system("emergency access"):
        found = _finders[0](number.strip().upper()) if _finders else None
    log.write(
        by=by,
        action="person.looked_up_outside",
        person_id=found.person_id if found else None,
        outcome=log.DONE if found else log.FAILED,
    )
    if found is None:
        raise NotFound(
            "person.unknown",
            Text(
                "全县没有查到该证件号或档案号。请核对号码；如为新居民，请先建档。",
                "Nobody in the county has this ID or record number. "
                "Check it; register the person if they are new.",
            ),
            where="number",
        )
    return found


@transaction.atomic
def break_glass(*, person_id: UUID, scope_path: str, reason: str, by: Actor, now: datetime) -> UUID:
    """Open a person's ordinary record to the actor for four hours, with a reason that will be reviewed."""
    check_allowed(by, "break.glass")
    if len(reason.strip()) < SHORTEST_REASON:
        message = Text(
            "请写明紧急情况（至少 6 个字），安全管理员会逐条复核。",
            "Say what the emergency is (at least 6 characters); the security administrator reviews each one.",
        )
        raise BadInput([Problem("reason", "reason.too_short", message, reason)])
    grant_id = give(
        person_id=person_id,
        kind=Grant.Kind.BREAK_GLASS.value,
        by=by,
        account_id=by.account_id,
        reason=reason.strip(),
        from_at=now,
        until_at=now + BREAK_GLASS_LASTS,
    )
    # Once more where the person belongs, so that the place concerned sees it in its own trail.
    log.write(
        by=by,
        action="person.opened_in_emergency",
        about=("access.grant", grant_id),
        person_id=person_id,
        scope_path=scope_path,
        reason=reason.strip(),
    )
    return grant_id


@transaction.atomic
def review(*, grant_id: UUID, finding: str, by: Actor, now: datetime) -> None:
    """Write down what the review of an emergency access found. Nobody reviews their own."""
    check_allowed(by, "review.break_glass")
    grant = Grant.objects.select_for_update().filter(pk=grant_id, kind=Grant.Kind.BREAK_GLASS).first()
    if grant is None:
        raise NotFound("grant.unknown", Text("没有这条紧急访问记录。", "No such emergency access."))
    if grant.account_id == by.account_id:
        raise NotAllowed(
            "grant.own", Text("不能复核自己的紧急访问。", "Nobody reviews their own emergency access.")
        )
    if not finding.strip():
        message = Text("请写明复核结论。", "Say what the review found.")
        raise BadInput([Problem("review", "review.missing", message, finding)])
    Grant.objects.filter(pk=grant_id).update(
        reviewed_at=now, reviewed_by=by.account_id, review=finding.strip()[:300]
    )
    log.write(
        by=by,
        action="grant.reviewed",
        about=grant,
        person_id=grant.person_id,
        scope_path=grant.scope_path,
        reason=finding.strip(),
    )


def _path_of(account_id: UUID | None, institution_id: UUID | None) -> str:
    if institution_id is not None:
        return Institution.objects.values_list("path", flat=True).get(pk=institution_id)
    account = Account.objects.get(pk=account_id)
    paths = account.assignments.filter(removed_at__isnull=True).order_by("institution__path")
    return paths.values_list("institution__path", flat=True).first() or ""

"""Administering accounts. Three people, never one (GB/T 22239): the system administrator makes accounts and
resets them, the security administrator gives roles, the auditor watches. Nobody does it to themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from axes.utils import reset as unlock_name
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kangshu.access import queries, second_factor
from kangshu.access.models import Account, Assignment, CompartmentAccess
from kangshu.access.passwords import new_password
from kangshu.access.roles import SEPARATED, TITLES, Role, check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor, SystemActor
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Problem
from kangshu.kernel.text import Text
from kangshu.places.models import Institution, Staff

_NOT_ONESELF = Text(
    "不能对自己的账号进行此操作，请由另一位管理员办理。",
    "Nobody does this to their own account. Ask another administrator.",
)
_OUTSIDE = Text(
    "该账号不属于您管理的机构。", "The account belongs to an institution outside your administration."
)


@dataclass(frozen=True)
class NewAccount:
    """What an account is made from. `institution_id` is where it will act and by whom it is administered."""

    username: str
    name: str
    institution_id: UUID
    phone: str = ""
    language: str = Account.Language.CHINESE.value
    staff_id: UUID | None = None


@transaction.atomic
def create_account(*, new: NewAccount, by: Actor) -> tuple[Account, str]:
    """Make an account without any role; gives it and its first password, which must be changed at sign-in."""
    check_allowed(by, "administer.accounts")
    institution = _institution(new.institution_id, by)
    username = new.username.strip().lower()
    problems = list(_problems_with(username, new))
    if problems:
        raise BadInput(problems)
    password = new_password()
    account = Account(
        username=username,
        name=new.name.strip(),
        phone=new.phone.strip(),
        language=new.language,
        staff_id=new.staff_id,
        acts_for=institution,
        must_change_password=True,
    )
    account.set_password(password)
    account.save()
    _log(by, "account.created", account, institution.path)
    return account, password


@transaction.atomic
def change_account(*, account_id: UUID, name: str, phone: str, staff_id: UUID | None, by: Actor) -> Account:
    """Change who an account belongs to on paper: name, phone, member of staff."""
    account = _administered(account_id, by)
    if not name.strip():
        raise BadInput([Problem("name", "name.missing", Text("请填写姓名。", "Fill in the name."), name)])
    account.name, account.phone, account.staff_id = name.strip(), phone.strip(), staff_id
    account.save(update_fields=["name", "phone", "staff"])
    _log(by, "account.changed", account)
    return account


@transaction.atomic
def reset_password(*, account_id: UUID, by: Actor) -> str:
    """Give a new first password, end the account's sessions, unlock it; returns the password."""
    account = _administered(account_id, by)
    password = new_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    unlock_name(username=account.username)
    _log(by, "account.password_reset", account)
    return password


@transaction.atomic
def reset_second_factor(*, account_id: UUID, by: Actor) -> None:
    """Forget a lost phone; the account sets up a new one at its next sign-in."""
    account = _administered(account_id, by)
    second_factor.forget(account)
    _log(by, "account.second_factor_reset", account)


@transaction.atomic
def unlock(*, account_id: UUID, by: Actor) -> None:
    """Lift the lock after failed sign-ins."""
    account = _administered(account_id, by)
    unlock_name(username=account.username)
    _log(by, "account.unlocked", account)


@transaction.atomic
def set_active(*, account_id: UUID, active: bool, by: Actor) -> None:
    """Deactivate (from its next request the account is nobody) or activate again."""
    account = _administered(account_id, by)
    Account.objects.filter(pk=account.pk).update(is_active=active)
    _log(by, "account.activated" if active else "account.deactivated", account)


@transaction.atomic
def assign_role(
    *,
    account_id: UUID,
    role: Role,
    institution_id: UUID,
    from_on: date,
    to_on: date | None,
    by: Actor,
) -> Assignment:
    """Give an account a role at an institution for a time (both days included)."""
    check_allowed(by, "assign.roles")
    account = _account_for_update(account_id)
    _check_not_oneself(account, by)
    institution = _institution(institution_id, by)
    if to_on is not None and to_on < from_on:
        message = Text("截止日期不能早于开始日期。", "The last day lies before the first.")
        raise BadInput([Problem("to_on", "dates.reversed", message, to_on.isoformat())])
    if role is Role.RESIDENT:
        message = Text("居民账号由居民自己登录产生。", "A resident's account comes from their own sign-in.")
        raise BadInput([Problem("role", "role.resident", message, role.value)])
    _check_separation(account, role, from_on, to_on)
    assignment = Assignment.objects.create(
        account=account,
        role=role.value,
        institution=institution,
        from_on=from_on,
        to_on=to_on,
        given_by=by.account_id,
    )
    _log(by, "role.assigned", account, institution.path, detail=_described(assignment))
    return assignment


@transaction.atomic
def end_assignment(*, assignment_id: int, by: Actor, now: datetime) -> None:
    """Take a role away now: the account's next request no longer has it."""
    check_allowed(by, "assign.roles")
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("account", "institution")
        .filter(pk=assignment_id, removed_at__isnull=True)
        .first()
    )
    if assignment is None:
        raise NotFound(
            "assignment.unknown", Text("没有这项任职，或已终止。", "No such role, or it has ended.")
        )
    _check_not_oneself(assignment.account, by)
    _check_inside(assignment.institution.path, by)
    assignment.removed_at = now
    assignment.save(update_fields=["removed_at"])
    _log(by, "role.removed", assignment.account, assignment.institution.path, detail=_described(assignment))


@transaction.atomic
def open_compartment(*, account_id: UUID, compartment: str, reason: str, by: Actor, now: datetime) -> None:
    """Let an account see a confidential programme's records, within its scope."""
    check_allowed(by, "assign.roles")
    account = _account_for_update(account_id)
    _check_not_oneself(account, by)
    _check_inside(_place_of(account), by)
    if not reason.strip():
        message = Text("请写明工作需要。", "Say why the work needs it.")
        raise BadInput([Problem("reason", "reason.missing", message, reason)])
    if account.compartments.filter(compartment=compartment, removed_at__isnull=True).exists():
        raise Conflict("compartment.open", Text("该账号已有此项权限。", "The account has it already."))
    access = CompartmentAccess(
        account=account, compartment=compartment, reason=reason.strip()[:300], from_at=now, by=by.account_id
    )
    try:
        access.full_clean()
    except ValidationError as error:
        message = Text("专项名称不正确。", "Not the name of a confidential programme.")
        raise BadInput([Problem("compartment", "compartment.name", message, compartment)]) from error
    access.save()
    _log(by, "compartment.opened", account, reason=reason, detail={"compartment": compartment})


@transaction.atomic
def close_compartment(*, access_id: int, by: Actor, now: datetime) -> None:
    """Take a confidential programme away again."""
    check_allowed(by, "assign.roles")
    access = CompartmentAccess.objects.select_related("account").filter(pk=access_id).first()
    if access is None or access.removed_at is not None:
        raise NotFound("compartment.unknown", Text("没有这项权限。", "No such access."))
    _check_inside(_place_of(access.account), by)
    CompartmentAccess.objects.filter(pk=access_id).update(removed_at=now)
    _log(by, "compartment.closed", access.account, detail={"compartment": access.compartment})


@transaction.atomic
def change_own_password(*, old: str, new: str, by: Actor, now: datetime) -> Account:
    """Change one's own password. Raises BadInput when the old one is wrong or the new one too simple."""
    account = _account_for_update(by.account_id)
    if not account.check_password(old):
        message = Text("原密码不正确。", "The old password is wrong.")
        raise BadInput([Problem("old", "password.wrong", message)])
    if account.check_password(new):
        message = Text("新密码不能与原密码相同。", "The new password must differ from the old one.")
        raise BadInput([Problem("new", "password.same", message)])
    check_password_rules(new, account)
    account.set_password(new)
    account.must_change_password = False
    account.password_changed_at = now
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    _log(by, "account.password_changed", account)
    return account


def check_password_rules(password: str, account: Account) -> None:
    """Raise BadInput with every rule the password breaks."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        # Django says them in the language of the page already.
        problems = [Problem("new", "password.rule", Text(text, text)) for text in error.messages]
        raise BadInput(problems) from error


@transaction.atomic
def change_preferences(*, language: str, acts_for_id: UUID | None, by: Actor) -> None:
    """Choose one's language, and, of the institutions one is assigned to, the one to act for."""
    change_language(language=language, by=by)
    if acts_for_id is not None and acts_for_id != by.institution_id:
        act_for(institution_id=acts_for_id, by=by)


@transaction.atomic
def act_for(*, institution_id: UUID, by: Actor) -> Institution:
    """Act for another of the institutions at which one has a role today; counts from the next request.

    Roles, scope and what is written down are the new institution's from then on.
    """
    account = _account_for_update(by.account_id)
    chosen = queries.own_institutions(by, timezone.localdate()).filter(pk=institution_id).first()
    if chosen is None:
        raise NotAllowed(
            "acts_for.foreign", Text("您在该机构没有任职。", "You have no role at that institution.")
        )
    before = by.institution_id
    account.acts_for = chosen
    account.save(update_fields=["acts_for"])
    log.write(
        by=by,
        action="account.acts_for_changed",
        about=account,
        scope_path=chosen.path,
        detail={"before": str(before or ""), "after": str(chosen.pk)},
    )
    return chosen


@transaction.atomic
def change_language(*, language: str, by: Actor) -> None:
    """Remember the language an account reads in; an unknown one changes nothing."""
    if language in Account.Language.values:
        Account.objects.filter(pk=by.account_id).update(language=language)


def _account_for_update(account_id: UUID) -> Account:
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None:
        raise NotFound("account.unknown", Text("没有这个账号。", "No such account."))
    return account


def _administered(account_id: UUID, by: Actor) -> Account:
    check_allowed(by, "administer.accounts")
    account = _account_for_update(account_id)
    _check_not_oneself(account, by)
    _check_inside(_place_of(account), by)
    return account


def _institution(institution_id: UUID, by: Actor) -> Institution:
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound(
            "institution.unknown", Text("没有这个机构。", "No such institution."), where="institution"
        )
    _check_inside(institution.path, by)
    return institution


def _place_of(account: Account) -> str:
    """The highest place the account reaches from: whoever administers it must stand at or above that."""
    paths = [*account.assignments.values_list("institution__path", flat=True)]
    if account.acts_for_id:
        paths.append(Institution.objects.values_list("path", flat=True).get(pk=account.acts_for_id))
    return min(paths, key=len, default="")


def _check_inside(path: str, by: Actor) -> None:
    if not isinstance(by, SystemActor) and not (by.scope_path and path.startswith(by.scope_path)):
        raise NotAllowed("account.outside", _OUTSIDE)


def _check_not_oneself(account: Account, by: Actor) -> None:
    if account.pk == by.account_id:
        raise NotAllowed("account.own", _NOT_ONESELF)


def _check_separation(account: Account, role: Role, from_on: date, to_on: date | None) -> None:
    overlapping = account.assignments.filter(removed_at__isnull=True).filter(
        Q(to_on__isnull=True) | Q(to_on__gte=from_on)
    )
    if to_on is not None:
        overlapping = overlapping.filter(from_on__lte=to_on)
    held = {Role(value) for value in overlapping.values_list("role", flat=True)}
    clashing = held - {role} if role in SEPARATED else held & SEPARATED - {role}
    if clashing:
        titles = [TITLES[one] for one in sorted(clashing)]
        raise Conflict(
            "role.separated",
            Text(
                f"{TITLES[role].zh}不能与{'、'.join(t.zh for t in titles)}由同一账号担任（三员分立）。",
                f"One account cannot be {TITLES[role].en} and {', '.join(t.en for t in titles)} "
                "at the same time.",
            ),
            where="role",
        )


def _problems_with(username: str, new: NewAccount) -> Iterable[Problem]:
    if len(username) < 3 or not all(c.isascii() and (c.isalnum() or c in "._-") for c in username):
        message = Text(
            "用户名至少 3 个字符，只能用字母、数字、点、下划线和短横线。",
            "At least 3 characters: letters, digits, dot, underscore, hyphen.",
        )
        yield Problem("username", "username.form", message, new.username)
    elif Account.objects.filter(username=username).exists():
        message = Text("该用户名已被使用，请另选一个。", "This user name is taken. Choose another.")
        yield Problem("username", "username.taken", message, new.username)
    if not new.name.strip():
        yield Problem("name", "name.missing", Text("请填写姓名。", "Fill in the name."), new.name)
    if new.staff_id is not None and not Staff.objects.filter(pk=new.staff_id).exists():
        yield Problem("staff", "staff.unknown", Text("没有这名工作人员。", "No such member of staff."))


def _described(assignment: Assignment) -> dict[str, str]:
    return {
        "role": assignment.role,
        "institution": assignment.institution.name,
        "from_on": assignment.from_on.isoformat(),
        "to_on": assignment.to_on.isoformat() if assignment.to_on else "",
    }


def _log(
    by: Actor,
    action: str,
    account: Account,
    path: str = "",
    *,
    reason: str = "",
    detail: dict[str, str] | None = None,
) -> None:
    log.write(
        by=by,
        action=action,
        about=account,
        scope_path=path or _place_of(account),
        reason=reason,
        detail={"username": account.username, **(detail or {})},
    )

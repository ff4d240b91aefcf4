"""Fixture accounts: one of each role in the fixture county, always with the same names.

`accounts(county)` stores them; `sign_in(client, account)` signs a test client in without the pages;
`acting(account)` opens the account's scope, as a page would.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from types import SimpleNamespace
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.support.county import County, fixed_id

from kangshu.access import session as sessions
from kangshu.access.models import Account, Assignment
from kangshu.access.roles import Role
from kangshu.access.scope import AccountActor, entered
from kangshu.kernel.actor import Actor
from kangshu.places.models import Institution, Staff

PASSWORD = "Kangshu-2026"
HIRED_ON = date(2020, 1, 1)
#: The person of `resident_zhang`; tests that need the person store one with this id.
ZHANG = fixed_id(900_001)


@dataclass(frozen=True)
class Accounts:
    """Handles to the accounts; `_a` works under centre_a (clinic_a1), `_b` under centre_b (clinic_b1)."""

    village_doctor_a: Account
    village_doctor_b: Account
    township_worker_a: Account
    township_worker_b: Account
    clinician: Account
    hospital_clerk: Account
    epidemiologist: Account
    inspector: Account
    insurance_officer: Account
    bureau_officer: Account
    director: Account
    administrator: Account
    security_administrator: Account
    auditor: Account
    resident_zhang: Account

    def all(self) -> dict[str, Account]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def accounts(county: County) -> Accounts:
    """Store one account of each role. Every password is `PASSWORD`."""
    rows: list[tuple[str, str, Role | None, Institution, Staff | None]] = [
        ("village_doctor_a", "村医甲", Role.VILLAGE_DOCTOR, county.clinic_a1, county.doctor_a),
        ("village_doctor_b", "村医乙", Role.VILLAGE_DOCTOR, county.clinic_b1, county.doctor_b),
        ("township_worker_a", "公卫甲", Role.TOWNSHIP_WORKER, county.centre_a, county.worker_a),
        ("township_worker_b", "公卫乙", Role.TOWNSHIP_WORKER, county.centre_b, county.worker_b),
        ("clinician", "医生丙", Role.CLINICIAN, county.hospital, county.clinician),
        ("hospital_clerk", "业务员丁", Role.HOSPITAL_CLERK, county.hospital, county.clerk),
        ("epidemiologist", "流调员戊", Role.EPIDEMIOLOGIST, county.cdc, county.epidemiologist),
        ("inspector", "监督员己", Role.INSPECTOR, county.bureau, None),
        ("insurance_officer", "经办员庚", Role.INSURANCE_OFFICER, county.bureau, None),
        ("bureau_officer", "科员辛", Role.BUREAU_OFFICER, county.bureau, county.officer),
        ("director", "局长壬", Role.DIRECTOR, county.bureau, None),
        ("administrator", "系统管理员", Role.ADMINISTRATOR, county.bureau, None),
        ("security_administrator", "安全管理员", Role.SECURITY_ADMINISTRATOR, county.bureau, None),
        ("auditor", "审计员", Role.AUDITOR, county.bureau, None),
        ("resident_zhang", "居民张某", None, county.clinic_a1, None),
    ]
    hashed = make_password(PASSWORD)
    made: dict[str, Account] = {}
    for number, (username, name, role, institution, staff) in enumerate(rows, start=1):
        account = Account.objects.create(
            id=fixed_id(800_000 + number),
            username=username,
            name=name,
            staff=staff,
            password=hashed,
            person_id=None if role else ZHANG,
        )
        if role:
            Assignment.objects.create(
                account=account, role=role.value, institution=institution, from_on=HIRED_ON
            )
        made[username] = account
    return Accounts(**made)


def sign_in(client: Client, account: Account) -> Client:
    """Sign a test client in as the account, second factor shown."""
    session = client.session
    sessions.start(session, account, second_factor=True)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@contextmanager
def acting(account: Account, *, using: str = "default") -> Iterator[AccountActor]:
    """The account's scope, as a page enters it; yields the actor."""
    with entered(as_actor(account.pk), using=using) as actor:
        assert isinstance(actor, AccountActor)
        yield actor


def as_actor(account_id: UUID) -> Actor:
    """Just enough of an actor to enter its scope, which then says the rest."""
    return SimpleNamespace(account_id=account_id)  # type: ignore[return-value]

"""The demo's accounts: one of every role, all with one documented password, never made outside a demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django_otp.plugins.otp_totp.models import TOTPDevice

from kangshu.access.models import Account, Assignment
from kangshu.access.roles import SECOND_FACTOR, TITLES, Role
from kangshu.demo.institutions import OPENED_ON, Establishment, Member, Place
from kangshu.demo.numbers import make_id
from kangshu.demo.options import Options
from kangshu.demo.storing import SomePatient
from kangshu.kernel.dates import CHINA

PASSWORD = "Kangshu-2026"
# The secret of demo accounts that need a second factor, in hexadecimal; `kangshu account code NAME` says the
# code it gives now.
SECOND_FACTOR_KEY = "6b616e6773687564656d6f6b65793031"


@dataclass(frozen=True)
class DemoAccount:
    """One line of the table that `kangshu demo` prints."""

    role_zh: str
    role_en: str
    username: str
    password: str = PASSWORD


@dataclass(frozen=True)
class _Seat:
    """Who sits where: the first institution of a kind, and a member of its staff of a kind."""

    username: str
    role: Role
    place: str
    staff: str = ""


_SEATS = (
    _Seat("village_doctor", Role.VILLAGE_DOCTOR, "village_clinic", "village_doctor"),
    _Seat("township_worker", Role.TOWNSHIP_WORKER, "centre", "public_health"),
    _Seat("hospital_clerk", Role.HOSPITAL_CLERK, "hospital", "clerk"),
    _Seat("clinician", Role.CLINICIAN, "hospital", "doctor"),
    _Seat("epidemiologist", Role.EPIDEMIOLOGIST, "cdc", "public_health"),
    _Seat("inspector", Role.INSPECTOR, "supervision", "other"),
    _Seat("insurance_officer", Role.INSURANCE_OFFICER, "insurance", "other"),
    _Seat("bureau_officer", Role.BUREAU_OFFICER, "bureau", "other"),
    _Seat("director", Role.DIRECTOR, "bureau"),
    _Seat("administrator", Role.ADMINISTRATOR, "bureau"),
    _Seat("security_administrator", Role.SECURITY_ADMINISTRATOR, "bureau"),
    _Seat("auditor", Role.AUDITOR, "bureau"),
)


def demo_accounts() -> list[DemoAccount]:
    """The accounts that every demo county has."""
    titles = [(seat.username, TITLES[seat.role]) for seat in _SEATS]
    titles.append(("resident", TITLES[Role.RESIDENT]))
    return [DemoAccount(title.zh, title.en, username) for username, title in titles]


def make_accounts(
    establishment: Establishment, resident: SomePatient | None, options: Options, using: str = "owner"
) -> None:
    """Store the accounts with their roles; `resident` is the person whose own page the resident sees."""
    random = Random(f"{options.seed}/accounts")
    hashed = make_password(PASSWORD)
    for seat in _SEATS:
        place = _place(establishment, seat.place)
        member = next((m for m in place.staff if m.kind == seat.staff and m.to_on is None), None)
        name = member.name if member else TITLES[seat.role].zh
        account = _store(seat.username, name, hashed, member, None, random, options, using)
        Assignment.objects.using(using).create(
            account=account, role=seat.role.value, institution_id=place.id, from_on=OPENED_ON
        )
        if seat.role in SECOND_FACTOR:
            TOTPDevice.objects.using(using).create(
                user=account, name="demo", key=SECOND_FACTOR_KEY, confirmed=True
            )
    if resident is not None:
        _store("resident", resident.name, hashed, None, resident.id, random, options, using)


def _place(establishment: Establishment, kind: str) -> Place:
    """The first clinic and the centre above it belong together: the two see the same people."""
    first = establishment.clinics[0]
    if kind == "village_clinic":
        return first.place
    return first.centre if kind == "centre" else establishment.first(kind)


def _store(
    username: str,
    name: str,
    hashed: str,
    member: Member | None,
    person_id: UUID | None,
    random: Random,
    options: Options,
    using: str,
) -> Account:
    return Account.objects.using(using).create(
        id=make_id(random, datetime.combine(OPENED_ON, time(8), CHINA)),
        username=username,
        name=name,
        password=hashed,
        staff_id=member.id if member else None,
        person_id=person_id,
        password_changed_at=datetime.combine(options.today, time(0), UTC),
    )

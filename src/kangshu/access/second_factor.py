"""The second factor: a time-based code (TOTP, RFC 6238) from a phone, or one of ten recovery codes.

django-otp keeps the devices, refuses a code used twice and slows down guessing.
"""

from __future__ import annotations

import base64
import io
import secrets
from collections.abc import Sequence
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from kangshu.access.models import Account
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import NotAllowed, Refusal
from kangshu.kernel.text import Text

RECOVERY_CODES = 10
_WRONG = Text(
    "验证码不正确。请查看手机上当前的 6 位数字后重试。",
    "Wrong code. Type the six digits your phone shows now.",
)


class WrongCode(Refusal):
    """The code does not fit, or guessing has to wait."""


def new_key() -> str:
    """A new secret as hex, to be confirmed with its first code before it is stored."""
    return random_hex(20)


def as_base32(key: str) -> str:
    """The secret as authenticator apps want it typed."""
    return base64.b32encode(bytes.fromhex(key)).decode()


def address_of(key: str, username: str) -> str:
    """The otpauth:// address that the QR code carries."""
    issuer = settings.OTP_TOTP_ISSUER
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?" + urlencode(
        {"secret": as_base32(key), "issuer": issuer, "digits": 6, "period": 30}
    )


def picture_of(key: str, username: str) -> str:
    """The QR code as SVG, to stand in the page."""
    drawn = io.BytesIO()
    segno.make(address_of(key, username), error="m").save(
        drawn, kind="svg", scale=5, border=2, xmldecl=False, dark="#000", light="#fff"
    )
    return drawn.getvalue().decode()


def is_enrolled(account: Account) -> bool:
    return TOTPDevice.objects.filter(user=account, confirmed=True).exists()


@transaction.atomic
def enrol(*, account: Account, key: str, code: str, by: Actor) -> list[str]:
    """Store the secret once its first code fits; gives ten recovery codes, shown this one time.

    Raises WrongCode when the code does not fit (a clock more than a minute wrong is the usual reason).
    """
    if is_enrolled(account):
        raise NotAllowed(
            "second_factor.enrolled",
            Text(
                "该账号已绑定验证器；更换请联系管理员重置。",
                "Already set up. Ask an administrator to reset it.",
            ),
        )
    device = TOTPDevice(user=account, name="phone", key=key, confirmed=True)
    if not device.verify_token(code.strip()):
        raise WrongCode("second_factor.wrong", _WRONG)
    codes = _new_recovery_codes(account)
    log.write(by=by, action="account.second_factor_enrolled", about=account)
    return codes


def check_code(*, account: Account, code: str, by: Actor) -> None:
    """Accept a code from the phone or a recovery code (which is then used up), or raise WrongCode.

    Failures are counted by django-otp in the caller's transaction, so the caller must not roll back.
    """
    typed = code.strip().replace(" ", "").replace("-", "").lower()
    devices: list[TOTPDevice | StaticDevice] = (
        list(TOTPDevice.objects.select_for_update().filter(user=account, confirmed=True))
        if typed.isdigit() and len(typed) == 6
        else list(StaticDevice.objects.select_for_update().filter(user=account, confirmed=True))
    )
    for device in devices:
        allowed, wait = device.verify_is_allowed()
        if not allowed:
            raise _must_wait(wait)
        if device.verify_token(typed):
            how = "phone" if isinstance(device, TOTPDevice) else "recovery code"
            log.write(by=by, action="account.second_factor_shown", about=account, detail={"how": how})
            return
    log.refuse(by=by, action="account.second_factor_failed", about=account, outcome=log.FAILED)
    raise WrongCode("second_factor.wrong", _WRONG)


def forget(account: Account) -> None:
    """Remove all devices (a lost phone); the next sign-in enrols a new one."""
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()


def current_code(key: str) -> str:
    """The code that a phone with this secret shows now."""
    return f"{totp(bytes.fromhex(key)):06d}"


def _new_recovery_codes(account: Account) -> list[str]:
    device, _ = StaticDevice.objects.get_or_create(user=account, name="recovery")
    device.token_set.all().delete()
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _must_wait(wait: dict | Sequence | None) -> WrongCode:
    return WrongCode(
        "second_factor.wait",
        Text("输错次数过多，请稍候再试。", "Too many wrong codes. Wait a moment, then try again."),
    )

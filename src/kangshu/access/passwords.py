"""What a password must be like (GB/T 22239 level 3: eight characters of three kinds, changed in 90 days)."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINIMUM_LENGTH = 8
MINIMUM_KINDS = 3


def kinds_in(password: str) -> int:
    """How many of capital letters, small letters, digits and other characters occur."""
    return sum(
        (
            any(c in string.ascii_uppercase for c in password),
            any(c in string.ascii_lowercase for c in password),
            any(c in string.digits for c in password),
            any(c not in string.ascii_letters + string.digits for c in password),
        )
    )


def new_password() -> str:
    """A first password to be handed over and changed at once: no letters that are misread on paper."""
    letters = "abcdefghijkmnpqrstuvwxyz"
    digits = "23456789"
    drawn = [secrets.choice(letters.upper()), *(secrets.choice(letters) for _ in range(5))]
    return "".join(drawn) + "-" + "".join(secrets.choice(digits) for _ in range(4))


class LengthAndKinds:
    """Django's password validator for the rule above."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < MINIMUM_LENGTH or kinds_in(password) < MINIMUM_KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        return _(
            "At least 8 characters, with three of: capital letters, small letters, digits, other characters."
        )

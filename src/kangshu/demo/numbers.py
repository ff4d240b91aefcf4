"""Identity numbers, phones and ids of invented people, each made from the seed.

Identity numbers have a real division code and a valid check character, or no screen and no import could be
tried with them; their serials are counted up by birth date and belong to nobody we know of. Phones begin with
154, a range not given to subscribers. UUIDs have the shape of version 7 with seeded random bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from random import Random
from uuid import UUID

from kangshu.kernel.identifiers import resident_id_check_character

_PHONE_PREFIX = "154"


SERIALS = 499  # of a day and sex in one division


class IdentityNumbers:
    """Gives each invented person a number of its own, by division, birth date and sex.

    `part` of `parts`: each township counts in a range of its own, so that townships can be made side by side
    and a number does not depend on who was made before.
    """

    def __init__(self, divisions: Sequence[str], part: int = 0, parts: int = 1) -> None:
        self._divisions = tuple(divisions)
        self._used: dict[tuple[str, int, str], int] = {}
        self._each = SERIALS // parts
        self._first = part * self._each

    def next(self, division: str, birth: date, sex: str) -> str:
        """An unused number; another division of the list when this one's serials of the day are gone."""
        for candidate in (division, *self._divisions):
            key = (candidate, birth.toordinal(), sex)
            used = self._used.get(key, 0)
            if used < self._each:
                self._used[key] = used + 1
                serial = 2 * (self._first + used) + (1 if sex == "1" else 2)
                first_17 = f"{candidate}{birth:%Y%m%d}{serial:03d}"
                return first_17 + resident_id_check_character(first_17)
        raise RuntimeError(f"no identity number is left for {birth} {sex}")


def phone(random: Random) -> str:
    """Eleven digits that reach nobody."""
    return f"{_PHONE_PREFIX}{int(random.random() * 100_000_000):08d}"


def make_id(random: Random, at: datetime) -> UUID:
    """A UUID of version 7 at a moment, its random bits from the seed."""
    milliseconds = int(at.timestamp() * 1000)
    bits = random.getrandbits(74)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= (bits >> 62) << 64
    value |= 0b10 << 62
    value |= bits & ((1 << 62) - 1)
    return UUID(int=value)

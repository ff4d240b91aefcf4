"""The personal information form of one resident in four; of one in seven the consent to open the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from kangshu.demo.options import Options
from kangshu.demo.recipes import Recipe
from kangshu.demo.residents import Resident

FORM, OPENING = "records.personal_information", "records.opening"
SHARE, OPENED = 0.25, 0.15


def _registered(resident: Resident, options: Options, random: Random) -> date | None:
    """Somewhere in the recorded year: the forms of former years lie on paper."""
    first = max(options.begins, resident.created_on)
    last = (resident.ended_on or options.today) - timedelta(days=3)
    if random.random() >= SHARE or first >= last or resident.undocumented:
        return None
    return first + timedelta(days=int(random.random() * (last - first).days))


def _forms(
    resident: Resident, options: Options, random: Random
) -> Iterator[tuple[str, date, dict[str, Any]]]:
    on = options.today - timedelta(days=random.randint(1, 300))
    yield FORM, max(on, resident.created_on, options.begins), {}
    if random.random() < OPENED / SHARE:
        yield OPENING, max(on, resident.created_on, options.begins), {}


RECIPE = Recipe(
    capability="records.personal_information",
    enrols=lambda resident, options, random: (
        options.begins if _registered(resident, options, random) is not None else None
    ),
    visits=_forms,
)

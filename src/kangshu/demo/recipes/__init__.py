"""How the invented county uses each service: one file a service, found by its `RECIPE`.

A recipe says who is enrolled and since when, and how the answers that matter are distributed. Everything
else (which form, when it is due, what must be answered, what an answer means) comes from the declaration
itself, so a new service gets demo data by one short file here, and a service without one stays empty.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from kangshu.demo.options import Options
from kangshu.demo.residents import Resident
from kangshu.kernel.dates import add_months


@dataclass
class Sitting:
    """One filling of one form: whose, when, by whom; `own` is what stays the same for this person."""

    resident: Resident
    on: date
    doctor: str
    random: Random
    own: dict[str, Any]
    number: int = 0  # how many sittings of this form went before

    @property
    def age(self) -> int:
        return self.resident.age_on(self.on)


How = Callable[[Sitting], Any]
"""Gives the answer to one question, or None for no answer."""
Enrolment = Callable[[Resident, Options, Random], date | None]
"""The day a resident was enrolled, None for those who never were."""


def around(
    mean: float, spread: float, *, least: float, greatest: float, places: int = 0, own: float = 0.8
) -> How:
    """A measured number: most of the spread lies between people (`own`), the rest between days."""

    def answer(sitting: Sitting) -> Any:
        key = f"around {mean} {spread} {least}"
        if key not in sitting.own:
            sitting.own[key] = sitting.random.gauss(0, spread * own)
        value = mean + sitting.own[key] + sitting.random.gauss(0, spread * (1 - own))
        value = min(max(value, least), greatest)
        return round(value, places) if places else round(value)

    return answer


def among(**weights: float) -> How:
    """One code by weight, drawn anew each time; write code 1 as `_1`."""
    codes = [code.lstrip("_") for code in weights]
    shares = list(weights.values())
    return lambda sitting: sitting.random.choices(codes, shares)[0]


def several(none: str, **chances: float) -> How:
    """Codes each by its own chance; `none` where nothing came up."""

    def answer(sitting: Sitting) -> Any:
        found = [code.lstrip("_") for code, chance in chances.items() if sitting.random.random() < chance]
        return found or [none]

    return answer


def steady(name: str, how: How) -> How:
    """Decided once for each person and then the same."""

    def answer(sitting: Sitting) -> Any:
        if name not in sitting.own:
            sitting.own[name] = how(sitting)
        return sitting.own[name]

    return answer


def always(value: Any) -> How:
    """The same answer of everybody."""
    return lambda sitting: value


def one_of(*values: Any) -> How:
    """One of these, each as likely."""
    return lambda sitting: sitting.random.choice(values)


def at_times(chance: float, how: How) -> How:
    """Answered in this share of sittings only."""
    return lambda sitting: how(sitting) if sitting.random.random() < chance else None


def known_from(
    age: int, share: Callable[[int, str], float], *, until: int = 200, managed: float = 0.8
) -> Enrolment:
    """People of an age who have something with this chance (by age and sex), of whom `managed` are enrolled:
    most years ago, one in seven during the recorded work."""

    def enrolled_on(resident: Resident, options: Options, random: Random) -> date | None:
        chance = random.random()
        now = resident.age_on(options.today)
        if not age < now <= until or chance >= share(now, resident.sex) * managed:
            return None
        if resident.document_kind != "01" or resident.undocumented:
            return None
        first = max(add_months(resident.birth, 12 * age + 1), date(2013, 1, 1), resident.created_on)
        last = min(options.today, resident.ended_on or options.today) - timedelta(days=20)
        if random.random() < 0.15:
            first = max(first, options.begins)
        if first >= last:
            return None
        return first + timedelta(days=int(random.random() * (last - first).days))

    return enrolled_on


def of_this_year(age: int, share: float) -> Enrolment:
    """This share of the people from an age on fell ill and were enrolled since records began."""

    def enrolled_on(resident: Resident, options: Options, random: Random) -> date | None:
        chance = random.random()
        first = max(options.begins, resident.created_on)
        last = (resident.ended_on or options.today) - timedelta(days=10)
        if chance >= share or resident.age_on(options.begins) < age or first >= last:
            return None
        return first + timedelta(days=int(random.random() * (last - first).days))

    return enrolled_on


def everybody_from(age: int, share: float) -> Enrolment:
    """This share of the people who have reached an age, since the birthday or since records began."""

    def enrolled_on(resident: Resident, options: Options, random: Random) -> date | None:
        chance = random.random()
        reached = add_months(resident.birth, 12 * age)
        on = max(reached, date(2013, 1, 1), resident.created_on) + timedelta(days=random.randint(0, 300))
        last = resident.ended_on or options.today
        return on if chance < share and on < last - timedelta(days=5) else None

    return enrolled_on


def newborn(until_months: int, share: float = 0.95) -> Enrolment:
    """This share of the children who were younger than so many months when the recorded work began."""

    def enrolled_on(resident: Resident, options: Options, random: Random) -> date | None:
        chance = random.random()
        is_child = add_months(resident.birth, until_months) > options.begins
        on = max(resident.birth, resident.created_on)
        if not is_child or chance >= share or on > add_months(resident.birth, until_months - 1):
            return None
        return on if on < (resident.ended_on or options.today) else None

    return enrolled_on


Visits = Callable[[Resident, Options, Random], Iterable[tuple[str, date, dict[str, Any]]]]
"""Form, day and answers of everything that was done for one person."""


@dataclass(frozen=True)
class Recipe:
    """`answers`: form id → question → how it is answered. `kept`: share of windows that are used in time,
    `skipped`: share that are never used. `at`: "clinic" (the village doctor) or "centre". `facts`: what is
    known of a case at its opening, in JSON form. `whole`: form id → all answers at once, for forms that the
    generator can already fill. `first_form` is filled on the day of enrolment; with `visits`
    exactly these are made and the schedule is not walked."""

    capability: str
    enrols: Enrolment
    answers: Mapping[str, Mapping[str, How]] = field(default_factory=dict)
    kept: float = 0.86
    skipped: float = 0.04
    at: str = "clinic"
    facts: Callable[[Resident, date, Random], dict[str, Any]] | None = None
    whole: Mapping[str, Callable[[Sitting], dict[str, Any]]] = field(default_factory=dict)
    first_form: str = ""
    visits: Visits | None = None


def recipes() -> list[Recipe]:
    """Every recipe there is, in the order of the files' names."""
    found = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        recipe = getattr(importlib.import_module(f"{__name__}.{module.name}"), "RECIPE", None)
        if isinstance(recipe, Recipe):
            found.append(recipe)
    return found

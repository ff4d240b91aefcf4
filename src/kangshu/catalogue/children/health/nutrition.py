"""Growth and blood of a child, from plain values (norms A4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kangshu.catalogue.children.health.questions import ABOVE, BELOW, WITHIN
from kangshu.codes.growth import Growth, growth
from kangshu.declare import Parameters, PersonFacts, Visit
from kangshu.kernel.dates import months_between

FIVE_YEARS = 60
STANDING = "2"
ABOVE_SD = 2
# WHO (2006) takes scores beyond these for errors of measurement.
POSSIBLE = {
    "weight_for_age": (-6, 5),
    "length_for_age": (-6, 6),
    "weight_for_length": (-5, 5),
    "bmi_for_age": (-5, 5),
}


@dataclass(frozen=True)
class Nutrition:
    """`values` to be kept with the record, and the codes of what was `found`."""

    values: Mapping[str, Any] = field(default_factory=dict)
    found: tuple[str, ...] = ()


def nutrition(visit: Visit, person: PersonFacts, parameters: Parameters) -> Nutrition:
    """Values: the z-scores (`weight_for_age`, …), `weight_grade`, `length_grade`, `build_grade` ("1" above,
    "2" within, "3" below two SD) and `build` (wasted, normal, overweight, obese). A grade that the doctor
    entered counts more than the score. What cannot be known is left out."""
    scores = _scores(visit, person)
    possible = {name: score for name, score in scores.items() if _is_possible(name, score)}
    low = parameters.value("child_health.low_sd", visit.performed_on)
    age = 0 if person.birth_date is None else months_between(person.birth_date, visit.performed_on)
    body = _body(possible, age)
    weight, length, shape = (
        visit.answers.get(name) or _grade(score, low)
        for name, score in (
            ("weight_grade", possible.get("weight_for_age")),
            ("length_grade", possible.get("length_for_age")),
            ("build_grade", body),
        )
    )
    build = _build(visit, body, shape, age, parameters)
    found = {
        "underweight": weight == BELOW,
        "stunted": length == BELOW,
        build or "": build in ("wasted", "overweight", "obese"),
        "implausible": len(possible) < len(scores),
    }
    values = {
        **possible,
        "weight_grade": weight,
        "length_grade": length,
        "build_grade": shape,
        "build": build,
    }
    return Nutrition(
        {name: value for name, value in values.items() if value is not None},
        tuple(code for code, holds in found.items() if holds),
    )


def _scores(visit: Visit, person: PersonFacts) -> dict[str, Decimal]:
    if person.birth_date is None:
        return {}
    posture = visit.answers.get("posture")
    found: Growth = growth(
        person.sex,
        person.birth_date,
        visit.performed_on,
        visit.answers.get("weight"),
        visit.answers.get("length"),
        standing=None if posture is None else posture == STANDING,
    )
    scores = {name: getattr(found, name) for name in POSSIBLE}
    return {name: score for name, score in scores.items() if score is not None}


def _is_possible(name: str, score: Decimal) -> bool:
    least, greatest = POSSIBLE[name]
    return least <= score <= greatest


def _body(scores: Mapping[str, Decimal], age: int) -> Decimal | None:
    """Weight for length; from five years on, and where its table ends, the body mass index for age."""
    by_length = scores.get("weight_for_length") if age < FIVE_YEARS else None
    return scores.get("bmi_for_age") if by_length is None else by_length


def _grade(score: Decimal | None, low: Decimal) -> str | None:
    if score is None:
        return None
    return BELOW if score < low else ABOVE if score > ABOVE_SD else WITHIN


def _build(
    visit: Visit, score: Decimal | None, grade: str | None, age: int, parameters: Parameters
) -> str | None:
    entered = visit.answers.get("build_grade")
    low = parameters.value("child_health.low_sd", visit.performed_on)
    if grade is None:
        return None
    if score is None or (entered and entered != _grade(score, low)):
        return {BELOW: "wasted", WITHIN: "normal", ABOVE: "overweight"}[grade]
    years = "under_5" if age < FIVE_YEARS else "from_5"
    if score < low:
        return "wasted"
    if score >= parameters.value(f"child_health.obese_{years}", visit.performed_on):
        return "obese"
    if score >= parameters.value(f"child_health.overweight_{years}", visit.performed_on):
        return "overweight"
    return "normal"


def anaemia(visit: Visit, person: PersonFacts, parameters: Parameters) -> str | None:
    """ "none", "mild", "moderate", "severe"; None without a result, and under six months, for which the norm
    has no limit."""
    hb, born = visit.answers.get("hb"), person.birth_date
    if hb is None or born is None:
        return None
    age = months_between(born, visit.performed_on)
    if age < 6:
        return None
    limits = ("hb_severe", "hb_moderate", "hb_6_to_59_months" if age < FIVE_YEARS else "hb_from_5_years")
    for limit, grade in zip(limits, ("severe", "moderate", "mild"), strict=True):
        if hb < parameters.value(f"child_health.{limit}", visit.performed_on):
            return grade
    return "none"

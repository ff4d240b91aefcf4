"""A child's measurements from its records, with z-scores and what was found, oldest first.

It reads the records of child health (`children.*`) and asks the WHO tables anew, so that a visit imported
without its scores is drawn all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kangshu.codes.growth import Growth, growth
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.work.models import Record, RecordStatus
from kangshu.work.queries import same_person

NEWBORN_VISIT = "children.newborn_visit"
FORMS = (NEWBORN_VISIT, "children.infant_check", "children.toddler_check", "children.preschool_check")
STANDING = "2"
MONTH = Decimal("30.4375")

FLAGS = {
    "underweight": Text("低体重", "underweight"),
    "stunted": Text("生长迟缓", "stunted"),
    "wasted": Text("消瘦", "wasted"),
    "overweight": Text("超重", "overweight"),
    "obese": Text("肥胖", "obese"),
    "anaemia_mild": Text("轻度贫血", "mild anaemia"),
    "anaemia_moderate": Text("中度贫血", "moderate anaemia"),
    "anaemia_severe": Text("重度贫血", "severe anaemia"),
}
BELOW = "3"


@dataclass(frozen=True)
class Measured:
    """One visit: weight in kg, length or height in cm, haemoglobin in g/L; `flags` are codes of FLAGS."""

    record: Record
    on: date
    months: Decimal
    weight: Decimal | None
    length: Decimal | None
    hb: Decimal | None
    scores: Growth
    flags: tuple[str, ...]

    @property
    def bmi(self) -> Decimal | None:
        if self.weight is None or self.length is None:
            return None
        return (self.weight / (self.length / 100) ** 2).quantize(Decimal("0.1"))

    @property
    def flag_titles(self) -> list[Text]:
        return [FLAGS[flag] for flag in self.flags]


def measured(person: Person) -> list[Measured]:
    """The visits of a child at which it was weighed or measured, the birth first; needs a birth date."""
    if person.birth_date is None:
        return []
    rows = Record.objects.filter(
        person__in=same_person(person.pk), form_id__in=FORMS, status=RecordStatus.CURRENT
    ).order_by("performed_on", "entered_at", "id")
    found: list[Measured] = []
    for record in rows:
        if record.form_id == NEWBORN_VISIT and (birth := _at_birth(person, record)):
            found.append(birth)
        if (visit := _measured(person, record, record.performed_on, "weight", "length")) is not None:
            found.append(visit)
    return sorted(found, key=lambda visit: visit.on)


def _at_birth(person: Person, record: Record) -> Measured | None:
    assert person.birth_date is not None
    return _measured(person, record, person.birth_date, "birth_weight", "birth_length")


def _measured(person: Person, record: Record, on: date, weight: str, length: str) -> Measured | None:
    answers = record.answers
    heavy, long = _number(answers.get(weight)), _number(answers.get(length))
    if (heavy is None and long is None) or person.birth_date is None or on < person.birth_date:
        return None
    posture = answers.get("posture")
    scores = growth(
        person.sex,
        person.birth_date,
        on,
        heavy,
        long,
        standing=None if posture is None else posture == STANDING,
    )
    at_birth = weight == "birth_weight"
    return Measured(
        record,
        on,
        (Decimal((on - person.birth_date).days) / MONTH).quantize(Decimal("0.1")),
        heavy,
        long,
        None if at_birth else _number(answers.get("hb")),
        scores,
        () if at_birth else flags_of(record.assessment),
    )


def flags_of(assessment: dict[str, Any]) -> tuple[str, ...]:
    """What the rule of the visit found: codes of FLAGS."""
    found = []
    if assessment.get("weight_grade") == BELOW:
        found.append("underweight")
    if assessment.get("length_grade") == BELOW:
        found.append("stunted")
    if assessment.get("build") in FLAGS:
        found.append(assessment["build"])
    if (blood := f"anaemia_{assessment.get('anaemia')}") in FLAGS:
        found.append(blood)
    return tuple(found)


def _number(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None

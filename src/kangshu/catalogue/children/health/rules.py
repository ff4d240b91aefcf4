"""What a visit or check of a child means (norms A4.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kangshu.catalogue.children.health import wording
from kangshu.catalogue.children.health.ages import (
    INFANT,
    NEWBORN_UNTIL_DAY,
    PRESCHOOL,
    TODDLER,
    UNDER_MONTHS,
    age_of_check,
)
from kangshu.catalogue.children.health.nutrition import anaemia, nutrition
from kangshu.catalogue.children.health.parameters import NORM
from kangshu.catalogue.children.health.schedule import IN_A_MONTH, SOON
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Text, Visit
from kangshu.kernel.dates import add_days, add_months

ANYBODY = PersonFacts()
YES = "2"
ABNORMAL = "2"
NOT_DONE = "3"
URGENT = frozenset(
    (
        "temperature", "respiration", "heart_rate", "severe_jaundice", "fontanelle", "breathing_hard",
        "anaemia_severe",
    )
)  # fmt: skip
REFER = URGENT | frozenset(
    (
        "jaundice", "umbilicus", "malformation", "neck_mass", "hearing_screen", "disease_screen",
        "underweight", "stunted", "wasted", "obese", "anaemia_mild", "anaemia_moderate", "warning_sign",
        "hearing", "vision", "vision_differs", "caries", "rickets_signs", "referred",
    )
)  # fmt: skip
NEWBORN_RISKS = frozenset(("low_birth_weight", "preterm", "multiple", "asphyxia"))
EXAMINED = (
    "skin", "eyes", "ears", "nose", "mouth", "heart_lungs", "chest", "abdomen", "limbs", "gait", "anus",
    "spine", "genitals",
)  # fmt: skip
HB_AT, HEARING_AT, VISION_AT = (6, 8, 18, 30, 48, 60, 72), (6, 12, 24, 36), (48, 60, 72)
IN_TIME_DAYS = 7


def assess_newborn(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Values: `outcome` (normal, attention, high_risk, refer), `in_time` ("yes" within seven days after the
    discharge, or the birth while that is unknown), `reasons`. Raises CannotAssess without a birth date and
    later than 28 days after the discharge or birth."""
    born = _birth(person)
    home_on = max(visit.answers.get("discharged_on") or born, born)
    if visit.performed_on > add_days(home_on, NEWBORN_UNTIL_DAY):
        raise CannotAssess("child_health.newborn_only", wording.NEWBORN_ONLY, where="performed_on")
    in_time = "yes" if visit.performed_on <= add_days(home_on, IN_TIME_DAYS) else "no"
    found = (
        *_newborn_signs(visit, parameters),
        *_newborn_findings(visit),
        *_newborn_risks(visit, parameters),
    )
    return _said(found, {"in_time": in_time}, wording.NEWBORN_OUTCOMES)


def assess_infant(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """As `_check` says, of the full month, 3, 6 and 8 months."""
    return _check(visit, earlier, person, parameters, INFANT)


def assess_toddler(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """As `_check` says, of 12, 18, 24 and 30 months."""
    return _check(visit, earlier, person, parameters, TODDLER)


def assess_preschool(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """As `_check` says, of 3, 4, 5 and 6 years."""
    return _check(visit, earlier, person, parameters, PRESCHOOL)


def assess_follow_up(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Values: `outcome` (resolved, continue, not_seen) and `next_visit_on`. Raises CannotAssess without the
    result of a child that was seen."""
    if visit.answers.get("seen") == "1":
        outcome = "not_seen"
    elif visit.answers.get("result") is None:
        raise CannotAssess("child_health.result_missing", wording.RESULT_MISSING, where="result")
    else:
        outcome = "resolved" if visit.answers["result"] == "1" else "continue"
    window = {"not_seen": SOON, "continue": IN_A_MONTH}.get(outcome)
    dates = None if window is None else window.after(visit.performed_on)
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, **({} if dates is None else {"next_visit_on": dates.due_on})},
        title=wording.FOLLOW_UPS[outcome],
        advice=(Advice(outcome, wording.ADVICE[outcome]),),
        next=dates,
    )


def _check(
    visit: Visit,
    earlier: Sequence[Visit],
    person: PersonFacts,
    parameters: Parameters,
    ages: tuple[int, ...],
) -> Assessment:
    """Values: `outcome` (normal, attention, refer), `contact` (the age in months this check belongs to),
    z-scores and grades (`nutrition`), `anaemia`, `warning_sign` ("yes", "no"; none at the full month),
    `complete` ("no" while a test of the age is due), `reasons`. Raises CannotAssess without a birth date and
    outside the ages of the form."""
    contact = _contact(person, visit.performed_on, ages)
    grown = nutrition(visit, person, parameters)
    blood = anaemia(visit, person, parameters)
    sign = _warning_sign(visit, contact)
    found = (
        *grown.found,
        *(() if blood in (None, "none") else (f"anaemia_{blood}",)),
        *(("warning_sign",) if sign == "yes" else ()),
        *_senses(visit, contact, parameters),
        *_body_findings(visit),
    )
    due = _due(visit, earlier, contact)
    values = {"contact": str(contact), **grown.values, "anaemia": blood, "warning_sign": sign}
    known = {name: value for name, value in values.items() if value is not None}
    return _said(found, {**known, "complete": "no" if due else "yes"}, wording.OUTCOMES, due)


def _birth(person: PersonFacts) -> date:
    if person.birth_date is None:
        raise CannotAssess("child_health.no_birth", wording.NO_BIRTH)
    return person.birth_date


def _contact(person: PersonFacts, on: date, ages: tuple[int, ...]) -> int:
    born = _birth(person)
    contact = age_of_check(born, on, ages)
    if contact is None:
        raise CannotAssess("child_health.too_young", wording.TOO_YOUNG, where="performed_on")
    if add_months(born, UNDER_MONTHS[ages]) <= on:
        raise CannotAssess("child_health.too_old", wording.TOO_OLD, where="performed_on")
    return contact


def _said(
    found: Sequence[str], values: Mapping[str, Any], titles: Mapping[str, Text], due: Sequence[str] = ()
) -> Assessment:
    reasons = tuple(dict.fromkeys(found))
    if REFER & set(reasons):
        outcome = "refer"
    elif NEWBORN_RISKS & set(reasons):
        outcome = "high_risk"
    else:
        outcome = "attention" if reasons else "normal"
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, **values, "reasons": reasons},
        title=titles[outcome],
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in (*reasons, *due)),
        urgent=bool(URGENT & set(reasons)),
        refer=outcome == "refer",
    )


def _which(found: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(code for code, holds in found.items() if holds)


def _outside(value: Any, least: Any, greatest: Any) -> bool:
    return value is not None and not least <= value <= greatest


def _newborn_signs(visit: Visit, parameters: Parameters) -> tuple[str, ...]:
    """What asks for a referral at once."""
    said = visit.answers

    def limit(name: str) -> Any:
        return parameters.value(f"child_health.{name}", visit.performed_on)

    temperature = said.get("temperature")
    return _which(
        {
            "temperature": temperature is not None
            and (temperature >= limit("fever") or temperature <= limit("cold")),
            "respiration": _outside(
                said.get("respiration"), limit("slow_breathing"), limit("fast_breathing")
            ),
            "heart_rate": _outside(said.get("heart_rate"), limit("slow_heart"), limit("fast_heart")),
            "severe_jaundice": "5" in _codes(visit, "jaundice"),
            "fontanelle": said.get("fontanelle") in ("2", "3"),
            "breathing_hard": said.get("breathing_hard") == YES,
        }
    )


def _newborn_findings(visit: Visit) -> tuple[str, ...]:
    said = visit.answers
    screened = _codes(visit, "disease_screen")
    return _which(
        {
            "jaundice": bool({"3", "4"} & _codes(visit, "jaundice")),
            "umbilicus": said.get("umbilicus") == "3",
            "malformation": said.get("malformation") == YES,
            "neck_mass": said.get("neck_mass") == YES,
            "hearing_screen": said.get("hearing_screen") == "2",
            "disease_screen": bool({"3", "4", "5"} & screened),
            "screens_due": "1" in screened or said.get("hearing_screen") == "3",
            "referred": said.get("referral") == YES,
            "finding": _something_abnormal(visit)
            or said.get("skin") in ("3", "4")
            or said.get("umbilicus") == "4",
        }
    )


def _newborn_risks(visit: Visit, parameters: Parameters) -> tuple[str, ...]:
    said, on = visit.answers, visit.performed_on
    weight, weeks = said.get("birth_weight"), said.get("gestation_weeks")
    return _which(
        {
            "low_birth_weight": weight is not None
            and weight < parameters.value("child_health.low_birth_weight", on),
            "preterm": weeks is not None and weeks < parameters.value("child_health.preterm", on),
            "multiple": "5" in _codes(visit, "birth_situation"),
            "asphyxia": said.get("asphyxia") == YES,
        }
    )


def _codes(visit: Visit, name: str) -> set[str]:
    return set(visit.answers.get(name) or ())


def _something_abnormal(visit: Visit) -> bool:
    said = visit.answers
    return any(said.get(name) == ABNORMAL for name in EXAMINED) or said.get("face") in ("2", "3")


def _warning_sign(visit: Visit, contact: int) -> str | None:
    signs = visit.answers.get(f"signs_{contact}")
    if signs is None:
        return None
    return "yes" if set(signs) - {"0"} else "no"


def _senses(visit: Visit, contact: int, parameters: Parameters) -> tuple[str, ...]:
    """Hearing and, from four years on, vision: the weaker eye, and the difference between the two."""
    said, on = visit.answers, visit.performed_on
    eyes = [said[name] for name in ("vision_left", "vision_right") if said.get(name) is not None]
    limit = parameters.value(f"child_health.{'vision_at_4' if contact <= 48 else 'vision_from_5'}", on)
    lines = parameters.value("child_health.vision_lines", on)
    tested = eyes if contact in VISION_AT else []
    return _which(
        {
            "hearing": said.get("hearing") == "2",
            "vision": bool(tested) and min(tested) <= limit,
            "vision_differs": len(tested) == 2 and max(tested) - min(tested) >= lines,
        }
    )


def _body_findings(visit: Visit) -> tuple[str, ...]:
    said = visit.answers
    return _which(
        {
            "caries": (said.get("caries") or 0) > 0,
            "rickets_signs": bool(_codes(visit, "rickets_signs") - {"1"}),
            "rickets_symptoms": bool(_codes(visit, "rickets_symptoms") - {"1"}),
            "neck_mass": said.get("neck_mass") == YES,
            "referred": said.get("referral") == YES,
            "finding": _something_abnormal(visit) or said.get("umbilicus") == ABNORMAL,
        }
    )


def _due(visit: Visit, earlier: Sequence[Visit], contact: int) -> tuple[str, ...]:
    """Tests of this age without a result. One haemoglobin is enough for 6 and 8 months."""
    said = visit.answers
    before = contact == 8 and any(
        past.answers.get("hb") is not None and past.performed_on <= visit.performed_on for past in earlier
    )
    return _which(
        {
            "hb_due": contact in HB_AT and said.get("hb") is None and not before,
            "hearing_due": contact in HEARING_AT and said.get("hearing") in (None, NOT_DONE),
            "vision_due": contact in VISION_AT
            and None in (said.get("vision_left"), said.get("vision_right")),
        }
    )

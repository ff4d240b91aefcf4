"""What a measurement means for somebody not yet known to have hypertension (norms A7.1).

Three measurements on different days, all at or above 140/90, make a preliminary diagnosis: refer. A day whose
pressure is below breaks the row. Several readings on one day count as one: the last one, taken after rest and
after what raised the pressure was removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kangshu.catalogue.chronic.hypertension_screening import wording
from kangshu.catalogue.chronic.hypertension_screening.parameters import NORM
from kangshu.catalogue.chronic.hypertension_screening.schedule import HALF_YEAR, RECHECK, REFERRAL, YEAR
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit, Window

YES = "2"
ANYBODY = PersonFacts()
NEXT: dict[str, Window | None] = {
    "known": None,
    "emergency": REFERRAL,
    "refer": REFERRAL,
    "recheck": RECHECK,
    "high_risk": HALF_YEAR,
    "normal": YEAR,
}


def assess_screening(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Say what to do after a measurement.

    `outcome`: known (enrol), emergency, refer, recheck, high_risk, normal. Values: `outcome`, `raised_days`
    (days in a row with raised pressure, this one included), `risk_factors` (numbers of the six). `earlier`
    may be in any order. Raises CannotAssess without a pressure.
    """
    sbp, dbp = _pressure(visit)
    raised_days = _raised_days(visit, earlier, parameters)
    factors = risk_factors(visit, person)
    outcome = _outcome(visit, sbp, dbp, raised_days, factors, parameters)
    window = NEXT[outcome]
    codes = tuple(f"risk_{number}" for number in factors) if outcome == "high_risk" else ()
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, "raised_days": raised_days, "risk_factors": factors},
        title=wording.OUTCOMES[outcome],
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in (*codes, outcome)),
        urgent=outcome == "emergency",
        refer=outcome in ("emergency", "refer"),
        next=None if window is None else window.after(visit.performed_on),
    )


def _outcome(
    visit: Visit, sbp: int, dbp: int, raised_days: int, factors: tuple[str, ...], parameters: Parameters
) -> str:
    on = visit.performed_on
    if sbp >= parameters.value("hypertension_screening.emergency_sbp", on) or dbp >= parameters.value(
        "hypertension_screening.emergency_dbp", on
    ):
        return "emergency"
    if visit.answers.get("known") == YES:
        return "known"
    if visit.answers.get("secondary_suspected") == YES:
        return "refer"
    if raised_days >= parameters.value("hypertension_screening.measurements", on):
        return "refer"
    if raised_days:
        return "recheck"
    return "high_risk" if factors else "normal"


def _pressure(visit: Visit) -> tuple[int, int]:
    sbp, dbp = visit.answers.get("sbp"), visit.answers.get("dbp")
    for name, value in (("sbp", sbp), ("dbp", dbp)):
        if value is None:
            raise CannotAssess("hypertension.pressure_missing", wording.PRESSURE_MISSING, where=name)
    assert sbp is not None
    assert dbp is not None
    if sbp <= dbp:
        raise CannotAssess("hypertension.pressure_impossible", wording.PRESSURE_IMPOSSIBLE, where="sbp")
    return int(sbp), int(dbp)


def _raised_days(visit: Visit, earlier: Sequence[Visit], parameters: Parameters) -> int:
    """Days in a row, back from this visit's, whose last reading is raised."""
    last_of_day: dict[date, bool] = {}
    for other in sorted(earlier, key=lambda other: other.performed_on):
        sbp, dbp = other.answers.get("sbp"), other.answers.get("dbp")
        if other.performed_on <= visit.performed_on and sbp is not None and dbp is not None:
            last_of_day[other.performed_on] = _is_raised(other.performed_on, sbp, dbp, parameters)
    sbp, dbp = _pressure(visit)
    last_of_day[visit.performed_on] = _is_raised(visit.performed_on, sbp, dbp, parameters)
    row = 0
    for day in sorted(last_of_day, reverse=True):
        if not last_of_day[day]:
            break
        row += 1
    return row


def _is_raised(on: date, sbp: int, dbp: int, parameters: Parameters) -> bool:
    return sbp >= parameters.value("hypertension_screening.sbp", on) or dbp >= parameters.value(
        "hypertension_screening.dbp", on
    )


def risk_factors(visit: Visit, person: PersonFacts) -> tuple[str, ...]:
    """Which of the six risk factors of norms A7.1 are present: "1" high-normal pressure, "2" overweight or
    waist, "3" family history, "4" salt, "5" alcohol, "6" age of 55 and more. What is not known is not
    counted."""
    answers = visit.answers
    sbp, dbp = answers.get("sbp"), answers.get("dbp")
    age = person.age_on(visit.performed_on)
    present = {
        "1": (sbp is not None and 130 <= sbp <= 139) or (dbp is not None and 85 <= dbp <= 89),
        "2": _is_overweight(visit, person),
        "3": answers.get("family_history") == YES,
        "4": answers.get("high_salt") == YES,
        "5": (answers.get("spirit_ml") or 0) >= 100,
        "6": age is not None and age >= 55,
    }
    return tuple(number for number, is_present in present.items() if is_present)


def _is_overweight(visit: Visit, person: PersonFacts) -> bool:
    answers = visit.answers
    bmi = answers.get("bmi")
    height, weight = answers.get("height"), answers.get("weight")
    if bmi is None and height and weight:
        metres = Decimal(height) / 100
        bmi = (Decimal(weight) / (metres * metres)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    limit = {"1": 90, "2": 85}.get(person.sex)
    waist = answers.get("waist")
    return (bmi is not None and bmi >= 24) or (waist is not None and limit is not None and waist >= limit)


RESULTS = {"1": "confirmed", "2": "excluded", "3": "secondary", "4": "not_seen"}


def assess_diagnosis(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """What follows from the hospital's answer. `outcome`: confirmed (enrol), excluded, secondary,
    not_seen."""
    result = RESULTS.get(str(visit.answers.get("result")))
    if result is None:
        raise CannotAssess("hypertension.result_missing", wording.RESULT_MISSING, where="result")
    window = {"not_seen": REFERRAL, "excluded": HALF_YEAR}.get(result)
    return Assessment(
        outcome=result,
        values={"outcome": result},
        title=wording.OUTCOMES[result],
        advice=(Advice(result, wording.ADVICE[result]),),
        next=None if window is None else window.after(visit.performed_on),
    )

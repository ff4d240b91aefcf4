"""What a check of a pregnant or newly delivered woman calls for (norms A5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kangshu.catalogue.maternal.care import wording
from kangshu.catalogue.maternal.care.booking import PREGNANCY_DAYS
from kangshu.catalogue.maternal.care.parameters import NORM
from kangshu.catalogue.maternal.care.schedule import ANTENATAL_WINDOWS, SOON
from kangshu.declare import (
    Advice,
    Assessment,
    CannotAssess,
    DueDates,
    Parameters,
    PersonFacts,
    Text,
    Visit,
)

ANYBODY = PersonFacts()
WEEK, LAST_WEEK = 7, 43
ABNORMAL, YES, POSITIVE = "2", "2", "2"
GREEN, YELLOW, ORANGE, RED = "1", "2", "3", "4"
COLOUR = {YELLOW: "yellow", ORANGE: "orange", RED: "red"}
PROTEIN = ("3", "4", "5", "6")
NO_ILLNESS, ANAEMIA_BEFORE = "1", "6"
LOSSES = ("fetal_deaths", "stillbirths", "neonatal_deaths", "birth_defects")

EMERGENCY = frozenset({"danger", "severe_pressure", "pre_eclampsia", "red"})
REFER = frozenset({
    "high_pressure", "fetal_heart", "severe_anaemia", "orange", "purple", "infection", "fever", "lochia",
    "uterus", "wound", "psychology", "referred",
})  # fmt: skip
SILENT = frozenset({"late_booking", "late_visit"})
"""Said to the doctor; they make nobody ill."""
REPORTED = frozenset({"orange", "purple", "infection"})


def booking(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: emergency, refer, attention, normal. Values: `outcome`, `reasons`, `risk` (green to red),
    `purple`, `high_risk`, `weeks` and `days` of pregnancy, `trimester` (early, middle, late), `early` ("yes"
    before 13 completed weeks), `edc_on`, `next_visit_on`. Raises CannotAssess without LMP and EDC, or when
    they put the pregnancy outside 0 to 43 weeks, without pressure or colour."""
    answers = visit.answers
    lmp = _last_menses(visit)
    weeks, days = divmod((visit.performed_on - lmp).days, WEEK)
    if not 0 <= weeks <= LAST_WEEK:
        raise CannotAssess("maternal.dates_impossible", wording.DATES_IMPOSSIBLE, where="lmp_on")
    trimester = _trimester(weeks, visit, parameters)
    reasons = [*_risks(visit), *_pressure(visit, parameters), *_blood(visit, parameters)]
    if POSITIVE in (answers.get("hbsag"), answers.get("syphilis"), answers.get("hiv")):
        reasons.append("infection")
    if answers.get("risk") == GREEN:
        reasons += _not_green(visit, person, parameters)
    if trimester != "early":
        reasons.append("late_booking")
    values = {
        "weeks": weeks,
        "days": days,
        "trimester": trimester,
        "early": "yes" if trimester == "early" else "no",
        "edc_on": answers.get("edc_on") or lmp + timedelta(days=PREGNANCY_DAYS),
    }
    return _judged(visit, reasons, values, _next_window(lmp, visit.performed_on))


def antenatal(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """As `booking`, with the weeks as answered and without `early` and `edc_on`. Raises CannotAssess without
    weeks, pressure or colour."""
    weeks = visit.answers.get("weeks")
    if weeks is None:
        raise CannotAssess("maternal.weeks_missing", wording.WEEKS_MISSING, where="weeks")
    days = visit.answers.get("days") or 0
    reasons = [*_risks(visit), *_pressure(visit, parameters), *_blood(visit, parameters)]
    heart = visit.answers.get("fetal_heart")
    if heart is not None and not _between(heart, "fetal_heart_low", "fetal_heart_high", visit, parameters):
        reasons.append("fetal_heart")
    lmp = visit.performed_on - timedelta(weeks=weeks, days=days)
    values = {"weeks": weeks, "days": days, "trimester": _trimester(weeks, visit, parameters)}
    return _judged(visit, reasons, values, _next_window(lmp, visit.performed_on))


def postpartum(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome` as in `booking`. Values: `outcome`, `reasons`, `days_after` (since the discharge, without one
    since the delivery), `in_time` ("yes" within 7 days), `counted` ("yes" within 28), `next_visit_on`. Raises
    CannotAssess without the day of delivery, or pressure."""
    left = visit.answers.get("discharged_on") or _delivered_on(visit)
    days = (visit.performed_on - left).days
    in_time = days <= parameters.value("maternal.visit_days", visit.performed_on)
    counted = days <= parameters.value("maternal.visit_counted_days", visit.performed_on)
    reasons = _after_birth(visit, parameters)
    if not in_time:
        reasons.append("late_visit")
    values = {
        "days_after": days,
        "in_time": "yes" if in_time else "no",
        "counted": "yes" if counted else "no",
    }
    return _judged(visit, reasons, values, None)


def check_42(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome` as in `booking`. Values: `outcome`, `reasons`, `days_after` (since the delivery),
    `next_visit_on`. Raises CannotAssess without the day of delivery, or pressure."""
    days = (visit.performed_on - _delivered_on(visit)).days
    reasons = _after_birth(visit, parameters)
    if visit.answers.get("class") == ABNORMAL:
        reasons = [*(reason for reason in reasons if reason != "abnormal"), "not_recovered"]
    if visit.answers.get("disposal") == YES:
        reasons.append("referred")
    return _judged(visit, reasons, {"days_after": days}, None)


# ---------------------------------------------------------------- what is found


def _risks(visit: Visit) -> list[str]:
    """Danger signs, the colour, purple, and what the doctor decided."""
    answers = visit.answers
    risk = answers.get("risk")
    if risk is None:
        raise CannotAssess("maternal.risk_missing", wording.RISK_MISSING, where="risk")
    found = {
        "danger": _in_danger(visit),
        COLOUR.get(risk, "green"): risk != GREEN,
        "purple": answers.get("purple") == YES,
        "referred": answers.get("referred") == YES,
        "abnormal": answers.get("class") == ABNORMAL,
    }
    return [reason for reason, holds in found.items() if holds]


def _last_menses(visit: Visit) -> date:
    """As answered, else reckoned back from the day of confinement."""
    lmp, edc = visit.answers.get("lmp_on"), visit.answers.get("edc_on")
    if isinstance(lmp, date):
        return lmp
    if isinstance(edc, date):
        return edc - timedelta(days=PREGNANCY_DAYS)
    raise CannotAssess("maternal.dates_missing", wording.DATES_MISSING, where="lmp_on")


def _in_danger(visit: Visit) -> bool:
    return any(code != "0" for code in visit.answers.get("danger") or ())


def _pressure(visit: Visit, parameters: Parameters) -> list[str]:
    """Either of the two pressures decides. With protein in the urine it is an emergency at 140/90."""
    sbp, dbp = visit.answers.get("sbp"), visit.answers.get("dbp")
    if sbp is None or dbp is None:
        where = "sbp" if sbp is None else "dbp"
        raise CannotAssess("maternal.pressure_missing", wording.PRESSURE_MISSING, where=where)

    def reaches(level: str) -> bool:
        on = visit.performed_on
        high, low = (parameters.value(f"maternal.{level}_{name}", on) for name in ("sbp", "dbp"))
        return bool(sbp >= high or dbp >= low)

    if reaches("severe"):
        return ["severe_pressure"]
    if not reaches("high"):
        return []
    return ["pre_eclampsia" if visit.answers.get("urine_protein") in PROTEIN else "high_pressure"]


def _blood(visit: Visit, parameters: Parameters) -> list[str]:
    hb = visit.answers.get("hb")
    if hb is None:
        return []
    for reason in ("severe_anaemia", "anaemia"):
        if hb < parameters.value(f"maternal.{reason}", visit.performed_on):
            return [reason]
    return []


def _not_green(visit: Visit, person: PersonFacts, parameters: Parameters) -> list[str]:
    """What speaks against green: an illness, a loss, a caesarean before, her age."""
    answers = visit.answers
    ill = set(answers.get("past_history") or ()) - {NO_ILLNESS, ANAEMIA_BEFORE}
    lost = any((answers.get(name) or 0) > 0 for name in LOSSES)
    reasons = ["history"] if ill or lost or (answers.get("para_caesarean") or 0) > 0 else []
    age = person.age_on(visit.performed_on)
    if age is not None:
        on = visit.performed_on
        young, old = (parameters.value(f"maternal.{name}_age", on) for name in ("young", "old"))
        reasons += ["age"] if age <= young or age >= old else []
    return reasons


def _after_birth(visit: Visit, parameters: Parameters) -> list[str]:
    temperature = visit.answers.get("temperature")
    parts = ("lochia", "uterus", "wound", "psychology", "breasts")
    found = {
        "danger": _in_danger(visit),
        "fever": temperature is not None and temperature >= 38,
        **{part: visit.answers.get(part) == ABNORMAL for part in parts},
        "referred": visit.answers.get("referred") == YES,
        "abnormal": visit.answers.get("class") == ABNORMAL,
    }
    return [*(reason for reason, holds in found.items() if holds), *_pressure(visit, parameters)]


def _delivered_on(visit: Visit) -> date:
    delivered = visit.answers.get("delivered_on")
    if not isinstance(delivered, date):
        raise CannotAssess("maternal.delivery_missing", wording.DELIVERY_MISSING, where="delivered_on")
    if delivered > visit.performed_on:
        raise CannotAssess("maternal.delivery_later", wording.DELIVERY_LATER, where="delivered_on")
    return delivered


def _between(number: int, low: str, high: str, visit: Visit, parameters: Parameters) -> bool:
    least, most = (parameters.value(f"maternal.{name}", visit.performed_on) for name in (low, high))
    return bool(least <= number <= most)


def _trimester(weeks: int, visit: Visit, parameters: Parameters) -> str:
    if weeks < parameters.value("maternal.early_weeks", visit.performed_on):
        return "early"
    return "middle" if weeks < parameters.value("maternal.late_weeks", visit.performed_on) else "late"


def _next_window(lmp: date, after: date) -> DueDates | None:
    """The first antenatal window that opens after the day."""
    windows = (window.after(lmp) for window in ANTENATAL_WINDOWS)
    return next((window for window in windows if window.opens_on > after), None)


# ---------------------------------------------------------------- what is said


def _judged(
    visit: Visit, reasons: Sequence[str], values: dict[str, Any], regular: DueDates | None
) -> Assessment:
    """The most urgent of the reasons decides. A referral is followed within 2 weeks."""
    outcome = _outcome(reasons)
    sent = outcome in ("refer", "emergency")
    dates = SOON.after(visit.performed_on) if sent else regular
    next_on = {} if dates is None else {"next_visit_on": dates.due_on}
    return Assessment(
        outcome=outcome,
        values={
            **values,
            **_colours(visit, reasons),
            "outcome": outcome,
            "reasons": tuple(reasons),
            **next_on,
        },
        title=wording.OUTCOMES[outcome],
        advice=tuple(Advice(code, _said(code)) for code in (*reasons, *_follows(outcome, reasons))),
        urgent=outcome == "emergency",
        refer=sent,
        next=regular,
    )


def _outcome(reasons: Sequence[str]) -> str:
    found = set(reasons) - SILENT
    if found & EMERGENCY:
        return "emergency"
    if found & REFER:
        return "refer"
    return "attention" if found else "normal"


def _colours(visit: Visit, reasons: Sequence[str]) -> dict[str, str]:
    """The colour of the day; after the delivery there is none. Positive tests are purple, said or not."""
    risk = visit.answers.get("risk")
    if risk is None:
        return {}
    purple = bool({"purple", "infection"} & set(reasons))
    return {
        "risk": COLOUR.get(risk, "green"),
        "purple": "yes" if purple else "no",
        "high_risk": "yes" if purple or risk in (ORANGE, RED) else "no",
    }


def _follows(outcome: str, reasons: Sequence[str]) -> tuple[str, ...]:
    if outcome == "emergency":
        return ("report_24h", "follow_2_weeks")
    if outcome == "refer":
        return ("report", "follow_2_weeks") if REPORTED & set(reasons) else ("follow_2_weeks",)
    return ()


def _said(code: str) -> Text:
    return wording.ADVICE[code]

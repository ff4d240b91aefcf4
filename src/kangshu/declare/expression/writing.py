"""The words in which declarations write expressions."""

from __future__ import annotations

from collections.abc import Mapping

from kangshu.declare.expression.calculation import AddTime, AgeOn, Between, Ceil, Extreme, When
from kangshu.declare.expression.core import All, Any_, Expression, IsMissing, Operand, lift
from kangshu.declare.expression.events import Cases, Diagnoses, Records
from kangshu.declare.expression.leaves import (
    Answer,
    AssessmentValue,
    CaseAttribute,
    CaseFact,
    DaysToNext,
    EnrolledIn,
    LivesIn,
    ParameterValue,
    PerformedOn,
    PeriodBoundary,
    PersonAttribute,
    Points,
    Population,
    Score,
)


class _Person:
    sex = PersonAttribute("sex")
    birth_date = PersonAttribute("birth_date")
    death_on = PersonAttribute("death_on")

    region = PersonAttribute("region")

    def age_on(self, on: Expression) -> AgeOn:
        return AgeOn(on)

    def lives_in(self, *regions: str) -> LivesIn:
        return LivesIn(regions)

    def enrolled_in(self, *kinds: str) -> EnrolledIn:
        return EnrolledIn(kinds)


class _Case:
    opened_on = CaseAttribute("opened_on")
    closed_on = CaseAttribute("closed_on")
    closing_reason = CaseAttribute("closing_reason")

    def fact(self, name: str) -> CaseFact:
        return CaseFact(name)


class _Period:
    first = PeriodBoundary("first")
    last = PeriodBoundary("last")


person, case, period = _Person(), _Case(), _Period()
performed_on = PerformedOn()
days_to_next = DaysToNext()


def answer(name: str) -> Answer:
    return Answer(name)


def assessment(name: str) -> AssessmentValue:
    return AssessmentValue(name)


def parameter(id: str, on: Expression | None = None) -> ParameterValue:
    return ParameterValue(id, on)


def population(age_from: int = 0, age_to: int | None = None, sex: str | None = None) -> Population:
    return Population(age_from, age_to, sex)


def records(form: str) -> Records:
    return Records(form)


def diagnoses(*prefixes: str) -> Diagnoses:
    return Diagnoses(prefixes)


def cases(capability: str) -> Cases:
    return Cases(capability)


def all_of(*parts: Expression) -> Expression:
    return parts[0] if len(parts) == 1 else All(parts)


def any_of(*parts: Expression) -> Expression:
    return parts[0] if len(parts) == 1 else Any_(parts)


def days_between(first: Operand, last: Operand) -> Between:
    return Between("days", lift(first), lift(last))


def months_between(first: Operand, last: Operand) -> Between:
    return Between("months", lift(first), lift(last))


def years_between(first: Operand, last: Operand) -> Between:
    return Between("years", lift(first), lift(last))


def add_days(start: Operand, amount: Operand) -> AddTime:
    return AddTime("days", lift(start), lift(amount))


def add_months(start: Operand, amount: Operand) -> AddTime:
    return AddTime("months", lift(start), lift(amount))


def add_weeks(start: Operand, amount: int) -> AddTime:
    return AddTime("days", lift(start), lift(amount * 7))


def add_years(start: Operand, amount: int) -> AddTime:
    return AddTime("months", lift(start), lift(amount * 12))


def weeks_between(first: Operand, last: Operand) -> Between:
    """Full weeks, as weeks of pregnancy are counted from the first day of the last menstruation."""
    return Between("weeks", lift(first), lift(last))


def hours_between(first: Operand, last: Operand) -> Between:
    """Full hours between two moments."""
    return Between("hours", lift(first), lift(last))


def working_days_between(first: Operand, last: Operand) -> Between:
    """Working days after the first day up to the last, both of them dates."""
    return Between("working_days", lift(first), lift(last))


def score(*items: str, points: Mapping[str, int] | None = None) -> Score:
    """The sum over the named answers: `score("q1", "q2")` of numbers, with `points={"1": 0, "2": 1}` of
    coded ones."""
    return Score(items, tuple(Points(code, worth) for code, worth in (points or {}).items()))


def ceil(part: Expression) -> Ceil:
    return Ceil(part)


def least(*parts: Operand) -> Extreme:
    return Extreme("least", tuple(lift(part) for part in parts))


def greatest(*parts: Operand) -> Extreme:
    return Extreme("greatest", tuple(lift(part) for part in parts))


def is_missing(part: Expression) -> IsMissing:
    return IsMissing(part)


def when(condition: Expression) -> When:
    return When(condition, ())

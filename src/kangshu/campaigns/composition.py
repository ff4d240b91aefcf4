"""What an officer puts together on a screen: whom a campaign is for, its stages with their questions, what
counts as positive, the days and the repetition.

A composition is only what was chosen; it may be unfinished. `problems` says what is missing, and
`stating.capability_of` makes a declaration of it like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from kangshu.declare.errors import refuse_unless
from kangshu.declare.form import Field, FieldType
from kangshu.declare.serial import Declared
from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text


class StageKind(StrEnum):
    """The stages of a screening, in their order; whoever is positive goes on to the next one there is."""

    PRIMARY = "primary"
    FURTHER = "further"
    DIAGNOSIS = "diagnosis"
    TREATMENT = "treatment"


STAGE_TITLES = {
    StageKind.PRIMARY: Text("初筛", "Primary screening"),
    StageKind.FURTHER: Text("进一步检查", "Further examination"),
    StageKind.DIAGNOSIS: Text("诊断", "Diagnosis"),
    StageKind.TREATMENT: Text("治疗随访", "Treatment"),
}


class How(StrEnum):
    """How an answer is compared."""

    AT_LEAST = "ge"
    AT_MOST = "le"
    ABOVE = "gt"
    BELOW = "lt"
    IS = "eq"
    IS_NOT = "ne"


@dataclass(frozen=True)
class Who:
    """Everything that is said must hold; of regions, programmes and diagnoses, one of those named. Regions
    are codes of the division, diagnoses ICD-10 prefixes, programmes ids of capabilities."""

    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    regions: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_unless(self.sex in ("", "1", "2"), "who", f"{self.sex!r} is no sex")


@dataclass(frozen=True)
class Condition:
    """One answer compared with a value, which is kept as it was typed or chosen."""

    field: str
    how: How
    value: str


@dataclass(frozen=True)
class Positive:
    """What counts as positive: any of the conditions, or with `every` all of them. None: nothing does."""

    conditions: tuple[Condition, ...] = ()
    every: bool = False


@dataclass(frozen=True)
class Question:
    """A question of a stage; `origin` is the form and field of the library that it was taken from, "" for
    one of the county's own."""

    field: Field
    origin: str = ""


@dataclass(frozen=True)
class Stage:
    """`within_days` is how long after the stage before it is in time (not used by the first stage)."""

    kind: StageKind
    title: Text
    questions: tuple[Question, ...] = ()
    positive: Positive = Positive()
    within_days: int = 30

    def question(self, name: str) -> Question | None:
        return next((asked for asked in self.questions if asked.field.name == name), None)


@dataclass(frozen=True)
class Composition(Declared):
    """`repeat_months` 0: once in the campaign. `enrols_all`: everybody eligible is put on the due lists;
    otherwise only who is enrolled by hand or has the first record saved. `stopped_on` ends everything."""

    title: Text
    purpose: Text
    who: Who = Who()
    stages: tuple[Stage, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    repeat_months: int = 0
    enrols_all: bool = True
    source: str = ""
    stopped_on: date | None = None

    def stage(self, kind: StageKind) -> Stage | None:
        return next((stage for stage in self.stages if stage.kind is kind), None)

    @property
    def in_order(self) -> tuple[Stage, ...]:
        order = list(StageKind)
        return tuple(sorted(self.stages, key=lambda stage: order.index(stage.kind)))


MOST_DAYS = 3660


def problems(composition: Composition) -> list[Problem]:
    """What is still missing or cannot be; empty when the campaign can start. The field of a problem is the
    part of the screen: basics, who, dates, or the stage's kind."""
    found = [*_of_dates(composition), *_of_who(composition.who)]
    stages = composition.in_order
    if not stages or stages[0].kind is not StageKind.PRIMARY:
        found.append(Problem("primary", "no_first_stage", _NO_FIRST))
    for position, stage in enumerate(stages):
        found += _of_stage(stage, is_last=position == len(stages) - 1)
    return found


def _of_dates(composition: Composition) -> list[Problem]:
    first, last = composition.first_on, composition.last_on
    if first is None or last is None:
        return [Problem("basics", "no_dates", _NO_DATES)]
    if last < first:
        return [Problem("basics", "dates", _DATES.format(first=first, last=last), last.isoformat())]
    if (last - first).days > MOST_DAYS:
        return [Problem("basics", "too_long", _TOO_LONG)]
    return []


def _of_who(who: Who) -> list[Problem]:
    if who.age_from is not None and who.age_to is not None and who.age_to < who.age_from:
        return [Problem("who", "ages", _AGES.format(first=who.age_from, last=who.age_to), who.age_to)]
    return []


def _of_stage(stage: Stage, is_last: bool) -> list[Problem]:
    found = []
    if not stage.questions:
        found.append(Problem(stage.kind.value, "no_questions", _NO_QUESTIONS.format(title=stage.title)))
    if not is_last and not stage.positive.conditions:
        found.append(Problem(stage.kind.value, "no_positive", _NO_POSITIVE.format(title=stage.title)))
    for condition in stage.positive.conditions:
        message = problem_of(condition, stage)
        if message is not None:
            found.append(Problem(stage.kind.value, "condition", message, condition.value))
    return found


def problem_of(condition: Condition, stage: Stage) -> Text | None:
    """Why a condition cannot stand; None when it can."""
    asked = stage.question(condition.field)
    if asked is None:
        return _GONE.format(name=condition.field)
    question = asked.field
    if condition.how not in ways_of(question):
        return _NOT_COMPARED.format(title=question.title)
    if question.is_number:
        try:
            number = Decimal(condition.value)
        except InvalidOperation:
            return _NO_NUMBER.format(title=question.title, value=condition.value)
        if question.type is FieldType.INTEGER and number != number.to_integral_value():
            return _NO_NUMBER.format(title=question.title, value=condition.value)
    elif question.choices and question.choice(condition.value) is None:
        return _NO_CODE.format(title=question.title, value=condition.value)
    return None


def ways_of(question: Field) -> tuple[How, ...]:
    """How an answer can be compared; none for text and dates, which say nothing of positive or negative."""
    if question.is_number:
        return (How.AT_LEAST, How.AT_MOST, How.ABOVE, How.BELOW, How.IS)
    if question.choices or question.type is FieldType.YES_NO:
        return (How.IS, How.IS_NOT)
    return ()


_NO_DATES = Text("请填写开始日期和结束日期。", "Give the first and the last day.")
_DATES = Text("结束日期 {last} 早于开始日期 {first}。", "The last day {last} lies before the first, {first}.")
_TOO_LONG = Text("项目最长十年。", "A campaign lasts at most ten years.")
_AGES = Text("年龄上限 {last} 小于下限 {first}。", "The age to {last} is below the age from {first}.")
_NO_FIRST = Text("还没有初筛内容。", "There is no primary screening yet.")
_NO_QUESTIONS = Text("“{title}”还没有选择项目。", "{title} asks nothing yet.")
_NO_POSITIVE = Text(
    "“{title}”还没有规定什么算阳性，后面的环节无从开始。",
    "{title} does not say what counts as positive, so nothing leads to the next stage.",
)
_GONE = Text(
    "阳性条件用到的“{name}”已不在表中。", "The condition asks for {name}, which is not asked any more."
)
_NOT_COMPARED = Text("“{title}”不能这样比较。", "{title} cannot be compared so.")
_NO_NUMBER = Text("“{title}”的判定值“{value}”不是合适的数字。", "{title}: {value} is not a fitting number.")
_NO_CODE = Text("“{title}”没有“{value}”这个选项。", "{title} has no choice {value}.")

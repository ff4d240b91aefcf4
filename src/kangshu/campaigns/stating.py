"""From a composition to a capability: the same declaration that a folder of the catalogue makes.

Nothing here is special to campaigns at run time: forms, schedule, states and indicators go to the
interpreters as they are. What counts as positive is a computed answer of each form, so that the doctor sees
it while typing and the snapshot holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from kangshu.campaigns.composition import Composition, Condition, How, Positive, Question, Stage, Who
from kangshu.declare import (
    Begins,
    Capability,
    Closing,
    Direction,
    Field,
    FieldType,
    Form,
    Indicator,
    Interval,
    Months,
    Opening,
    Reason,
    Schedule,
    Section,
    State,
    States,
    StateTransition,
    Step,
    Text,
    Window,
)
from kangshu.declare.expression import (
    Expression,
    all_of,
    answer,
    any_of,
    diagnoses,
    lift,
    performed_on,
    person,
    records,
)
from kangshu.declare.serial import encode
from kangshu.declare.terms import IN_PERIOD

T = TypeVar("T", Form, Indicator)
POSITIVE = "positive"
IS_POSITIVE = answer(POSITIVE).equals(True)
IS_NEGATIVE = answer(POSITIVE).equals(False)
NOBODY = lift(False)
WAITING, NEGATIVE, DONE, ENDED = "waiting", "negative", "done", "ended"
COMPLETED = "completed"


def capability_of(
    composition: Composition, id: str, version: int, valid_from: date, before: Capability | None = None
) -> Capability:
    """The declaration. A form or indicator that says the same as in the version `before` keeps its version,
    so that answers of one form stay together; a changed one takes the new version from `valid_from` on.

    Raises BadDeclaration for what cannot be; `composition.problems` finds that first.
    """
    stages = composition.in_order
    forms = tuple(_kept(_form(composition, stage, id, version, valid_from), before) for stage in stages)
    indicators = tuple(_kept(each, before) for each in _indicators(composition, forms, id, version))
    return Capability(
        id=id,
        version=version,
        title=composition.title,
        purpose=composition.purpose,
        subject=_subject(composition.who),
        eligible=NOBODY if composition.stopped_on is not None else eligible(composition.who),
        opens_on=(Opening(f"record:{forms[0].id}", Text("首次检查", "the first examination"), enrols=True),),
        closes_on=(Closing("person.died", "death"), Closing("person.left", "moved")),
        states=_states(composition, forms),
        forms=forms,
        schedule=Schedule(tuple(_steps(composition, forms))),
        indicators=indicators,
        screens=("work:record", "work:due_list", "campaigns:progress"),
        source=composition.source,
    )


def eligible(who: Who) -> Expression | None:
    """The condition of belonging, asked on the day of enrolment; None: everybody."""
    parts: list[Expression] = []
    if who.sex:
        parts.append(person.sex.equals(who.sex))
    age = person.age_on(performed_on)
    if who.age_from is not None:
        parts.append(age >= who.age_from)
    if who.age_to is not None:
        parts.append(age <= who.age_to)
    if who.regions:
        parts.append(person.lives_in(*who.regions))
    if who.programmes:
        parts.append(person.enrolled_in(*who.programmes))
    if who.diagnoses:
        parts.append(diagnoses(*who.diagnoses).exists())
    return all_of(*parts) if parts else None


def positive_of(positive: Positive, stage: Stage) -> Expression | None:
    """What counts as positive, over the answers of the stage's form."""
    parts = [_compared(condition, stage) for condition in positive.conditions]
    if not parts:
        return None
    return all_of(*parts) if positive.every else any_of(*parts)


def _compared(condition: Condition, stage: Stage) -> Expression:
    asked = stage.question(condition.field)
    assert asked is not None
    question, left = asked.field, answer(condition.field)
    if question.type is FieldType.CHOICES:
        includes = left.includes(condition.value)
        return includes if condition.how is How.IS else ~includes
    value: int | Decimal | bool | str = condition.value
    if question.type is FieldType.YES_NO:
        value = condition.value == "true"
    elif question.is_number:
        value = Decimal(condition.value)
        value = int(value) if question.type is FieldType.INTEGER else value
    return {
        How.IS: left.equals,
        How.IS_NOT: left.differs_from,
        How.AT_LEAST: left.__ge__,
        How.AT_MOST: left.__le__,
        How.ABOVE: left.__gt__,
        How.BELOW: left.__lt__,
    }[condition.how](value)


def _subject(who: Who) -> Text:
    zh, en = ["辖区常住居民"], ["usual residents"]
    if who.age_from is not None or who.age_to is not None:
        low = "" if who.age_from is None else str(who.age_from)
        high = "" if who.age_to is None else str(who.age_to)
        zh.insert(0, f"{low}～{high}岁" if low and high else f"{low}岁及以上" if low else f"{high}岁及以下")
        en.append(f"from {low} to {high} years" if low and high else f"of {low or 'up to ' + high} years")
    if who.sex:
        zh.insert(len(zh) - 1, "女性" if who.sex == "2" else "男性")
        en.insert(0, "female" if who.sex == "2" else "male")
    return Text("".join(zh), " ".join(en))


# ---------------------------------------------------------------- forms


def _form(composition: Composition, stage: Stage, id: str, version: int, valid_from: date) -> Form:
    fields = tuple(_asked(question, stage.questions) for question in stage.questions)
    positive = positive_of(stage.positive, stage)
    sections = [Section("questions", stage.title, fields)]
    if positive is not None:
        title = Text("本次结果为阳性", "The result is positive")
        judged = Field(POSITIVE, title, FieldType.COMPUTED, expression=positive)
        sections.append(Section("judged", Text("结果判定", "Result"), (judged,)))
    return Form(
        id=f"{id}.{stage.kind}",
        version=version,
        title=Text(f"{composition.title.zh}·{stage.title.zh}", f"{composition.title.en}: {stage.title.en}"),
        sections=tuple(sections),
        valid_from=valid_from,
        source=composition.source,
    )


def _asked(question: Question, all_questions: Sequence[Question]) -> Field:
    """The field without conditions on questions that are not asked here."""
    names = {asked.field.name for asked in all_questions}
    field = question.field
    if field.visible is not None and not _names(field.visible) <= names:
        field = replace(field, visible=None)
    if isinstance(field.required, Expression) and not _names(field.required) <= names:
        field = replace(field, required=False)
    return field


def _names(expression: Expression) -> set[str]:
    from kangshu.declare.binding import walk
    from kangshu.declare.expression import Answer

    return {node.name for node in walk(expression) if isinstance(node, Answer)}


def _kept(new: T, before: Capability | None) -> T:
    """The released one when the new one says the same."""
    if before is None:
        return new
    released = before.forms if isinstance(new, Form) else before.indicators
    for old in released:
        if old.id == new.id and _content(old) == _content(new):
            return old  # type: ignore[return-value]
    return new


def _content(declared: Form | Indicator) -> dict[str, object]:
    plain = encode(declared)
    return {name: value for name, value in plain.items() if name not in ("version", "valid_from")}


# ---------------------------------------------------------------- when


def _steps(composition: Composition, forms: Sequence[Form]) -> list[Step]:
    """The first stage between the campaign's days, each further one after a positive of the one before."""
    first_on, last_on = composition.first_on, composition.last_on
    assert first_on is not None
    assert last_on is not None
    end = lift(composition.stopped_on or last_on)
    stages = composition.in_order
    days = (last_on - first_on).days
    months = composition.repeat_months
    steps = [
        Step(
            id=stages[0].kind.value,
            title=stages[0].title,
            form=forms[0].id,
            origin=lift(first_on),
            first=Window(Interval(), Interval(days=days), closes=Interval(days=days + 1)),
            repeat=Window(Interval(months=months - 1), Interval(months=months)) if months else None,
            until=end,
        )
    ]
    for stage, form, previous in zip(stages[1:], forms[1:], forms, strict=False):
        steps.append(
            Step(
                id=stage.kind.value,
                title=stage.title,
                form=form.id,
                first=Window(Interval(), Interval(days=stage.within_days)),
                begins=Begins(previous.id, IS_POSITIVE),
            )
        )
    return steps


# ---------------------------------------------------------------- states


def _states(composition: Composition, forms: Sequence[Form]) -> States:
    stages = composition.in_order
    names = [WAITING, *(f"for_{stage.kind}" for stage in stages[1:])]
    titles = [
        Text("待检查", "to be examined"),
        *(Text(f"待{stage.title.zh}", f"waiting for: {stage.title.en}") for stage in stages[1:]),
    ]
    ends = (
        State(NEGATIVE, Text("阴性", "negative"), is_open=False),
        State(DONE, Text("已完成", "completed"), is_open=False),
        State(ENDED, Text("已结束", "ended"), is_open=False),
    )
    moves: list[StateTransition] = []
    for position, (name, form, stage) in enumerate(zip(names, forms, stages, strict=True)):
        following = names[position + 1] if position + 1 < len(names) else ""
        moves += _moves_of(name, following, form, stage, repeats=bool(composition.repeat_months))
        moves += _endings(name)
    reached = {move.to_state for move in moves}
    return States(
        initial=WAITING,
        states=(
            *(State(name, title) for name, title in zip(names, titles, strict=True)),
            *(state for state in ends if state.id in reached),
        ),
        transitions=tuple(moves),
        reasons=(
            Reason("negative", Text("检查阴性", "negative")),
            Reason("completed", Text("已完成", "completed")),
            Reason("refused", Text("拒绝", "refused")),
            Reason("lost", Text("失访", "lost")),
            Reason("stopped", Text("项目终止", "the campaign was stopped")),
            Reason("death", Text("死亡", "death")),
            Reason("moved", Text("迁出", "moved away")),
            Reason("wrong", Text("误登记", "enrolled by mistake")),
        ),
    )


def _moves_of(name: str, following: str, form: Form, stage: Stage, repeats: bool) -> list[StateTransition]:
    """What a record of the stage does: positive leads on, negative ends it (unless it is repeated)."""
    on = f"record:{form.id}"
    if not stage.positive.conditions:
        if repeats and name == WAITING:
            return []
        return [StateTransition(name, DONE, on, Text("已完成", "completed"), reason="completed")]
    moves = []
    if following:
        moves.append(StateTransition(name, following, on, Text("阳性", "positive"), when=IS_POSITIVE))
    elif not (repeats and name == WAITING):
        moves.append(
            StateTransition(name, DONE, on, Text("阳性", "positive"), when=IS_POSITIVE, reason="completed")
        )
    if not (repeats and name == WAITING):
        moves.append(
            StateTransition(name, NEGATIVE, on, Text("阴性", "negative"), when=IS_NEGATIVE, reason="negative")
        )
    return moves


def _endings(name: str) -> list[StateTransition]:
    said = (
        ("event:person.died", "death", Text("死亡", "died")),
        ("event:person.left", "moved", Text("迁出本县", "left the county")),
        ("action:close_refused", "refused", Text("拒绝", "refused")),
        ("action:close_lost", "lost", Text("失访", "lost")),
        ("action:close_stopped", "stopped", Text("项目终止", "stopped")),
    )
    return [StateTransition(name, ENDED, on, title, reason=reason) for on, reason, title in said]


# ---------------------------------------------------------------- what is counted


def _indicators(composition: Composition, forms: Sequence[Form], id: str, version: int) -> list[Indicator]:
    """Completion, the positive rate of each stage, and how many of the positive reached the next one."""
    title, stages = composition.title, composition.in_order
    done = records(forms[0].id).where(IN_PERIOD)
    found = [
        Indicator(
            id=f"{id}.{COMPLETED}",
            version=version,
            title=Text(f"{title.zh}完成人数", f"{title.en}: people examined"),
            unit="人",
            numerator=done.exists(),
            decimals=0,
            direction=Direction.UP,
            months=Months.CUMULATIVE,
            numerator_words=Text("期内完成初筛的人数", "people with a primary examination in the period"),
            source=composition.source,
        )
    ]
    for position, (stage, form) in enumerate(zip(stages, forms, strict=True)):
        examined = records(form.id).where(IN_PERIOD)
        positive = records(form.id).where(IN_PERIOD & IS_POSITIVE)
        if stage.positive.conditions:
            found.append(
                Indicator(
                    id=f"{id}.{stage.kind}_positive_rate",
                    version=version,
                    title=Text(
                        f"{title.zh}·{stage.title.zh}阳性率", f"{title.en}: positive in {stage.title.en}"
                    ),
                    unit="%",
                    numerator=positive.exists(),
                    denominator=examined.exists(),
                    numerator_words=Text("其中结果阳性的人数", "of these, positive"),
                    denominator_words=Text("期内接受检查的人数", "people examined in the period"),
                    source=composition.source,
                )
            )
        if position + 1 < len(stages):
            following = stages[position + 1]
            found.append(
                Indicator(
                    id=f"{id}.{following.kind}_reached_rate",
                    version=version,
                    title=Text(
                        f"{title.zh}·阳性者{following.title.zh}完成率",
                        f"{title.en}: positive who reached {following.title.en}",
                    ),
                    unit="%",
                    numerator=records(forms[position + 1].id).exists(),
                    denominator=positive.exists(),
                    direction=Direction.UP,
                    numerator_words=Text("其中已做下一环节的人数", "of these, with the next stage done"),
                    denominator_words=Text("期内结果阳性的人数", "people positive in the period"),
                    source=composition.source,
                )
            )
    return found

"""The screening cascade: whoever is positive goes on to the next step, until it is clear what it was and the
person is treated or not to be followed any more (norms K10).

A service says its steps and where each result leads. From that one table come the states of a case, what is
due next, the forms that open a case, and (`cascade_figures`) the figures every screening is asked for. The
campaigns that a county composes on a screen follow the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.catalogue.managed import CLOSES_ON, ENDINGS
from kangshu.catalogue.recall import recall_form, recall_moves
from kangshu.declare import (
    Branch,
    Capability,
    Closing,
    DatedValue,
    Form,
    Indicator,
    Interval,
    Opening,
    Parameter,
    Reason,
    Schedule,
    State,
    States,
    StateTransition,
    Step,
    Text,
    Window,
)
from kangshu.declare.expression import (
    Expression,
    add_months,
    assessment,
    case,
    greatest,
    parameter,
    performed_on,
    person,
    records,
)

AT_ONCE, A_MONTH, THREE_MONTHS = Interval(), Interval(days=30), Interval(months=3)
INVITED, CLEAR, TREATED = "invited", "clear", "treated"
"""States in which nothing more is asked of a person now: to come at all, nothing found, treated."""

_ENDS = {
    INVITED: Text("待筛查", "to be screened"),
    CLEAR: Text("筛查阴性或已排除", "nothing found"),
    TREATED: Text("已治疗或已落实处置", "treated"),
}
_REASONS = (
    Reason("death", Text("死亡", "death")),
    Reason("moved", Text("迁出", "moved away")),
    Reason("lost", Text("失访", "lost")),
    Reason("refused", Text("拒绝继续检查", "refused")),
    Reason("wrong", Text("误登记", "enrolled by mistake")),
    Reason(CLEAR, Text("阴性或已排除", "nothing found")),
    Reason(TREATED, Text("已治疗或已落实处置", "treated")),
)


def outcome(*codes: str) -> Expression:
    """The rule of the form found one of these."""
    found = assessment("outcome")
    return found.equals(codes[0]) if len(codes) == 1 else found.is_in(*codes)


@dataclass(frozen=True)
class Move:
    """A record of the step that meets `when` leads to the step named `to`, or to CLEAR or TREATED. What leads
    nowhere (no result yet) leaves the case where it is."""

    when: Expression
    to: str
    title: Text


@dataclass(frozen=True)
class CascadeStep:
    """`within` is how long after the step before it is in time (not of the first step). `again` repeats it so
    long after a record that meets `again_when`: no result yet, or with `recurs` done and to be done again.
    With `by_age` it is to be done by an age, however late the step before it was."""

    name: str
    title: Text
    form: Form
    moves: tuple[Move, ...] = ()
    within: Interval = A_MONTH
    opens: Interval = AT_ONCE
    again: Interval | None = None
    again_when: Expression | None = None
    by_age: Interval | None = None
    recurs: bool = False
    shared: bool = False
    """The form belongs to another service."""


@dataclass(frozen=True)
class Rounds:
    """The screening comes back after so many months, a dated parameter, while `asked` holds; whoever was
    screened stays on the register. `not_before` is a day before which nobody is asked again (a clear
    colonoscopy counts for ten years). `months` stands for the parameter where it is not always the same.
    `grace` is how long an invitation is open before it is late."""

    parameter: Parameter
    months: Expression | None = None
    not_before: Expression | None = None
    asked: Expression | None = None
    until: Expression | None = None
    grace: Interval = THREE_MONTHS


@dataclass(frozen=True)
class Finding:
    """What a step may find and the figures count, of those screened: per 100,000 unless said."""

    name: str
    title: Text
    step: str
    when: Expression
    aliases: tuple[str, ...] = ()
    rate_aliases: tuple[str, ...] = ()
    scale: int = 100_000
    unit: str = "/10万"


def months_parameter(id: str, title: Text, months: int, from_on: date, source: str) -> Parameter:
    """How many months lie between two rounds; the county may set its own."""
    return Parameter(id, title, "月", (DatedValue(from_on, Decimal(months)),), local=True, source=source)


# ---------------------------------------------------------------- the cascade


@dataclass(frozen=True)
class Cascade:
    """The steps in order and whether the first comes back. `prefix` begins the ids of its figures."""

    id: str
    prefix: str
    title: Text
    steps: tuple[CascadeStep, ...]
    source: str
    rounds: Rounds | None = None
    findings: tuple[Finding, ...] = ()
    recall: bool = True
    at_birth: Window | None = None
    """When the first step is due after birth: then every newborn is enrolled."""
    invited: Window | None = None
    """When the first step is due after enrolment, for those who are enrolled before it."""
    beside: tuple[Form, ...] = ()
    """Forms that are no step, such as what was paid."""
    further: tuple[Step, ...] = ()
    """Steps of the schedule beside the cascade, such as being seen again years after a finding."""

    @property
    def short(self) -> Text:
        """What is looked for, as the titles of figures begin with it."""
        return Text(self.title.zh.removesuffix("筛查"), self.title.en.removesuffix(" screening"))

    @property
    def first(self) -> CascadeStep:
        return self.steps[0]

    def step(self, name: str) -> CascadeStep:
        return next(step for step in self.steps if step.name == name)

    def leading_to(self, name: str) -> list[tuple[CascadeStep, Expression]]:
        """The steps whose records lead to this one, each with the condition."""
        found = []
        for step in self.steps:
            conditions = [move.when for move in step.moves if move.to == name and step.name != name]
            if conditions:
                found.append((step, _any(conditions)))
        return found

    @property
    def positive(self) -> Expression:
        """A record of the first step that leads to another step."""
        names = {step.name for step in self.steps}
        return _any([move.when for move in self.first.moves if move.to in names])

    @property
    def recalling(self) -> Form | None:
        return recall_form(self.id, self.title, self.source) if self.recall else None

    @property
    def forms(self) -> tuple[Form, ...]:
        own = {step.form.id: step.form for step in self.steps if not step.shared}
        recalling = self.recalling
        return (*own.values(), *self.beside, *(() if recalling is None else (recalling,)))

    def schedule(self) -> Schedule:
        """The next round of those screened, and each further step after what leads to it."""
        planned = [] if self.rounds is None else [self._round(self.rounds)]
        first_due = self.at_birth or self.invited
        if first_due is not None:
            first = self.first
            planned.append(
                Step(
                    id=first.name,
                    title=first.title,
                    form=first.form.id,
                    origin=None if self.at_birth is None else person.birth_date,
                    first=first_due,
                    counts=None if first.again_when is None else ~first.again_when,
                    source=self.source,
                )
            )
        for step in self.steps[1:]:
            sources = [
                records(before.form.id).where(when & (performed_on >= case.opened_on)).last().performed_on
                for before, when in self.leading_to(step.name)
            ]
            called = sources[0] if len(sources) == 1 else greatest(*sources)
            planned.append(
                Step(
                    id=step.name,
                    title=step.title,
                    form=step.form.id,
                    origin=called if step.by_age is None else person.birth_date,
                    first=Window(step.opens, step.by_age or step.within),
                    when=None if step.by_age is None else called.is_known(),
                    branches=_again(step),
                    source=self.source,
                )
            )
        return Schedule((*planned, *self.further))

    def _round(self, rounds: Rounds) -> Step:
        last = records(self.first.form.id).last().performed_on
        months = rounds.months if rounds.months is not None else parameter(rounds.parameter.id, on=last)
        following = add_months(last, months)
        return Step(
            id=self.first.name,
            title=self.first.title,
            form=self.first.form.id,
            origin=greatest(
                case.opened_on, following, *(() if rounds.not_before is None else (rounds.not_before,))
            ),
            first=Window(Interval(), rounds.grace),
            when=rounds.asked,
            until=rounds.until,
            source=self.source,
        )

    def states(self) -> States:
        """Invited, one state for each step that somebody may wait for, and how it ends."""
        stays = self.rounds is not None
        waiting = [
            State(f"for_{s.name}", Text(f"待{s.title.zh}", f"waiting for: {s.title.en}"))
            for s in self.steps[1:]
        ]
        ends = [State(end, _ENDS[end], is_open=stays) for end in (CLEAR, TREATED)]
        moves: list[StateTransition] = []
        for place, step in enumerate(self.steps):
            # Whoever is waiting for an earlier step may have gone to a later one straight away.
            origins = [f"for_{earlier.name}" for earlier in self.steps[1 : place + 1]] or [INVITED]
            if place == 0 and stays:
                origins += [CLEAR, TREATED]
            for state in origins:
                moves += [self._move(state, step, move) for move in step.moves]
        still = [INVITED, *(state.id for state in waiting), *([CLEAR, TREATED] if stays else [])]
        recalling = self.recalling
        if recalling is not None:
            moves += recall_moves(recalling, [state.id for state in waiting])
        moves += [
            StateTransition(state, "ended", on, title, reason=reason)
            for state in still
            for on, title, reason in ENDINGS
        ]
        moves = [move for move in moves if move.from_state != move.to_state]
        reached = {move.to_state for move in moves}
        return States(
            initial=INVITED,
            states=(
                State(INVITED, _ENDS[INVITED]),
                *waiting,
                *(end for end in ends if end.id in reached),
                State("ended", Text("已结束", "ended"), is_open=False),
            ),
            transitions=tuple(move for move in moves if move.from_state in reached | {INVITED}),
            reasons=_REASONS,
        )

    def _move(self, state: str, step: CascadeStep, move: Move) -> StateTransition:
        is_end = move.to in (CLEAR, TREATED)
        return StateTransition(
            state,
            move.to if is_end else f"for_{move.to}",
            f"record:{step.form.id}",
            move.title,
            when=move.when,
            reason=move.to if is_end and self.rounds is None else "",
        )

    def opens_on(self) -> tuple[Opening, ...]:
        """With rounds everybody screened stays on the register; without, only whoever is to be followed."""
        if self.rounds is not None:
            title = Text("已筛查", "screened")
            return (Opening(f"record:{self.first.form.id}", title, enrols=True),)
        born = (
            (Opening("person.born", Text("出生", "born"), enrols=True),) if self.at_birth is not None else ()
        )
        return (
            *born,
            Opening(
                f"record:{self.first.form.id}",
                Text("筛查阳性", "screened positive"),
                when=self.positive,
                enrols=True,
            ),
        )


def _any(conditions: Sequence[Expression]) -> Expression:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found


def _again(step: CascadeStep) -> tuple[Branch, ...]:
    if step.again is None or step.again_when is None:
        return ()
    title = Text(f"{step.title.zh}：需再次检查", f"{step.title.en}: again")
    return (Branch("again", title, step.again_when, Window(step.opens, step.again)),)


def cascade(
    shape: Cascade,
    *,
    purpose: Text,
    subject: Text,
    rows: tuple[str, ...] = (),
    row_note: Text | None = None,
    eligible: Expression | None = None,
    indicators: tuple[Indicator, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    opens_on: tuple[Opening, ...] = (),
    closes_on: tuple[Closing, ...] = CLOSES_ON,
    tests: tuple[str, ...] = (),
    **given: Any,
) -> Capability:
    """The capability of a cascade; `given` is whatever else a Capability takes."""
    own = () if shape.rounds is None else (shape.rounds.parameter,)
    screens = (
        "work:due_list",
        "work:register",
        "work:record",
        "work:lost",
        "work:print",
        "indicators:indicator",
    )
    return Capability(
        id=shape.id,
        version=1,
        title=shape.title,
        purpose=purpose,
        subject=subject,
        rows=rows,
        row_note=row_note,
        eligible=eligible,
        opens_on=(*shape.opens_on(), *opens_on),
        closes_on=closes_on,
        states=shape.states(),
        forms=shape.forms,
        shares=tuple(step.form.id for step in shape.steps if step.shared),
        schedule=shape.schedule(),
        indicators=indicators,
        parameters=(*own, *parameters),
        screens=screens,
        tests=("tests/catalogue/screening/test_cascades.py", "tests/work/test_lost.py", *tests),
        source=shape.source,
        **given,
    )

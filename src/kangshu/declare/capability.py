"""A capability: everything that is stated about one service, in one value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import Expression, Kind
from kangshu.declare.form import IDENTIFIER, KIND_OF, NAME, Choice, FieldType, Form
from kangshu.declare.indicator import Indicator
from kangshu.declare.parameter import Parameter
from kangshu.declare.posting import Posting, check_postings
from kangshu.declare.schedule import Schedule
from kangshu.declare.serial import Declared, encode
from kangshu.declare.states import States
from kangshu.kernel.text import Text

ROW = re.compile(r"D\d{1,2}-\d{2}\Z")


@dataclass(frozen=True)
class Example:
    """A worked case: `earlier` visits and this visit of a person, and what must come out.

    Everything is kept as JSON keeps it: `answers` as in a record; `person` with sex and birth_date; each of
    `earlier` with performed_on, answers and assessment; `expected` the assessment values that matter.
    `refused` is the code of the refusal that must come instead. It is a test and a line of the manual.
    """

    name: str
    title: Text
    form: str
    performed_on: date
    answers: Mapping[str, Any]
    expected: Mapping[str, Any]
    person: Mapping[str, Any] = field(default_factory=dict)
    earlier: tuple[Mapping[str, Any], ...] = ()
    refused: str = ""
    clause: str = ""

    def __post_init__(self) -> None:
        for name in ("answers", "expected", "person"):
            object.__setattr__(self, name, encode(getattr(self, name)))
        object.__setattr__(self, "earlier", tuple(encode(visit) for visit in self.earlier))
        refuse_unless(
            bool(self.expected) != bool(self.refused),
            f"example {self.name}",
            "expects nothing, or two things",
        )


@dataclass(frozen=True)
class Decision:
    """One line of the decision table of a form's rule, in words for the manual. The rule itself is
    code; the examples hold it to these lines."""

    form: str
    condition: Text
    outcome: Text
    clause: str = ""


@dataclass(frozen=True)
class Opening:
    """What makes a person known to the service. With an ICD-10 prefix in `diagnoses`, a diagnosis puts the
    person on the list "found but not enrolled"; `enrols` opens a case at once. On `person.eligible` a nightly
    job enrols whoever meets the capability's `eligible` and never had a case. `when` is asked of the record
    that opens, or of the person on the day of the event."""

    event: str
    title: Text
    when: Expression | None = None
    diagnoses: tuple[str, ...] = ()
    enrols: bool = False


@dataclass(frozen=True)
class Closing:
    """An event that closes the open case, with the closing reason."""

    event: str
    reason: str


@dataclass(frozen=True)
class Fact:
    """Something that stays true of a case and that its schedule may ask (`case.fact(name)`): the first day of
    the last menstruation, the date of discharge. It is given at enrolment or, with `form`, taken from the
    records of that form: `value` is asked of each in turn, the earliest known one counts, or with `latest`
    the last. What was given at enrolment is not replaced."""

    name: str
    title: Text
    type: FieldType
    form: str = ""
    value: Expression | None = None
    latest: bool = False
    choices: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        where = f"fact {self.name}"
        refuse_unless(bool(NAME.match(self.name)), where, "a name is lower-case letters, digits and _")
        refuse_unless(bool(self.form) == (self.value is not None), where, "`form` and `value` go together")
        refuse_unless(self.type in FACT_TYPES, where, f"cannot be {self.type}")
        refuse_unless(
            bool(self.choices) == (self.type is FieldType.CHOICE), where, "choices go with a choice"
        )

    @property
    def kind(self) -> Kind:
        return KIND_OF[self.type]


FACT_TYPES = (
    FieldType.DATE, FieldType.INTEGER, FieldType.DECIMAL, FieldType.CHOICE, FieldType.YES_NO, FieldType.TEXT
)  # fmt: skip


@dataclass(frozen=True)
class Capability(Declared):
    """`rows` are the ids of capabilities.md it answers; `eligible` is asked on the day of enrolment, with
    that day as `performed_on`; `shares` are ids of forms owned by other capabilities that it uses; `screens`
    the url names where it is worked with. `confidentiality` is the compartment of its cases and records (""
    is ordinary). Records of ordinary programmes are open to their own person on their own page;
    `kept_from_resident` names the forms whose records are not (what others said of them, for instance).
    `posts` says what its records do to goods and money. `after_death`: a service about the dead (a death
    card, its review): its cases open for the dead, its forms are filled after the day of death, and no death
    closes it."""

    id: str
    version: int
    title: Text
    purpose: Text
    subject: Text
    rows: tuple[str, ...] = ()
    row_note: Text | None = None
    eligible: Expression | None = None
    opens_on: tuple[Opening, ...] = ()
    closes_on: tuple[Closing, ...] = ()
    states: States | None = None
    forms: tuple[Form, ...] = ()
    shares: tuple[str, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    indicators: tuple[Indicator, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    decisions: tuple[Decision, ...] = ()
    examples: tuple[Example, ...] = ()
    confidentiality: str = ""
    screens: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    source: str = ""
    facts: tuple[Fact, ...] = ()
    kept_from_resident: tuple[str, ...] = ()
    posts: tuple[Posting, ...] = ()
    after_death: bool = False

    def __post_init__(self) -> None:
        where = f"capability {self.id}@{self.version}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(self.version >= 1, where, "versions start at 1")
        for row in self.rows:
            refuse_unless(bool(ROW.match(row)), where, f"{row!r} is no row of capabilities.md")
        if self.eligible is not None:
            refuse_unless(self.eligible.kind.may_be(Kind.BOOLEAN), where, "`eligible` is not a condition")
        known = {form.id for form in self.forms} | set(self.shares)
        for step in self.schedule.steps:
            refuse_unless(step.form in known, where, f"step {step.id} uses {step.form}, not among its forms")
        for kept in self.kept_from_resident:
            refuse_unless(kept in known, where, f"keeps {kept} from residents, not among its forms")
        for decision in self.decisions:
            refuse_unless(
                decision.form in known, where, f"decides about {decision.form}, not among its forms"
            )
        for example in self.examples:
            refuse_unless(example.form in known, where, f"example {example.name} is of {example.form}")
        reasons = set() if self.states is None else {reason.code for reason in self.states.reasons}
        for closing in self.closes_on:
            refuse_unless(
                closing.reason in reasons, where, f"{closing.event} closes with unknown {closing.reason!r}"
            )
        from kangshu.declare.binding import check_capability

        check_capability(self)
        check_postings(self)

    def form(self, id: str) -> Form:
        for form in self.forms:
            if form.id == id:
                return form
        raise KeyError(f"{self.id} has no form {id!r}")

    @property
    def domain(self) -> str:
        return self.id.split(".", 1)[0]

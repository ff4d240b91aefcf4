"""A form: what is asked, in which words, with which codes and limits. One declaration gives validation, the
screen, the printed paper, the API schema, the spreadsheet, the analytic columns and the manual page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import Expression, Kind
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z")


class FieldType(StrEnum):
    """`answers` keep them as JSON: integer → number; decimal → string ("65.5", exact); text → string;
    date → "2026-03-01"; choice → code; choices → list of codes in the order of the form; yes_no → true/false;
    computed → as its expression's kind; rows → list of objects, one a row, each as its sub-fields say;
    moment → "2026-03-01T14:30", the clock of China."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    COMPUTED = "computed"
    ROWS = "rows"
    MOMENT = "moment"


KIND_OF = {
    FieldType.INTEGER: Kind.INTEGER,
    FieldType.DECIMAL: Kind.DECIMAL,
    FieldType.TEXT: Kind.TEXT,
    FieldType.LONG_TEXT: Kind.TEXT,
    FieldType.DATE: Kind.DATE,
    FieldType.CHOICE: Kind.TEXT,
    FieldType.CHOICES: Kind.CODES,
    FieldType.YES_NO: Kind.BOOLEAN,
    FieldType.ROWS: Kind.ROWS,
    FieldType.MOMENT: Kind.MOMENT,
}

MOST_ROWS = 30


@dataclass(frozen=True)
class Choice:
    """One code of a choice field, as printed on the paper form."""

    code: str
    title: Text


def numbered(*titles: tuple[str, str]) -> tuple[Choice, ...]:
    """Choices numbered from 1, as the paper forms number them; each title in Chinese and English."""
    return tuple(Choice(str(number), Text(zh, en)) for number, (zh, en) in enumerate(titles, start=1))


@dataclass(frozen=True)
class Range:
    """Least and greatest value, both included; None is open."""

    least: Decimal | None = None
    greatest: Decimal | None = None

    @classmethod
    def of(cls, least: int | str | None = None, greatest: int | str | None = None) -> Range:
        """From numbers as one writes them: `Range.of(20, 300)`, `Range.of("18.5", 24)`."""
        return cls(
            None if least is None else Decimal(least),
            None if greatest is None else Decimal(greatest),
        )

    def __post_init__(self) -> None:
        for value in (self.least, self.greatest):
            refuse_unless(value is None or isinstance(value, Decimal), "range", f"{value!r} is not exact")
        refuse_unless(self.least is not None or self.greatest is not None, "range", "is open at both ends")
        if self.least is not None and self.greatest is not None:
            refuse_unless(self.least <= self.greatest, "range", f"{self.least} is above {self.greatest}")

    def holds(self, value: Decimal | int) -> bool:
        return (self.least is None or value >= self.least) and (
            self.greatest is None or value <= self.greatest
        )


@dataclass(frozen=True)
class Field:
    """One question.

    `required` and `visible` are True/False or a condition over the other answers. `hard` refuses, `soft`
    asks again. `exclusive` codes of a choices field stand alone ("none"). `measured` values are never
    prefilled or carried; `carried` ones may be taken over from the last visit by one explicit act.
    `assessed` names the assessment value that fills an empty answer (the doctor may type another).
    `expression` computes a computed field. `fields` are the columns of a field of rows (medication,
    contacts), at most `most` rows; their conditions speak of the answers of the same row. `de` is the data
    element code, `fhir` the path or code in FHIR.
    """

    name: str
    title: Text
    type: FieldType
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    hard: Range | None = None
    soft: Range | None = None
    required: bool | Expression = False
    visible: Expression | None = None
    exclusive: frozenset[str] = frozenset()
    measured: bool = False
    carried: bool = False
    assessed: str = ""
    expression: Expression | None = None
    places: int | None = None
    max_length: int | None = None
    hint: Text | None = None
    de: str = ""
    fhir: str = ""
    fields: tuple[Field, ...] = ()
    most: int | None = None

    def __post_init__(self) -> None:
        where = f"field {self.name}"
        refuse_unless(bool(NAME.match(self.name)), where, "a name is lower-case letters, digits and _")
        chosen = self.type in (FieldType.CHOICE, FieldType.CHOICES)
        refuse_unless(bool(self.choices) == chosen, where, f"choices and type {self.type} do not go together")
        codes = [choice.code for choice in self.choices]
        refuse_unless(len(codes) == len(set(codes)), where, f"a code is given twice in {codes}")
        refuse_unless(
            self.exclusive <= set(codes), where, f"exclusive {sorted(self.exclusive)} are not its codes"
        )
        refuse_unless(
            (self.expression is not None) == (self.type is FieldType.COMPUTED),
            where,
            "a computed field has an expression, and only a computed field",
        )
        for limit in (self.hard, self.soft):
            refuse_unless(
                limit is None or self.is_number, where, f"a range is for numbers, not for {self.type}"
            )
        refuse_unless(not (self.measured and self.carried), where, "a measured value is never carried over")
        refuse_unless(
            self.type is not FieldType.COMPUTED or self.required is False,
            where,
            "a computed field is not asked",
        )
        self._check_rows(where)

    def _check_rows(self, where: str) -> None:
        rows = self.type is FieldType.ROWS
        refuse_unless(bool(self.fields) == rows, where, "`fields` go with type rows, and only with it")
        refuse_unless(self.most is None or (rows and self.most > 0), where, "`most` is a number of rows")
        names = [field.name for field in self.fields]
        refuse_unless(len(names) == len(set(names)), where, f"asks twice for one of {names} in a row")
        for field in self.fields:
            refuse_unless(
                field.type not in (FieldType.ROWS, FieldType.COMPUTED),
                where,
                f"{field.name}: a row holds neither rows nor computed values",
            )
            refuse_unless(
                not (field.measured or field.carried or field.assessed),
                where,
                f"{field.name}: rows are measured, carried or left to the rule as a whole",
            )

    @property
    def most_rows(self) -> int:
        return self.most or MOST_ROWS

    @property
    def kind(self) -> Kind:
        if self.expression is not None:
            return self.expression.kind
        return KIND_OF[self.type]

    @property
    def is_number(self) -> bool:
        if self.type is FieldType.COMPUTED:
            return self.expression is not None and self.expression.kind.is_number
        return self.type in (FieldType.INTEGER, FieldType.DECIMAL)

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True)
class Section:
    name: str
    title: Text
    fields: tuple[Field, ...]
    visible: Expression | None = None

    def __post_init__(self) -> None:
        refuse_unless(
            bool(NAME.match(self.name)), f"section {self.name}", "a name is lower-case letters and _"
        )
        refuse_unless(bool(self.fields), f"section {self.name}", "asks nothing")


@dataclass(frozen=True)
class Check:
    """Something that must hold between answers. False refuses (`hard`) or asks again; missing passes."""

    name: str
    holds: Expression
    message: Text
    hard: bool = True
    field: str = ""

    def __post_init__(self) -> None:
        refuse_unless(self.holds.kind.may_be(Kind.BOOLEAN), f"check {self.name}", "is not a condition")


@dataclass(frozen=True)
class Form(Declared):
    """A version of a form. `rule` names the function in the capability's rules.py that assesses its
    records, and `outcomes` are what it may find (`Assessment.outcome`); nobody younger than
    `earliest_age` is asked; `valid_from`/`valid_to` are the days of service it is for."""

    id: str
    version: int
    title: Text
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    rule: str = ""
    outcomes: tuple[Choice, ...] = ()
    earliest_age: int | None = None
    valid_from: date = date(2009, 1, 1)
    valid_to: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        where = f"form {self.id}@{self.version}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(self.version >= 1, where, "versions start at 1")
        outcomes = [outcome.code for outcome in self.outcomes]
        refuse_unless(len(outcomes) == len(set(outcomes)), where, f"an outcome is given twice in {outcomes}")
        refuse_unless(not self.outcomes or bool(self.rule), where, "has outcomes but no rule that gives them")
        names = [field.name for field in self.fields]
        twice = sorted({name for name in names if names.count(name) > 1})
        refuse_unless(not twice, where, f"asks twice for {', '.join(twice)}")
        refuse_unless(
            self.valid_to is None or self.valid_from <= self.valid_to,
            where,
            "is valid to a day before its first",
        )
        from kangshu.declare.binding import check_form

        check_form(self)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    def outcome(self, code: str) -> Choice | None:
        """The outcome of an assessment (`Assessment.outcome`), with its title."""
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)

    def field(self, name: str) -> Field:
        """Raises KeyError for a name the form does not ask."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.id}@{self.version} has no field {name!r}")

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

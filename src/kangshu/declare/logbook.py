"""A logbook 工作台账: what an institution writes down about no person of the register, and what follows it.

Activities, samples, zero reports, inspections of premises, donations, readings. A logbook has one form for
its entries, perhaps registered sites that the entries are about (employers, survey plots, schools), perhaps
a period in which an entry is owed, perhaps stages that follow an entry (notice, rectification; application,
score, naming), and the figures that are counted from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kangshu.declare.binding import check_expression, walk
from kangshu.declare.capability import ROW
from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import (
    CaseAttribute,
    CaseFact,
    Diagnoses,
    EnrolledIn,
    Expression,
    Kind,
    PersonAttribute,
    Population,
    Records,
)
from kangshu.declare.expression.calculation import AgeOn
from kangshu.declare.form import IDENTIFIER, NAME, Choice, Field, FieldType, Form
from kangshu.declare.indicator import Indicator
from kangshu.declare.report import Periodicity
from kangshu.declare.schedule import Interval
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text

OF_PERSONS = (PersonAttribute, AgeOn, CaseAttribute, CaseFact, Records, Diagnoses, EnrolledIn, Population)
ENTERED = "entered"
"""The stage of an entry that nothing has followed yet."""


class How(StrEnum):
    """What is made of the entries that count. `sites` are the different sites they are about, `registered`
    the sites on the register at the end of the period, whatever was entered."""

    COUNT = "count"
    TOTAL = "total"
    MEDIAN = "median"
    MEAN = "mean"
    SITES = "sites"
    REGISTERED = "registered"


@dataclass(frozen=True)
class Measure:
    """So many entries, or the total, median or mean of a number in them. Entries for which `where` is not
    True, or whose number is missing, do not count."""

    how: How
    of: Expression | None = None
    where: Expression | None = None

    def __post_init__(self) -> None:
        numeric = self.how in (How.TOTAL, How.MEDIAN, How.MEAN)
        refuse_unless(
            self.how is How.REGISTERED or numeric == (self.of is not None),
            f"measure {self.how}",
            "needs a number, or takes none",
        )


def count(where: Expression | None = None) -> Measure:
    """The number of entries."""
    return Measure(How.COUNT, where=where)


def total(of: Expression, where: Expression | None = None) -> Measure:
    return Measure(How.TOTAL, of, where)


def median(of: Expression, where: Expression | None = None) -> Measure:
    """The middle value; of an even number the mean of the two in the middle."""
    return Measure(How.MEDIAN, of, where)


def mean(of: Expression, where: Expression | None = None) -> Measure:
    return Measure(How.MEAN, of, where)


def sites(where: Expression | None = None) -> Measure:
    """The number of different sites with an entry."""
    return Measure(How.SITES, where=where)


def registered(where: Expression | None = None, of: Expression | None = None) -> Measure:
    """The number of sites on the register at the end of the period, or the sum of one of their particulars
    (the area that is to be searched); `where` asks their particulars."""
    return Measure(How.REGISTERED, of, where)


@dataclass(frozen=True)
class LogbookFigure:
    """A figure of the indicator catalogue that is counted from entries.

    Its expressions may name the answers of an entry; those of a stage as `<stage>__<field>`, with
    `<stage>__on` the day it was done; those of its site as `site__<field>`; and `stage`, the id of the last
    stage done ("entered" before any). Entries performed in the period count, of a `standing` figure those up
    to the period's end (what is valid on that day: `answer("valid_until") >= period.last`). With `out_of` it
    is a ratio, times `scale` (100 for per cent), rounded to `decimals`.
    """

    id: str
    title: Text
    unit: str
    of: Measure
    where: Expression | None = None
    out_of: Measure | None = None
    scale: int = 1
    decimals: int = 0
    aliases: tuple[str, ...] = ()
    standing: bool = False
    source: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        where = f"figure {self.id}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(self.scale > 0 and self.decimals >= 0, where, "has a scale or decimals below zero")
        if self.out_of is not None:
            parts = {self.of.how, self.out_of.how}
            refuse_unless(
                not parts & {How.MEDIAN, How.MEAN}, where, "a median or mean is not divided by anything"
            )
            refuse_unless(
                self.out_of.how is not How.REGISTERED or self.out_of.where is None,
                where,
                "is out of a part of the register: put the condition into the figure",
            )

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (self.of,) if self.out_of is None else (self.of, self.out_of)


@dataclass(frozen=True)
class SiteKind(Declared):
    """What entries are about: registered once, by the institution that answers for it, and kept with its
    history. Several logbooks may be about the same kind. `form` asks the particulars of a site; its name is
    asked by every register."""

    id: str
    title: Text
    form: Form

    def __post_init__(self) -> None:
        refuse_unless(bool(NAME.match(self.id)), f"site kind {self.id}", "an id is lower-case words")
        _refuse_persons(self.form, f"site kind {self.id}")


@dataclass(frozen=True)
class LogbookDue:
    """An entry is owed for every period, by every keeper or, in a logbook with sites, for every open site;
    at latest `within_days` days after the period's end. `months` are those of the year in which it is owed
    (nobody looks for snails in winter); empty: all. One entry a period, unless `once` is False: then any
    number, at least one."""

    periodicity: Periodicity
    within_days: int
    months: frozenset[int] = frozenset()
    once: bool = True

    def __post_init__(self) -> None:
        refuse_unless(self.within_days >= 0, "logbook due", "is due before its period has ended")
        refuse_unless(self.months <= set(range(1, 13)), "logbook due", "names a month that is none")


@dataclass(frozen=True)
class Expiry:
    """What an entry attests ends: `name` is the field with the day (of the form, or `<stage>__<field>`), and
    from `remind` before it the keeper is asked for the next one, a new entry about the same site."""

    name: str
    remind: Interval = field(default_factory=lambda: Interval(months=3))


class StageBy(StrEnum):
    """Who does a stage: the institution that made the entry, or one above it."""

    KEEPER = "keeper"
    BUREAU = "bureau"


@dataclass(frozen=True)
class Stage:
    """What follows an entry, in the order of declaration. `when` is asked of the answers so far (as in a
    figure): only then is the stage due. `within` counts from the stage before, or `due_field` names the day.
    A stage with `ends` is the last one for which it is True."""

    id: str
    title: Text
    form: Form | None = None
    within: Interval | None = None
    due_field: str = ""
    by: StageBy = StageBy.KEEPER
    when: Expression | None = None
    ends: Expression | None = None

    def __post_init__(self) -> None:
        where = f"stage {self.id}"
        object.__setattr__(self, "by", StageBy(self.by))
        refuse_unless(bool(NAME.match(self.id)) and self.id != ENTERED, where, "an id is lower-case words")
        refuse_unless(not (self.within and self.due_field), where, "is due in two ways")


@dataclass(frozen=True)
class Logbook(Declared):
    """A version of a logbook. `keepers` are the institution kinds that keep it (empty: every kind);
    `overseer` the kind of county institution that sees every entry beside the bureau and may do the bureau's
    stages (supervision, cdc, mch); `list_fields` the answers shown in lists (empty: the first few). A form's
    rule stands in the rules.py of the folder; it sees the earlier entries about the same site, or of the same
    institution, and no person. `confidentiality` is the compartment of its entries ("" is ordinary)."""

    id: str
    version: int
    title: Text
    purpose: Text
    form: Form
    rows: tuple[str, ...] = ()
    row_note: Text | None = None
    keepers: frozenset[str] = frozenset()
    site: SiteKind | None = None
    due: LogbookDue | None = None
    expiry: Expiry | None = None
    stages: tuple[Stage, ...] = ()
    figures: tuple[LogbookFigure, ...] = ()
    list_fields: tuple[str, ...] = ()
    overseer: str = ""
    confidentiality: str = ""
    source: str = ""
    valid_from: date = date(2009, 1, 1)
    valid_to: date | None = None
    tests: tuple[str, ...] = ()
    screens: tuple[str, ...] = ("fieldwork:logbook",)

    def __post_init__(self) -> None:
        where = f"logbook {self.id}@{self.version}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(self.version >= 1, where, "versions start at 1")
        for row in self.rows:
            refuse_unless(bool(ROW.match(row)), where, f"{row!r} is no row of capabilities.md")
        ids = [stage.id for stage in self.stages]
        refuse_unless(len(ids) == len(set(ids)), where, "has a stage twice")
        figures = [figure.id for figure in self.figures]
        refuse_unless(len(figures) == len(set(figures)), where, "counts a figure twice")
        forms = [form.id for form in self.forms]
        refuse_unless(len(forms) == len(set(forms)), where, "gives two forms one id")
        for form in self.forms:
            _refuse_persons(form, where)
        self._check_stages(where)
        self._check_figures(where)
        for name in self.list_fields:
            refuse_unless(name in self.frame, where, f"lists {name!r}, which is no field here")
        if self.expiry is not None:
            _check_day(self.expiry.name, self.frame, where)

    def _check_stages(self, where: str) -> None:
        frame = dict(self.frame_of_entry)
        for stage in self.stages:
            name = f"{where} stage {stage.id}"
            if stage.when is not None:
                check_expression(stage.when, frame, name)
            if stage.due_field:
                _check_day(stage.due_field, frame, name)
            frame |= _stage_frame(stage)
            if stage.ends is not None:
                check_expression(stage.ends, frame, name)

    def _check_figures(self, where: str) -> None:
        for figure in self.figures:
            name = f"{where} figure {figure.id}"
            if figure.where is not None:
                check_expression(figure.where, self.frame, name)
            for measure in figure.measures:
                of_sites = measure.how in (How.SITES, How.REGISTERED)
                refuse_unless(
                    self.site is not None or not of_sites, name, "counts sites, and the logbook has none"
                )
                # Which entry of a site is the last one must not depend on what the entries say.
                frame = self.site_frame if of_sites else self.frame
                if of_sites and measure is figure.of and figure.where is not None:
                    check_expression(figure.where, self.site_frame, name)
                if measure.where is not None:
                    check_expression(measure.where, frame, name)
                if measure.of is not None:
                    check_expression(measure.of, frame, name, gives=Kind.DECIMAL)

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form of the logbook: of its entries, its stages and its sites."""
        stages = tuple(stage.form for stage in self.stages if stage.form is not None)
        return (self.form, *stages, *(() if self.site is None else (self.site.form,)))

    @property
    def frame_of_entry(self) -> dict[str, Field]:
        """What may be asked of an entry before any stage: its answers and those of its site."""
        return {field.name: field for field in self.form.fields} | self.site_frame

    @property
    def site_frame(self) -> dict[str, Field]:
        if self.site is None:
            return {}
        return {f"site__{field.name}": field for field in self.site.form.fields}

    @property
    def frame(self) -> dict[str, Field]:
        """Everything a figure may name."""
        frame = self.frame_of_entry
        for stage in self.stages:
            frame |= _stage_frame(stage)
        reached = (Choice(ENTERED, Text("已登记", "entered")), *(Choice(s.id, s.title) for s in self.stages))
        return frame | {"stage": Field("stage", Text("环节", "stage"), FieldType.CHOICE, choices=reached)}

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Its figures, as the catalogue of indicators has them."""
        from kangshu.declare.logbook_figures import indicators_of

        return indicators_of(self)

    def stage(self, id: str) -> Stage:
        """Raises KeyError."""
        for stage in self.stages:
            if stage.id == id:
                return stage
        raise KeyError(f"{self.id} has no stage {id!r}")

    @property
    def domain(self) -> str:
        return self.id.split(".", 1)[0]


def _stage_frame(stage: Stage) -> dict[str, Field]:
    asked = () if stage.form is None else stage.form.fields
    done = Field("on", Text(f"{stage.title.zh}日期", f"{stage.title.en}, day"), FieldType.DATE)
    return {f"{stage.id}__{field.name}": field for field in asked} | {f"{stage.id}__on": done}


def _check_day(name: str, frame: Mapping[str, Field], where: str) -> None:
    dated = name in frame and frame[name].kind is Kind.DATE
    refuse_unless(dated, where, f"{name!r} is no date of its forms")


def _refuse_persons(form: Form, where: str) -> None:
    """An entry is about no person: nothing in its form may ask for one."""
    for node in _expressions(form):
        for part in walk(node):
            refuse_unless(
                not isinstance(part, OF_PERSONS), where, f"{form.id} asks for a person, and there is none"
            )


def _expressions(form: Form) -> Iterator[Expression]:
    for section in form.sections:
        if section.visible is not None:
            yield section.visible
    for asked in form.fields:
        for condition in (asked.required, asked.visible, asked.expression):
            if isinstance(condition, Expression):
                yield condition
    for check in form.checks:
        yield check.holds

"""Short ways to write the rules and examples of screenings: what was found, in which words, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.catalogue.asking import day, several_of, words
from kangshu.declare import (
    Advice,
    Assessment,
    CannotAssess,
    Check,
    Choice,
    DatedValue,
    Example,
    Field,
    Form,
    Parameter,
    Parameters,
    PersonFacts,
    Section,
    Text,
    Visit,
)
from kangshu.declare.expression import Expression

ANYBODY = PersonFacts()


@dataclass(frozen=True)
class Said:
    """What is said of an outcome: its title, what to do, whether a hospital must see it or at once."""

    title: Text
    advice: Text
    refer: bool = False
    urgent: bool = False


def said(zh: str, en: str, do_zh: str, do_en: str, *, refer: bool = False, urgent: bool = False) -> Said:
    return Said(Text(zh, en), Text(do_zh, do_en), refer, urgent)


def outcomes(table: Mapping[str, Said]) -> tuple[Choice, ...]:
    """The outcomes of a form, as it declares them."""
    return tuple(Choice(code, words.title) for code, words in table.items())


def sheet(
    id: str,
    title: Text,
    rule: str,
    table: Mapping[str, Said],
    source: str,
    *sections: Section,
    checks: tuple[Check, ...] = (),
) -> Form:
    """A form that is judged by the rule of this name, with the outcomes of the table."""
    return Form(
        id=id,
        version=1,
        title=title,
        sections=sections,
        checks=checks,
        rule=rule,
        outcomes=outcomes(table),
        source=source,
    )


def part(name: str, zh: str, en: str, *fields: Field, visible: Expression | None = None) -> Section:
    return Section(name, Text(zh, en), fields, visible=visible)


def judged(table: Mapping[str, Said], outcome: str, **values: Any) -> Assessment:
    """The assessment with the words of the table; `values` are kept with the record beside the outcome."""
    words = table[outcome]
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, **values},
        title=words.title,
        advice=(Advice(outcome, words.advice),),
        urgent=words.urgent,
        refer=words.refer,
    )


def needed(visit: Visit, *names: str) -> Any:
    """The first of some answers that is known. Raises CannotAssess when none is."""
    for name in names:
        value = visit.answers.get(name)
        if value is not None:
            return value
    raise CannotAssess("screening.missing", _MISSING, where=names[0])


_MISSING = Text(
    "缺少判定所需的结果，请先填写。", "The result that this is judged by is missing: enter it first."
)


TREATMENT = {
    "treated": said("已治疗或处置", "Treated", "按专科意见随访。", "Follow up as the specialist says."),
    "waiting": said("等待治疗", "Waiting for treatment", "1个月内再次追踪。", "Ask again within a month."),
}
NOT_YET = "9"


def treatment_sheet(
    id: str, title: Text, source: str, *kinds: tuple[str, str], extra: Sequence[Field] = ()
) -> Form:
    """What came of somebody who was found: treatments by kind (code 9: none yet), day, hospital. The rules of
    the service take `treatment` from here."""
    choices = (*(Choice(str(n), Text(zh, en)) for n, (zh, en) in enumerate(kinds, 1)), _NONE_YET)
    asked = (
        several_of(
            "treatments", "治疗或处置", "Treatment", choices, alone=NOT_YET, required=True, carried=False
        ),
        day("treated_on", "治疗日期", "Treated on", carried=False),
        words("hospital", "治疗机构", "Hospital", length=60),
        *extra,
    )
    return sheet(
        id, title, "treatment", TREATMENT, source, Section("treatment", Text("治疗", "Treatment"), asked)
    )


_NONE_YET = Choice(NOT_YET, Text("尚未治疗", "none yet"))


def treatment(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: treated, waiting. Raises CannotAssess without an answer."""
    none_yet = tuple(needed(visit, "treatments")) == (NOT_YET,)
    return judged(TREATMENT, "waiting" if none_yet else "treated")


def local_parameters(
    prefix: str, from_on: date, source: str, *given: tuple[str, str, str, str, int]
) -> tuple[Parameter, ...]:
    """Numbers of a service that the county may change: (name, zh, en, unit, value)."""
    return tuple(
        Parameter(
            f"{prefix}.{name}",
            Text(zh, en),
            unit,
            (DatedValue(from_on, Decimal(value)),),
            local=True,
            source=source,
        )
        for name, zh, en, unit, value in given
    )


@dataclass(frozen=True)
class Cases:
    """Worked examples of one form: `cases(name, zh, en, outcome, **answers)`; an outcome "missing" is the
    refusal for want of a result. `person`, `earlier` and `values` are as in `Example` (`values`: expected
    beside the outcome)."""

    form: str
    clause: str
    on: date = date(2026, 5, 12)

    def __call__(
        self,
        name: str,
        zh: str,
        en: str,
        outcome: str,
        *,
        person: Any = None,
        earlier: Any = (),
        values: Any = None,
        **answers: Any,
    ) -> Example:
        missing = outcome == "missing"
        return Example(
            name=f"{self.form.rsplit('.', 1)[1]}_{name}",
            title=Text(zh, en),
            form=self.form,
            performed_on=self.on,
            answers=answers,
            expected={} if missing else {"outcome": outcome, **(values or {})},
            person=person or {},
            earlier=earlier,
            refused="screening.missing" if missing else "",
            clause=self.clause,
        )


def treatment_examples(form: str, clause: str) -> tuple[Example, ...]:
    cases = Cases(form, clause)
    return (
        cases("done", "已治疗", "treated", "treated", treatments=("1",)),
        cases("not_yet", "尚未治疗", "none yet", "waiting", treatments=(NOT_YET,)),
        cases("unsaid", "未填治疗", "no answer", "missing"),
    )

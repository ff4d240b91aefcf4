"""Short ways to write the rules and examples of screenings: what was found, in which words, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kangshu.declare import Advice, Assessment, CannotAssess, Choice, Example, PersonFacts, Text, Visit

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


@dataclass(frozen=True)
class Cases:
    """Worked examples of one form: `cases(name, zh, en, outcome, **answers)`; an outcome "missing" is the
    refusal for want of a result."""

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
        person: Mapping[str, Any] | None = None,
        earlier: tuple[Mapping[str, Any], ...] = (),
        values: Mapping[str, Any] | None = None,
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

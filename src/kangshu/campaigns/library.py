"""The library of questions: every field of every declared form, for taking over into a campaign's form.

A question that is taken keeps its words, codes, limits and data element, so that its answers mean the same as
elsewhere. What hangs on its old form (a rule that fills it, conditions on other questions) is left behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kangshu.campaigns.composition import Question, Stage
from kangshu.declare import registry
from kangshu.declare.form import Field, FieldType, Form
from kangshu.kernel.text import Text

SHOWN = 40


@dataclass(frozen=True)
class Entry:
    """A field that may be taken, and the form it is known from."""

    form: Form
    field: Field

    @property
    def id(self) -> str:
        return f"{self.form.id}:{self.field.name}"


def entries() -> Iterator[Entry]:
    """Every question of every form that is no secret; the same question of several forms once."""
    seen: set[tuple[object, ...]] = set()
    for form in registry.forms():
        if registry.owner(form.id).confidentiality:
            continue
        for field in form.fields:
            alike = (field.title.zh, field.type, field.unit, tuple(choice.code for choice in field.choices))
            if field.type is FieldType.COMPUTED or alike in seen:
                continue
            seen.add(alike)
            yield Entry(form, field)


def search(words: str) -> list[Entry]:
    """The entries in whose title, name or data element every word occurs, at most `SHOWN`; those whose title
    begins with the words first."""
    wanted = words.lower().split()
    if not wanted:
        return []
    found = [entry for entry in entries() if all(word in _text(entry) for word in wanted)]
    found.sort(key=lambda entry: not entry.field.title.zh.startswith(words.strip()))
    return found[:SHOWN]


def _text(entry: Entry) -> str:
    field = entry.field
    return f"{field.title.zh} {field.title.en} {field.name} {field.de}".lower()


def entry(id: str) -> Entry | None:
    """The entry of an id; None when no form asks it (any more)."""
    form_id, _, name = id.partition(":")
    try:
        form = registry.form(form_id)
        return Entry(form, form.field(name))
    except (registry.UnknownDeclaration, KeyError):
        return None


def taken(found: Entry, stage: Stage) -> Question:
    """The question as the stage will ask it, under a name that is free there."""
    field = found.field
    name = free_name(field.name, (asked.field.name for asked in stage.questions))
    return Question(
        replace(
            field,
            name=name,
            assessed="",
            visible=None,
            required=field.required if isinstance(field.required, bool) else False,
        ),
        found.id,
    )


def free_name(wanted: str, used: Iterable[str]) -> str:
    """The name itself, or with the first number that makes it new."""
    names = set(used)
    if wanted not in names:
        return wanted
    number = 2
    while f"{wanted}_{number}" in names:
        number += 1
    return f"{wanted}_{number}"


TYPES: dict[FieldType, Text] = {
    FieldType.INTEGER: Text("整数", "Whole number"),
    FieldType.DECIMAL: Text("小数", "Number with decimals"),
    FieldType.CHOICE: Text("单选", "One of several"),
    FieldType.CHOICES: Text("多选", "Several of several"),
    FieldType.YES_NO: Text("是/否", "Yes or no"),
    FieldType.DATE: Text("日期", "Date"),
    FieldType.TEXT: Text("文字", "Text"),
    FieldType.LONG_TEXT: Text("长文字", "Long text"),
}
"""What a question of the county's own can be."""

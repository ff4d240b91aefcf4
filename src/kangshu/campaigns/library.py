"""The library of questions: every field of every declared form, for taking over into a campaign's form.

A question that is taken keeps its words, codes, limits and data element, so that its answers mean the same as
elsewhere. What hangs on its old form (a rule that fills it, conditions on other questions) is left behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kangshu.campaigns.composition import Question, Stage
from kangshu.declare import registry
from kangshu.declare.form import Field, FieldType, Form
from kangshu.kernel.text import Text

SHOWN = 40


@dataclass(frozen=True)
class Entry:
    """A field that may be taken, the form it is known from, and the sections of all forms that ask it."""

    form: Form
    field: Field
    sections: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.form.id}:{self.field.name}"


def entries() -> list[Entry]:
    """Every question of every form that is no secret; the same question of several forms once."""
    found: dict[tuple[object, ...], Entry] = {}
    for form in registry.forms():
        if registry.owner(form.id).confidentiality:
            continue
        asked = [(section, field) for section in form.sections for field in section.fields]
        for section, field in asked:
            if field.type is FieldType.COMPUTED:
                continue
            codes = tuple(choice.code for choice in field.choices)
            alike = (field.title.zh, field.type, field.unit, codes)
            known = found.get(alike, Entry(form, field))
            found[alike] = replace(known, sections=(*known.sections, section.title))
    return list(found.values())


def search(words: str) -> list[Entry]:
    """The entries in whose title, name, data element or section every word occurs (who looks for "blood
    pressure" finds the systolic one), at most `SHOWN`; those that say it in their own title first."""
    wanted = words.lower().split()
    if not wanted:
        return []
    found = [entry for entry in entries() if all(word in _text(entry) for word in wanted)]
    found.sort(key=lambda entry: not all(word in _title(entry) for word in wanted))
    return found[:SHOWN]


def _title(entry: Entry) -> str:
    return f"{entry.field.title.zh} {entry.field.title.en}".lower()


def _text(entry: Entry) -> str:
    sections = " ".join(f"{section.zh} {section.en}" for section in entry.sections)
    return f"{_title(entry)} {entry.field.name} {entry.field.de} {sections}".lower()


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

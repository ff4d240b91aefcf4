"""The national paper form as rows and columns: sections down the side, up to four visits across.

It is laid out from the declaration: a choice prints its codes with the chosen one in the box, a computed
value prints as a value, and what was not asked stays an empty box to be written in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kangshu.declare.form import Field, FieldType, Form
from kangshu.work.models import Record
from kangshu.work.pages.drawing import shown


@dataclass(frozen=True)
class PaperCell:
    """What stands in one column: the codes in the boxes, or the text."""

    boxes: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class PaperRow:
    field: Field
    legend: str
    cells: tuple[PaperCell, ...]


@dataclass(frozen=True)
class PaperSection:
    title: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True)
class Paper:
    records: tuple[Record, ...]
    sections: tuple[PaperSection, ...]
    signatures: tuple[str, ...]


SIGNATURE = "doctor"
"""The question that the paper keeps for the hand; it prints as the last line."""


def paper_form(form: Form, records: Sequence[Record]) -> Paper:
    """The form with one column for each record."""
    sections = tuple(
        PaperSection(
            section.title.zh,
            tuple(
                PaperRow(asked, _legend(asked), tuple(_cell(asked, record) for record in records))
                for asked in section.fields
                if asked.name != SIGNATURE and _is_printed(asked, records)
            ),
        )
        for section in form.sections
    )
    names = tuple(record.performed_by.name if record.performed_by else "" for record in records)
    return Paper(tuple(records), tuple(section for section in sections if section.rows), names)


def _is_printed(asked: Field, records: Sequence[Record]) -> bool:
    """A question that depends on another prints only when it was answered."""
    return asked.visible is None or any(asked.name in record.answers for record in records)


def _legend(asked: Field) -> str:
    if asked.type is FieldType.YES_NO:
        return "1是 2否"
    return " ".join(f"{choice.code}{choice.title.zh}" for choice in asked.choices)


def _cell(asked: Field, record: Record) -> PaperCell:
    value = record.answers.get(asked.name)
    if asked.type is FieldType.YES_NO:
        return PaperCell(boxes=("" if value is None else "1" if value else "2",))
    if asked.type is FieldType.CHOICE:
        return PaperCell(boxes=(value or "",))
    if asked.type is FieldType.CHOICES:
        return PaperCell(boxes=tuple(value or ("",)))
    return PaperCell(text="" if value is None else shown(asked, value).zh)

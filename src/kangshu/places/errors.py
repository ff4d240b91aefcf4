"""What can stand in the way of an act on places, said by name."""

from __future__ import annotations

from datetime import date

from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem, Refusal
from kangshu.kernel.text import Text


class UnknownPlace(NotFound):
    """No region or institution has that code, or none had it on that day."""


class UnknownPopulation(Refusal, LookupError):
    """No population count is stored that would answer the question exactly."""


def unknown_place(code: object) -> UnknownPlace:
    return UnknownPlace(
        "place.unknown",
        Text(f"没有编码为 {code} 的区划或机构。", f"No region or institution has the code {code}."),
    )


def refuse_field(field: str, code: str, zh: str, en: str, value: object = None) -> BadInput:
    """A BadInput about one field."""
    return BadInput([Problem(field, code, Text(zh, en), value)])


def check_open(name: str, valid_from: date, valid_to: date | None, on: date) -> None:
    """Raise Conflict unless the place exists on that day and the days after."""
    if on < valid_from:
        raise Conflict(
            "place.not_yet_open",
            Text(
                f"“{name}”自 {valid_from} 起设立，变更日期不能更早。",
                f"{name} exists only from {valid_from}.",
            ),
        )
    if valid_to is not None:
        raise Conflict(
            "place.already_closed",
            Text(
                f"“{name}”已于 {valid_to} 终止，不能再变更。",
                f"{name} ended on {valid_to}; nothing can change.",
            ),
        )

"""Named refusals: what an action raises when it cannot do what was asked, said for who asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kangshu.kernel.text import Text


class Refusal(Exception):
    """Base of every error an action raises on purpose.

    `code` is a stable name for programs (`case.already_open`), `message` says what could not be done, why,
    and what to do next; `where` names the field or place concerned, if there is one.
    """

    def __init__(self, code: str, message: Text, where: str | None = None) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code = code
        self.message = message
        self.where = where


class NotAllowed(Refusal):
    """The actor's roles or place do not permit the action."""


class NotFound(Refusal):
    """The thing does not exist, or not for this actor: the two are not told apart on purpose."""


class Conflict(Refusal):
    """Somebody else, or an earlier act, has made this impossible now."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field of an input. `value` is what was given, for showing it back."""

    field: str
    code: str
    message: Text
    value: object = None

    def to_json(self) -> dict[str, object]:
        value = self.value if isinstance(self.value, str | int | float | bool | None) else str(self.value)
        return {"field": self.field, "code": self.code, "message": self.message.to_json(), "value": value}


class BadInput(Refusal):
    """The input cannot be accepted; `problems` lists every reason, not only the first."""

    def __init__(self, problems: Iterable[Problem], code: str = "input.invalid") -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("BadInput needs at least one problem")
        first = self.problems[0]
        more = len(self.problems) - 1
        message = first.message
        if more:
            message = Text(f"{message.zh}（另有 {more} 处问题）", f"{message.en} (and {more} more)")
        super().__init__(code, message, where=first.field)

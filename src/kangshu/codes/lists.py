"""Readers of the national code lists kept as JSON in `codes/data`, one file a list.

A list is data, not code: a new edition of a standard is a new file, and nothing else changes. The wording in
Chinese is the standard's; the English is ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class UnknownCode(Refusal, LookupError):
    """A code that is not in its list, or a list that does not exist."""


@dataclass(frozen=True)
class Code:
    """One code with its wording."""

    code: str
    text: Text


@dataclass(frozen=True)
class CodeList:
    """One list: `source` names the standard it comes from."""

    id: str
    source: str
    title: Text
    items: tuple[Code, ...]
    _by_code: dict[str, Code] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({item.code: item for item in self.items})
        if len(self._by_code) != len(self.items):
            raise ValueError(f"code list {self.id} has a code twice")

    def __iter__(self) -> Iterator[Code]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def codes(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.items)

    def text(self, code: str) -> Text:
        """The wording of a code; raises `UnknownCode`."""
        item = self._by_code.get(code)
        if item is None:
            raise UnknownCode(
                "code.unknown",
                Text(
                    f"“{self.title.zh}”中没有代码 {code}。", f"There is no code {code} in “{self.title.en}”."
                ),
                where=self.id,
            )
        return item.text

    def code_of(self, wording: str) -> str:
        """The code of a Chinese or English wording, as imports meet it; raises `UnknownCode`."""
        wanted = wording.strip().casefold()
        for item in self.items:
            if wanted in (item.text.zh.casefold(), item.text.en.casefold()):
                return item.code
        raise UnknownCode(
            "code.unknown",
            Text(
                f"“{self.title.zh}”中没有“{wording}”这一项。",
                f"“{wording}” is not an item of “{self.title.en}”.",
            ),
            where=self.id,
        )


@cache
def code_list(name: str) -> CodeList:
    """The list of that name, such as `sex` or `ethnic_group`; raises `UnknownCode`."""
    file = resources.files("kangshu.codes") / "data" / f"{name}.json"
    if not name.isidentifier() or not file.is_file():
        raise UnknownCode(
            "code_list.unknown", Text(f"没有名为 {name} 的代码表。", f"There is no code list named {name}.")
        )
    raw = json.loads(file.read_text(encoding="utf-8"))
    items = tuple(Code(code, Text(zh, en)) for code, zh, en in raw["items"])
    return CodeList(raw["id"], raw["source"], Text.from_json(raw["title"]), items)


@cache
def code_list_names() -> tuple[str, ...]:
    """The names of all lists, sorted."""
    folder = resources.files("kangshu.codes") / "data"
    return tuple(
        sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json"))
    )

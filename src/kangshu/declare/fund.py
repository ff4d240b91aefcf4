"""Funds: money for one purpose, allotted year by year from named sources.

A folder of the catalogue declares `funds = (Fund(…), …)`; funds are found, never listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kangshu.declare import registry
from kangshu.declare.errors import BadDeclaration, refuse_unless
from kangshu.declare.form import NAME, Choice
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text

SOURCES = (
    Choice("central", Text("中央财政", "central government")),
    Choice("province", Text("省级财政", "province")),
    Choice("city", Text("市级财政", "prefecture")),
    Choice("county", Text("县级财政", "county")),
    Choice("other", Text("其他来源", "other")),
)


@dataclass(frozen=True)
class Fund(Declared):
    """Money that is spent on one purpose only. `sources` are those it may be allotted from."""

    id: str
    title: Text
    purpose: Text
    sources: tuple[Choice, ...] = SOURCES
    source: str = ""

    def __post_init__(self) -> None:
        where = f"fund {self.id}"
        parts = self.id.split(".")
        refuse_unless(all(NAME.match(part) for part in parts), where, "an id is lower-case words and dots")
        codes = [source.code for source in self.sources]
        refuse_unless(bool(codes) and len(codes) == len(set(codes)), where, "names no source, or one twice")

    def source_title(self, code: str) -> Text:
        return next((source.title for source in self.sources if source.code == code), Text(code, code))


@cache
def funds_by_id() -> Mapping[str, Fund]:
    """Every fund that the catalogue declares, in the order of their ids."""
    found: dict[str, Fund] = {}
    for module in registry.packages():
        for one in getattr(module, "funds", ()):
            if one.id in found:
                raise BadDeclaration(one.id, "is declared twice")
            found[one.id] = one
    return dict(sorted(found.items()))


def fund(id: str) -> Fund:
    """Raises UnknownDeclaration."""
    known = funds_by_id().get(id)
    if known is None:
        raise registry.UnknownDeclaration(f"no fund {id!r}")
    return known

"""Goods that institutions receive, keep and give out, and papers whose every sheet has a number.

A folder of the catalogue declares `goods = (Goods(…), …)`; goods are found, never listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kangshu.declare import registry
from kangshu.declare.errors import BadDeclaration, refuse_unless
from kangshu.declare.form import NAME
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text


class GoodsKind(StrEnum):
    """BULK is counted only; BATCHED by batch with an expiry date; NUMBERED are papers with serial numbers."""

    BULK = "bulk"
    BATCHED = "batched"
    NUMBERED = "numbered"


@dataclass(frozen=True)
class Goods(Declared):
    """One kind of goods. `floor` is what an institution that keeps it should not fall below; `expiry_alert`
    how many days before its expiry a batch is pointed out. Numbered goods that are paid for once used name
    the `fund` that pays and, in `worth`, the id of the parameter with the amount for each. `against` is the
    beginning of the ids of goods whose use it is compared with: a syringe for each dose."""

    id: str
    title: Text
    unit: str
    kind: GoodsKind
    floor: int = 0
    expiry_alert: int = 90
    fund: str = ""
    worth: str = ""
    group: Text | None = None
    against: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        where = f"goods {self.id}"
        parts = self.id.split(".")
        refuse_unless(all(NAME.match(part) for part in parts), where, "an id is lower-case words and dots")
        refuse_unless(self.floor >= 0 and self.expiry_alert >= 0, where, "cannot be negative")
        refuse_unless(bool(self.fund) == bool(self.worth), where, "`fund` and `worth` go together")
        refuse_unless(
            not self.fund or self.kind is GoodsKind.NUMBERED, where, "only numbered papers are settled"
        )

    @property
    def is_numbered(self) -> bool:
        return self.kind is GoodsKind.NUMBERED

    @property
    def is_batched(self) -> bool:
        return self.kind is GoodsKind.BATCHED


@cache
def goods_by_id() -> Mapping[str, Goods]:
    """Every kind of goods that the catalogue declares, in the order of their ids."""
    found: dict[str, Goods] = {}
    for module in registry.packages():
        for one in getattr(module, "goods", ()):
            if one.id in found:
                raise BadDeclaration(one.id, "is declared twice")
            found[one.id] = one
    return dict(sorted(found.items()))


def goods(id: str) -> Goods:
    """Raises UnknownDeclaration."""
    known = goods_by_id().get(id)
    if known is None:
        raise registry.UnknownDeclaration(f"no goods {id!r}")
    return known

"""What a filled form does to goods and money: `Capability.posts`.

Saving a record posts in the same transaction, its correction posts the difference, its withdrawal posts back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from kangshu.declare.binding import check_expression
from kangshu.declare.errors import BadDeclaration, refuse_unless
from kangshu.declare.expression import Expression, Kind
from kangshu.declare.serial import decode_fields, encode_fields

if TYPE_CHECKING:
    from kangshu.declare.capability import Capability
    from kangshu.declare.form import Field


class Short(StrEnum):
    """What happens when there is not enough: the record is REFUSED, or saved and the gap NOTED (what was
    injected was injected, whatever the books say)."""

    REFUSE = "refuse"
    NOTE = "note"


class PaperStep(StrEnum):
    """What a form does to numbered papers, with the state in which each must be before."""

    ISSUE = "issue"  # received → issued: handed to somebody, not used yet
    USE = "use"  # received → used: filled in and gone
    REDEEM = "redeem"  # issued → used, by the person it was issued to
    SPOIL = "spoil"  # received → spoiled
    CANCEL = "cancel"  # issued → spoiled: whom it was issued to gives it back
    VOID = "void"  # used → spoiled: it was filled in, and is taken back


class Posting:
    """Either kind of posting; tagged, so that JSON says which."""

    tag: ClassVar[str] = ""
    kinds: ClassVar[dict[str, type[Any]]] = {}
    on_form: str
    when: Expression | None

    @property
    def id(self) -> str:
        """Unique among the postings of one form."""
        raise NotImplementedError

    def __init_subclass__(cls) -> None:
        Posting.kinds[cls.tag] = cls

    def encode_tagged(self) -> dict[str, Any]:
        return {"posts": self.tag, **encode_fields(self)}

    @classmethod
    def decode_tagged(cls, value: Mapping[str, Any]) -> Any:
        kind = Posting.kinds[value["posts"]]
        return decode_fields(kind, {name: part for name, part in value.items() if name != "posts"})


@dataclass(frozen=True)
class StockPosting(Posting):
    """A record of `on_form` takes goods from the institution where the service was given.

    `goods` is the id, or `goods_of` says it for each code of the field `goods_by`. `quantity` is a whole
    number (one, if not said); `batch` names the field with the batch (empty: what expires first is taken).
    For numbered papers `numbers` names the field with the serial numbers and `paper` what becomes of them.
    `where_kept`: only institutions that have ever received the goods; others keep no books of them.
    """

    tag: ClassVar[str] = "stock"

    on_form: str
    goods: str = ""
    goods_by: str = ""
    goods_of: Mapping[str, str] = field(default_factory=dict)
    quantity: Expression | None = None
    batch: str = ""
    numbers: str = ""
    paper: PaperStep = PaperStep.USE
    short: Short = Short.REFUSE
    where_kept: bool = False
    when: Expression | None = None
    name: str = ""

    def __post_init__(self) -> None:
        where = f"stock posting on {self.on_form}"
        refuse_unless(bool(self.goods) != bool(self.goods_by), where, "has either `goods` or `goods_by`")
        refuse_unless(
            bool(self.goods_by) == bool(self.goods_of), where, "`goods_by` and `goods_of` go together"
        )
        refuse_unless(
            not self.numbers or (self.quantity is None and not self.batch),
            where,
            "papers are counted by their numbers",
        )

    @property
    def id(self) -> str:
        """Unique among the postings of one form."""
        return self.name or self.goods or self.goods_by

    @property
    def every_goods(self) -> tuple[str, ...]:
        return (self.goods,) if self.goods else tuple(dict.fromkeys(self.goods_of.values()))


@dataclass(frozen=True)
class FundPosting(Posting):
    """A record of `on_form` spends `amount` yuan of a fund, in the year of the service.

    With `approved_on` no more is paid to a person than the records of that form have approved (`approved`,
    asked of each; missing or nothing where it was refused)."""

    tag: ClassVar[str] = "fund"

    on_form: str
    fund: str
    amount: Expression
    when: Expression | None = None
    name: str = ""
    approved_on: str = ""
    approved: Expression | None = None

    def __post_init__(self) -> None:
        where = f"fund posting on {self.on_form}"
        both = bool(self.approved_on) == (self.approved is not None)
        refuse_unless(both, where, "`approved_on` and `approved` go together")

    @property
    def id(self) -> str:
        return self.name or self.fund


def check_postings(capability: Capability) -> None:
    """Every posting names a form of the capability and fields that it asks. Raises BadDeclaration."""
    forms = {form.id: {asked.name: asked for asked in form.fields} for form in capability.forms}
    seen: set[tuple[str, str]] = set()
    for posting in capability.posts:
        where = f"capability {capability.id} posting {posting.id} on {posting.on_form}"
        refuse_unless(posting.on_form in forms, where, "is no form of the capability")
        refuse_unless((posting.on_form, posting.id) not in seen, where, "is named twice: give it a `name`")
        seen.add((posting.on_form, posting.id))
        frame = forms[posting.on_form]
        if posting.when is not None:
            check_expression(posting.when, frame, where)
        if isinstance(posting, FundPosting):
            check_expression(posting.amount, frame, where, gives=Kind.DECIMAL)
            if posting.approved is not None:
                known = posting.approved_on in forms
                refuse_unless(known, where, f"{posting.approved_on} is no form of the capability")
                check_expression(posting.approved, forms[posting.approved_on], where, gives=Kind.DECIMAL)
        elif isinstance(posting, StockPosting):
            _check_stock(posting, frame, where)


def _check_stock(posting: StockPosting, frame: Mapping[str, Field], where: str) -> None:
    if posting.quantity is not None:
        check_expression(posting.quantity, frame, where, gives=Kind.INTEGER)
    for name in (posting.batch, posting.numbers, posting.goods_by):
        refuse_unless(not name or name in frame, where, f"names {name!r}, which the form does not ask")
    for name in (posting.batch, posting.numbers):
        if name and frame[name].kind is not Kind.TEXT:
            raise BadDeclaration(where, f"{name} is no text")
    if posting.goods_by:
        codes = {choice.code for choice in frame[posting.goods_by].choices}
        unknown = sorted(set(posting.goods_of) - codes)
        refuse_unless(not unknown, where, f"{posting.goods_by} has no code {', '.join(unknown)}")


def check_known(capabilities: tuple[Capability, ...]) -> list[str]:
    """Postings that name goods or funds which nobody declares: one line each; empty in a sound build."""
    from kangshu.declare.fund import funds_by_id
    from kangshu.declare.stock import goods_by_id

    found = []
    for capability in capabilities:
        for posting in capability.posts:
            unknown: list[str] = []
            if isinstance(posting, FundPosting):
                unknown = [posting.fund] if posting.fund not in funds_by_id() else []
            elif isinstance(posting, StockPosting):
                unknown = [id for id in posting.every_goods if id not in goods_by_id()]
            found += [f"{capability.id} posts to {id}, which is not declared" for id in unknown]
    return found

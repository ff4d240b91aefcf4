"""What is done with money: allotted, received, spent, paid back, reversed.

`post` is the seam for everything that spends: a record (through `Capability.posts`), a settlement, later an
insurance claim. It says what for by a `Subject`; a subject is posted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.fund import Fund
from kangshu.declare.fund import fund as declared_fund
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.money import yuan
from kangshu.kernel.text import Text
from kangshu.ledger import refusals
from kangshu.ledger.models import Account, Allotment, Posting, PostingKind, YearBalance
from kangshu.places.models import Institution

PERMISSION = "keep.fund"


@dataclass(frozen=True)
class Subject:
    """What money is spent for: a record, a settlement, a claim. `posting` tells several of one subject
    apart."""

    kind: str
    id: UUID
    posting: str = ""


@dataclass(frozen=True)
class Whose:
    """The person a posting is about, with who may see it; without one it belongs to an institution."""

    person: UUID
    scope_path: str
    compartment: str = ""


def allot(
    *,
    fund: str,
    year: int,
    parts: Mapping[str, Decimal],
    total: Decimal,
    on: date,
    by: Actor,
    now: datetime,
    document: str = "",
) -> list[Allotment]:
    """Enter what a document allots for a year, by source; `total` is what the document says and must be their
    sum. Below zero takes back. Raises PartsDiffer, FundShort (more is spent already), BadInput,
    NotAllowed."""
    check_allowed(by, PERMISSION)
    known = known_fund(fund)
    given = {source: yuan(amount) for source, amount in parts.items() if amount}
    unknown = sorted(set(given) - {source.code for source in known.sources})
    if unknown or not given or not 1990 <= year <= 2200:
        message = Text(
            "请填写年度和至少一个来源的金额。", "Give the year and the amount of one source at least."
        )
        raise BadInput([Problem("parts", "parts", message)])
    if sum(given.values(), Decimal(0)) != yuan(total):
        raise refusals.PartsDiffer(sum(given.values(), Decimal(0)), yuan(total))
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = [
                    Allotment.objects.create(
                        fund=known.id, year=year, source=source, amount=amount,
                        document=document.strip()[:120], on=on, at=now, by_account=by.account_id,
                        by_name=by.name[:80],
                    )
                    for source, amount in given.items()
                ]  # fmt: skip
        except IntegrityError as error:
            raise _short(error, known, year, yuan(total)) from None
        log.write(
            by=by,
            action="fund.allotted",
            about=made[0],
            detail={"fund": known.id, "year": year, "amount": str(yuan(total))},
        )
        return made


def receive(
    *,
    fund: str,
    year: int,
    source: str,
    amount: Decimal,
    on: date,
    by: Actor,
    now: datetime,
    document: str = "",
) -> Posting:
    """Money of a source has arrived. Raises BadInput, NotAllowed."""
    check_allowed(by, PERMISSION)
    known = known_fund(fund)
    if source not in {one.code for one in known.sources}:
        raise BadInput([Problem("source", "source", Text("请选择来源。", "Choose the source."))])
    _check_day(on, now)
    row = _new(known, year, PostingKind.GRANT, Account.PURSE, Account.SOURCES, amount, on, by, now)
    row.source, row.document, row.scope_path = source, document.strip()[:120], _root()
    return _keep(row, known, by, "fund.received")


def spend(
    *,
    fund: str,
    amount: Decimal,
    on: date,
    institution: UUID,
    memo: str,
    by: Actor,
    now: datetime,
    document: str = "",
) -> Posting:
    """Spend by hand, with a voucher: what no record or settlement posts. Raises FundShort, BadInput,
    NotAllowed."""
    check_allowed(by, PERMISSION)
    if not memo.strip():
        raise BadInput([Problem("memo", "required", Text("请写明用途。", "Say what for."))])
    _check_day(on, now)
    return post(
        fund=fund, amount=amount, on=on, institution=institution, memo=memo, document=document, by=by, now=now
    )


def post(
    *,
    fund: str,
    amount: Decimal,
    on: date,
    institution: UUID,
    by: Actor,
    now: datetime,
    subject: Subject | None = None,
    whose: Whose | None = None,
    memo: str = "",
    document: str = "",
    where: str = "",
    using: str = "default",
) -> Posting:
    """Spend `amount` yuan of the fund's year of `on`; asks for no permission: whoever calls has.

    A subject that is posted already gives its posting again. Raises FundShort, pointing at `where`, and
    BadInput.
    """
    known = known_fund(fund)
    if subject is not None:
        there = current_postings([subject.id], subject.posting, using=using)
        if there:
            return there[0]
    row = _new(known, on.year, PostingKind.SPEND, Account.SPENT, Account.PURSE, amount, on, by, now)
    row.institution_id, row.memo, row.document = institution, memo.strip()[:300], document.strip()[:120]
    if subject is not None:
        row.subject_kind, row.subject_id, row.posting = subject.kind, subject.id, subject.posting
    if whose is not None:
        row.person_id, row.scope_path, row.compartment = whose.person, whose.scope_path, whose.compartment
    else:
        row.scope_path = Institution.objects.using(using).values_list("path", flat=True).get(pk=institution)
    return _keep(row, known, by, "fund.spent", where, using)


def refund(
    *,
    fund: str,
    amount: Decimal,
    on: date,
    institution: UUID,
    memo: str,
    by: Actor,
    now: datetime,
) -> Posting:
    """Money comes back to the fund of the year. Raises TooMuchBack, BadInput, NotAllowed."""
    check_allowed(by, PERMISSION)
    known = known_fund(fund)
    if not memo.strip():
        raise BadInput([Problem("memo", "required", Text("请写明原因。", "Give the reason."))])
    _check_day(on, now)
    row = _new(known, on.year, PostingKind.REFUND, Account.PURSE, Account.SPENT, amount, on, by, now)
    row.institution_id, row.memo = institution, memo.strip()[:300]
    row.scope_path = Institution.objects.values_list("path", flat=True).get(pk=institution)
    return _keep(row, known, by, "fund.refunded")


def reverse(*, posting: UUID, reason: str, on: date, by: Actor, now: datetime) -> Posting:
    """Take back a wrong posting by its opposite; both stay. A record's posting is corrected through its
    record.

    Raises PostingNotFound, AlreadyReversed, BadInput, NotAllowed.
    """
    check_allowed(by, PERMISSION)
    with transaction.atomic():
        found = Posting.objects.filter(pk=posting).first()
        if found is None:
            raise refusals.PostingNotFound
        if not reason.strip():
            raise BadInput([Problem("reason", "required", Text("请写明原因。", "Give the reason."))])
        if found.subject_id is not None:
            message = Text(
                "这笔账由服务记录或结算产生，请更正或撤销该记录，账会随之调整。",
                "This was posted by a record or settlement: correct or withdraw that, and the money follows.",
            )
            raise BadInput([Problem("reason", "of_a_record", message)])
        return undo(found, reason, on, by, now)


def undo(found: Posting, reason: str, on: date, by: Actor, now: datetime, using: str = "default") -> Posting:
    """The opposite of a posting, in the same year; asks for no permission. Raises AlreadyReversed."""
    if found.kind == PostingKind.REVERSAL or Posting.objects.using(using).filter(reverses=found).exists():
        raise refusals.AlreadyReversed
    known = known_fund(found.fund)
    row = _new(known, found.year, PostingKind.REVERSAL, found.credit, found.debit, found.amount, on, by, now)
    row.source, row.institution_id, row.reverses_id = found.source, found.institution_id, found.pk
    row.subject_kind, row.subject_id, row.posting = found.subject_kind, found.subject_id, found.posting
    row.person_id, row.scope_path, row.compartment = found.person_id, found.scope_path, found.compartment
    row.memo = reason.strip()[:300]
    return _keep(row, known, by, "fund.reversed", using=using)


def current_postings(subjects: list[UUID], posting: str, using: str = "default") -> list[Posting]:
    """What was posted for these subjects and not reversed."""
    return list(
        Posting.objects.using(using).filter(
            subject_id__in=subjects, posting=posting, reverses=None, reversed_by=None
        )
    )


def spent_on(
    fund: str, people: Iterable[UUID], posting: str, *, but: Iterable[UUID] = (), using: str = "default"
) -> Decimal:
    """What was paid to these persons under a posting and not reversed, in all years; without some
    subjects."""
    rows = Posting.objects.using(using).filter(
        fund=fund, person__in=list(people), posting=posting, reverses=None, reversed_by=None
    )
    return sum(rows.exclude(subject_id__in=list(but)).values_list("amount", flat=True), Decimal(0))


def known_fund(id: str) -> Fund:
    """Raises FundNotFound."""
    try:
        return declared_fund(id)
    except UnknownDeclaration:
        raise refusals.FundNotFound from None


def _new(
    known: Fund,
    year: int,
    kind: str,
    debit: str,
    credit: str,
    amount: Decimal,
    on: date,
    by: Actor,
    now: datetime,
) -> Posting:
    exact = yuan(amount)
    if exact <= 0 or exact != amount or exact >= Decimal(10) ** 12:
        message = Text("金额应大于0，精确到分。", "An amount is above 0, in whole fen.")
        raise BadInput([Problem("amount", "amount", message, str(amount))])
    return Posting(
        fund=known.id,
        year=year,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=exact,
        on=on,
        at=now,
        by_account=by.account_id,
        by_name=by.name[:80],
    )


def _keep(
    row: Posting, known: Fund, by: Actor, action: str, where: str = "", using: str = "default"
) -> Posting:
    with transaction.atomic(using=using):
        try:
            with transaction.atomic(using=using):
                row.save(using=using, force_insert=True)
        except IntegrityError as error:
            raise _short(error, known, row.year, row.amount, where, using) from None
        about: dict[str, Any] = {"fund": known.id, "year": row.year, "amount": str(row.amount)}
        log.write(
            by=by,
            action=action,
            about=row,
            person_id=row.person_id,
            scope_path=row.scope_path,
            compartment=row.compartment,
            detail=about,
            using=using,
        )
    return row


def _short(
    error: IntegrityError, known: Fund, year: int, wanted: Decimal, where: str = "", using: str = "default"
) -> Exception:
    """The named refusal behind a constraint of the database; the error itself when it is another."""
    balance = YearBalance.objects.using(using).filter(fund=known.id, year=year).first()
    if "ledger_spent_within_allotted" in str(error):
        left = Decimal(0) if balance is None else balance.allotted - balance.spent
        return refusals.FundShort(known, year, wanted, left, where)
    if "ledger_spent_not_below_zero" in str(error):
        return refusals.TooMuchBack(known, Decimal(0) if balance is None else balance.spent)
    return error


def _check_day(on: date, now: datetime) -> None:
    if on > now.astimezone(CHINA).date():
        message = Text("日期不能晚于今天。", "The day cannot be after today.")
        raise BadInput([Problem("on", "on", message)])


def _root() -> str:
    return Institution.objects.order_by("path").values_list("path", flat=True).first() or ""

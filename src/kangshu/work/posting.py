"""What a record does to goods and money, as its capability declares (`Capability.posts`).

`post_saved` follows a save, `post_withdrawn` a withdrawal, both in the transaction of the record. A form
without postings costs one look-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections

from kangshu.declare import registry
from kangshu.declare.answers import typed
from kangshu.declare.evaluate import evaluate, form_context, holds
from kangshu.declare.posting import FundPosting, Posting, StockPosting
from kangshu.declare.registry import UnknownDeclaration
from kangshu.declare.rules import Parameters
from kangshu.kernel.actor import Actor
from kangshu.ledger import actions as ledger
from kangshu.stock import posting as stock
from kangshu.work.models import Record
from kangshu.work.refusals import NotApproved
from kangshu.work.subject import Subject, history_of

RECORD = "record"

# The record itself and every one that it replaces.
_CHAIN = """
WITH RECURSIVE chain AS (
    SELECT id, succeeds_id FROM work_record WHERE id = %s
    UNION ALL SELECT r.id, r.succeeds_id FROM work_record r JOIN chain ON r.id = chain.succeeds_id
) SELECT id FROM chain WHERE id <> %s
"""


def postings_on(form_id: str) -> tuple[Posting, ...]:
    """What records of a form post; usually nothing."""
    try:
        posts = registry.owner(form_id).posts
    except UnknownDeclaration:
        return ()
    return tuple(posting for posting in posts if posting.on_form == form_id) if posts else ()


def post_saved(
    record: Record, subject: Subject, parameters: Parameters, by: Actor, now: datetime, using: str = "default"
) -> None:
    """Take what the record says; what the records it replaces took, and it does not, goes back.

    Raises StockShort, FundShort and the other refusals of `stock.posting` and `ledger.actions.post`.
    """
    postings = postings_on(record.form_id)
    if not postings:
        return
    form = registry.form(record.form_id, record.form_version)
    answers = typed(form, record.answers)
    chain = _chain(record, using) if record.succeeds_id else ()
    context = form_context(answers, record.performed_on, subject.bare_view, parameters)
    for posting in postings:
        applies = posting.when is None or holds(posting.when, context)
        if isinstance(posting, StockPosting):
            wanted = _wanted(posting, answers, context) if applies else None
            about = _about(posting, record, subject, chain, using)
            stock.post(about, wanted, by=by, now=now, using=using)
        elif isinstance(posting, FundPosting):
            amount = evaluate(posting.amount, context) if applies else None
            if amount and posting.approved_on:
                _check_approved(posting, record, subject, chain, Decimal(amount), parameters, using)
            _spend(posting, record, chain, amount, by, now, using)


def post_withdrawn(record: Record, subject: Subject, by: Actor, now: datetime) -> None:
    """Give back all that the record, and those it replaced, took. Raises PaperMovedOn."""
    for posting in postings_on(record.form_id):
        chain = _chain(record, "default")
        if isinstance(posting, StockPosting):
            about = _about(posting, record, subject, chain, "default")
            stock.post(about, None, by=by, now=now, step=stock.WITHDRAWN)
        elif isinstance(posting, FundPosting):
            _spend(posting, record, chain, None, by, now, "default")


def _wanted(posting: StockPosting, answers: Mapping[str, Any], context: Any) -> stock.Wanted | None:
    """What the answers say is taken; None where they say nothing."""
    goods = posting.goods or posting.goods_of.get(answers.get(posting.goods_by, ""), "")
    if not goods:
        return None
    asked = {"goods": goods, "short": posting.short, "where_kept": posting.where_kept, "paper": posting.paper}
    if posting.numbers:
        numbers = answers.get(posting.numbers) or ""
        return stock.Wanted(numbers=numbers, field=posting.numbers, **asked) if numbers else None
    quantity = 1 if posting.quantity is None else evaluate(posting.quantity, context)
    if not quantity:
        return None
    batch = (answers.get(posting.batch) or "").strip() if posting.batch else ""
    return stock.Wanted(quantity=int(quantity), batch=batch, field=posting.batch or _field(posting), **asked)


def _field(posting: StockPosting) -> str:
    """The question that says how many, if it is a plain one."""
    return getattr(posting.quantity, "name", "")


def _about(
    posting: StockPosting, record: Record, subject: Subject, chain: Sequence[UUID], using: str
) -> stock.About:
    theirs: frozenset[UUID] = frozenset()
    if posting.numbers and posting.paper in stock.OF_A_PERSON:
        rows = Record.objects.using(using).filter(person_id__in=subject.ids).values_list("id", flat=True)
        theirs = frozenset(rows)
    return stock.About(
        record=record.id,
        posting=posting.id,
        institution=record.institution_id,
        on=record.performed_on,
        chain=tuple(chain),
        theirs=theirs,
    )


def _spend(
    posting: FundPosting, record: Record, chain: Sequence[UUID], amount: Decimal | int | None, by: Actor,
    now: datetime, using: str,
) -> None:  # fmt: skip
    """The record's own posting in the place of those before it; nothing where it says the same."""
    before = ledger.current_postings([*chain, record.id], posting.id, using=using)
    same = (
        len(before) == 1
        and amount
        and (before[0].amount, before[0].year, before[0].institution_id)
        == (amount, record.performed_on.year, record.institution_id)
    )
    if same:
        return
    for old in before:
        ledger.undo(old, record.reason, record.performed_on, by, now, using)
    if amount:
        ledger.post(
            fund=posting.fund,
            amount=Decimal(amount),
            on=record.performed_on,
            institution=record.institution_id,
            subject=ledger.Subject(RECORD, record.id, posting.id),
            whose=ledger.Whose(record.person_id, record.scope_path, record.compartment),
            by=by,
            now=now,
            where=getattr(posting.amount, "name", ""),
            using=using,
        )


def _check_approved(
    posting: FundPosting,
    record: Record,
    subject: Subject,
    chain: Sequence[UUID],
    amount: Decimal,
    parameters: Parameters,
    using: str,
) -> None:
    """No more is paid to a person than was approved and is not paid yet. Raises NotApproved."""
    approved = Decimal(0)
    for past in history_of(subject, [posting.approved_on], using=using):
        if past.performed_on <= record.performed_on and posting.approved is not None:
            context = form_context(past.answers, past.performed_on, subject.bare_view, parameters)
            approved += Decimal(evaluate(posting.approved, context) or 0)
    paid = ledger.spent_on(posting.fund, subject.ids, posting.id, but=[*chain, record.id], using=using)
    if amount > approved - paid:
        raise NotApproved(approved, paid, amount, getattr(posting.amount, "name", ""))


def _chain(record: Record, using: str) -> tuple[UUID, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(_CHAIN, [record.id, record.id])
        return tuple(id for (id,) in cursor)

"""A transfer that the receiving institution asks for: asked, answered, withdrawn, or decided by the rule.

Whoever asks does not see the person: it gives the number on the card and the name, and learns who holds the
record. The person moves by `record_move`, so cases, dues and scope follow as in any move.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.kernel.actor import Actor, SystemActor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.text import Text
from kangshu.people import queries
from kangshu.people.actions.status import reactivate_person, record_move
from kangshu.people.answering import TRANSFER_DAYS, answer_due_on
from kangshu.people.models import Person, PersonStatus, Residence
from kangshu.people.refusals import WrongDate, WrongPlace
from kangshu.people.requests import TransferRequest, TransferState
from kangshu.people.strangers import by_number
from kangshu.places.models import Institution, Region
from kangshu.places.scope import is_within

JOB = "transfer between institutions"
BACK = Text("返回县内居住", "lives in the county again")
BY_RULE = Text("逾期未答复，按规定迁转", "no answer in time: moved by rule")


class CannotTransfer(Conflict):
    """The person cannot be asked for, or the request has been answered already."""

    def __init__(self, code: str, zh: str, en: str, where: str | None = None) -> None:
        super().__init__(f"transfer.{code}", Text(zh, en), where)


class AlreadyHere(CannotTransfer):
    """The person is in the asker's own area; `person_id` leads to the record."""

    def __init__(self, person_id: UUID) -> None:
        super().__init__(
            "already_here",
            "该居民已在您的管辖范围内，请直接打开档案办理县内迁移。",
            "This person is in your own area. Open the record and move them there.",
            "number",
        )
        self.person_id = person_id


@dataclass(frozen=True)
class Asked:
    """What the asking institution says. `number`: the identity or record number on the card."""

    number: str
    name: str
    receiver_id: UUID
    region: str
    moved_on: date
    address: str = ""
    reason: str = ""


@transaction.atomic
def ask_transfer(*, asked: Asked, by: Actor, now: datetime) -> TransferRequest:
    """Ask the institution that holds a person for their record; gives the request.

    Raises NotFound when nobody has the number, BadInput when the name is another, AlreadyHere, and
    CannotTransfer when the person is dead or was asked for already.
    """
    check_allowed(by, "register.resident")
    today = now.astimezone(CHINA).date()
    if asked.moved_on > today:
        raise WrongDate("moved_on", "迁入日期晚于今天。", "The day of the move is after today.")
    receiver, region = _place_for(asked, by)
    with entered_as_system(JOB):
        person = by_number(asked.number.strip().upper())
    _note_look_up(person, by)
    person = _check_can_be_asked_for(person, asked, by)
    request = TransferRequest(
        person_id=person.pk, holder_id=person.institution_id, receiver=receiver, region=region,
        address=asked.address.strip(), moved_on=asked.moved_on, reason=asked.reason.strip()[:200],
        shown_name=person.name, last4=asked.number.strip().upper()[-4:], asked_at=now,
        asked_by=by.account_id, asked_by_name=by.name[:80],
        answer_due_on=answer_due_on(TRANSFER_DAYS, today), scope_path=person.scope_path,
    )  # fmt: skip
    with entered_as_system(JOB):
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError as error:
            raise _already_asked() from error
    _log(request, "transfer.asked", by)
    return request


@transaction.atomic
def agree_to_transfer(*, request_id: UUID, by: Actor, now: datetime) -> TransferRequest:
    """Hand the person over as asked. Only whoever has the person in scope can."""
    check_allowed(by, "edit.resident")
    request = _held_here(request_id, by)
    _close(request, TransferState.AGREED, "", by, now)
    _hand_over(request, by, now)
    _log(request, "transfer.agreed", by)
    return request


@transaction.atomic
def refuse_transfer(*, request_id: UUID, reason: str, by: Actor, now: datetime) -> TransferRequest:
    """Say no, with the reason that the asking institution reads."""
    check_allowed(by, "edit.resident")
    if not reason.strip():
        said = Text("请写明不同意的原因，对方据此处理。", "Say why: the asking institution reads it.")
        raise BadInput([Problem("answer", "transfer.reason_missing", said, reason)])
    request = _held_here(request_id, by)
    _close(request, TransferState.REFUSED, reason.strip()[:200], by, now)
    _log(request, "transfer.refused", by, reason=reason.strip()[:200])
    return request


@transaction.atomic
def withdraw_transfer(*, request_id: UUID, by: Actor, now: datetime) -> TransferRequest:
    """Take back what one's own institution asked, before it is answered."""
    check_allowed(by, "register.resident")
    request = queries.transfer_request(request_id)
    if not is_within(request.receiver.path, by.scope_path):
        raise _not_yours()
    with entered_as_system(JOB):
        request = _open_for_update(request_id)
        _close(request, TransferState.WITHDRAWN, "", by, now)
    _log(request, "transfer.withdrawn", by)
    return request


def answer_overdue_transfers(*, now: datetime) -> tuple[int, list[tuple[UUID, Refusal]]]:
    """Move everybody whose holder did not answer in time. Gives how many, and which could not be moved.

    A request that cannot be carried out (the person died meanwhile) stays open for the two to settle.
    """
    today = now.astimezone(CHINA).date()
    moved, failed = 0, []
    with entered_as_system(JOB) as system:
        overdue = TransferRequest.objects.filter(state=TransferState.OPEN, answer_due_on__lt=today)
        ids = list(overdue.order_by("asked_at").values_list("pk", flat=True))
    for request_id in ids:
        try:
            with entered_as_system(JOB) as system:
                _move_by_rule(request_id, system, now)
            moved += 1
        except Refusal as refusal:
            failed.append((request_id, refusal))
    return moved, failed


def _move_by_rule(request_id: UUID, by: SystemActor, now: datetime) -> None:
    request = _open_for_update(request_id)
    _close(request, TransferState.BY_RULE, BY_RULE.zh, by, now)
    _hand_over(request, by, now)
    _log(request, "transfer.by_rule", by)


def _hand_over(request: TransferRequest, by: Actor, now: datetime) -> None:
    person = Person.objects.get(pk=request.person_id)
    current = Residence.objects.filter(person=person.canonical_id, to_on=None).first()
    # A day before the present residence began cannot be moved on: the next one begins with it.
    on = max(request.moved_on, current.from_on) if current else request.moved_on
    if person.status == PersonStatus.MOVED:
        reactivate_person(person_id=person.pk, on=on, reason=BACK.zh, by=by, now=now)
    record_move(
        person_id=person.pk, to_institution=request.receiver_id, to_region=request.region_id,
        address=request.address, on=on, reason="asked for", by=by, now=now,
    )  # fmt: skip


def _place_for(asked: Asked, by: Actor) -> tuple[Institution, Region]:
    receiver = Institution.objects.filter(pk=asked.receiver_id, valid_to=None).first()
    region = Region.objects.filter(pk=asked.region, valid_to=None).first()
    if receiver is None or not is_within(receiver.path, by.scope_path):
        raise WrongPlace(
            "institution",
            "只能为本机构及下属机构申请迁入。",
            "You can only ask for your own institution or one under it.",
        )
    if region is None:
        raise WrongPlace("region", "居住地不存在，请重新选择。", "The village is unknown. Choose again.")
    return receiver, region


def _check_can_be_asked_for(person: Person | None, asked: Asked, by: Actor) -> Person:
    if person is None:
        raise NotFound(
            "transfer.unknown",
            Text(
                "全县没有查到该号码。请核对号码；确为新居民的，请直接建档。",
                "Nobody in the county has this number. Check it; register the person if they are new.",
            ),
            where="number",
        )
    if is_within(person.scope_path, by.scope_path):
        raise AlreadyHere(person.pk)
    if "".join(asked.name.split()) != "".join(person.name.split()):
        said = Text(
            "姓名与登记的不一致，请与证件核对。", "The name is not the registered one. Compare the card."
        )
        raise BadInput([Problem("name", "transfer.other_name", said, asked.name)])
    if person.status == PersonStatus.DEAD:
        raise CannotTransfer(
            "dead",
            "该居民已登记死亡，不能迁转。如系误登，请联系原机构更正。",
            "This person is recorded as dead. If that is wrong, ask the holding institution to correct it.",
            "number",
        )
    return person


def _already_asked() -> CannotTransfer:
    return CannotTransfer(
        "already_asked",
        "该居民已有待答复的迁转申请，请等待答复。",
        "A transfer of this person was asked for already. Wait for the answer.",
        "number",
    )


def _held_here(request_id: UUID, by: Actor) -> TransferRequest:
    """The open request, if its person is in the actor's own scope: asking gives no right to answer."""
    request = _open_for_update(request_id)
    if not is_within(request.scope_path, by.scope_path):
        raise _not_yours()
    return request


def _not_yours() -> NotAllowed:
    return NotAllowed(
        "transfer.not_yours",
        Text("该申请应由对方机构办理。", "The other institution has to act on this request."),
    )


def _open_for_update(request_id: UUID) -> TransferRequest:
    request = TransferRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound("transfer.no_request", Text("没有这项申请。", "There is no such request."))
    if request.state != TransferState.OPEN:
        raise CannotTransfer("answered", "该申请已经办结。", "This request has been settled already.")
    return request


def _close(request: TransferRequest, state: TransferState, words: str, by: Actor, now: datetime) -> None:
    request.state, request.answer, request.answered_at = state, words, now
    request.answered_by, request.answered_by_name = by.account_id, by.name[:80]
    request.save(update_fields=["state", "answer", "answered_at", "answered_by", "answered_by_name"])


def _note_look_up(person: Person | None, by: Actor) -> None:
    log.write(
        by=by,
        action="person.looked_up_outside",
        person_id=person.pk if person else None,
        outcome=log.DONE if person else log.FAILED,
    )


def _log(request: TransferRequest, action: str, by: Actor, reason: str = "") -> None:
    log.write(
        by=by,
        action=action,
        about=request,
        person_id=request.person_id,
        scope_path=request.scope_path,
        reason=reason,
        detail={"holder": str(request.holder_id), "receiver": str(request.receiver_id)},
    )

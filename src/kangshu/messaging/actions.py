"""Consent, sending, and what the gateway says became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation

from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.messaging import queries, rules
from kangshu.messaging.gateway import Answer, Gateway, Submitted
from kangshu.messaging.models import Consent, How, Message, Reminded, State
from kangshu.messaging.refusals import NoConsent, NoPhone
from kangshu.messaging.wording import TEMPLATES
from kangshu.people.models import Person
from kangshu.people.queries import person as find_person

JOB = "reminders by short message"
SENDER = "家庭医生服务"
LANGUAGE = "zh-hans"
AT_ONCE = 200


@transaction.atomic
def set_consent(*, person_id: UUID, agreed: bool, how: str, by: Actor, now: datetime) -> Consent:
    """Record that a person wants reminders or no longer does; saying the same again changes nothing. What
    waits to be sent is cancelled when consent is taken back."""
    if how == How.OWN_PAGE:
        check_allowed(by, "read.own")
        if by.person_id != person_id:
            check_allowed(by, "edit.resident")
    else:
        check_allowed(by, "edit.resident")
    person = find_person(person_id)
    latest = queries.consent_of(person.pk)
    if latest is not None and latest.agreed == agreed:
        return latest
    made = Consent(
        person=person,
        agreed=agreed,
        how=how,
        at=now,
        by_account=by.account_id,
        scope_path=person.scope_path,
    )
    with entered_as_system(JOB):  # a resident may not write into their own record otherwise
        made.save(force_insert=True)
        if not agreed:
            waiting = Message.objects.filter(person=person, state=State.WAITING)
            waiting.update(state=State.CANCELLED, settled_at=now)
    log.write(
        by=by,
        action="message.consented" if agreed else "message.refused",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"how": how},
    )
    return made


@transaction.atomic
def send(
    *,
    person: Person,
    template: str,
    values: Mapping[str, str],
    by: Actor,
    now: datetime,
    dues: Sequence[str] = (),
) -> Message | None:
    """Put a message into the queue; it goes out at the next decent hour. `dues` name what it reminds of: when
    the person was reminded of all of them before, nothing is sent and None is given.

    Raises NoConsent, NoPhone, KeyError for an unknown template or a missing value.
    """
    words = TEMPLATES[template]
    if not queries.has_agreed(person.pk):
        raise NoConsent
    number = queries.number_of(person)
    if not number:
        raise NoPhone
    reminded = set(Reminded.objects.filter(person=person, due__in=dues).values_list("due", flat=True))
    fresh = [due for due in dues if due not in reminded]
    if dues and not fresh:
        return None
    message = Message(
        person=person,
        template=template,
        text=words.filled(LANGUAGE, **values),
        phone_last4=number[-4:],
        send_after=rules.next_sending(now),
        created_at=now,
        scope_path=person.scope_path,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            Reminded.objects.bulk_create(
                Reminded(message=message, person=person, due=due, scope_path=person.scope_path)
                for due in fresh
            )
    except IntegrityError as error:
        if "messaging_reminded_once" not in str(error):
            raise
        return None  # another process reminded them at this moment
    log.write(
        by=by,
        action="message.sent",
        about=message,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"template": template, "dues": fresh},
    )
    return message


def dispatch(*, gateway: Gateway, now: datetime) -> dict[str, int]:
    """Hand what waits to the gateway, unless it is a quiet hour; gives how many came to which state. Consent
    is asked once more at the moment of sending."""
    done: dict[str, int] = {}
    if rules.is_quiet(now):
        return done
    with entered_as_system(JOB):
        waiting = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=State.WAITING, send_after__lte=now
        )
        for message in waiting.select_related("person").order_by("send_after", "id")[:AT_ONCE]:
            if not _hand_over(message, gateway, now):
                done["throttled"] = done.get("throttled", 0) + 1
                break
            done[message.state] = done.get(message.state, 0) + 1
    return done


def _hand_over(message: Message, gateway: Gateway, now: datetime) -> bool:
    """Hand one message over; False when the gateway wants no more for now."""
    number = queries.number_of(message.person)
    message.gateway = gateway.name
    if not queries.has_agreed(message.person_id):
        message.state, message.settled_at = State.CANCELLED, now
    elif not number:
        message.state, message.settled_at, message.error = State.FAILED, now, "no number"
    else:
        answer = gateway.submit(number, message.text, now)
        if answer.answer is Answer.THROTTLED:
            message.send_after = now + rules.THROTTLED_FOR
            message.save(update_fields=["send_after", "gateway"])
            return False
        message.attempts += 1
        message.phone_last4 = number[-4:]
        _take(message, answer, now)
    message.save()
    return True


def _take(message: Message, answer: Submitted, now: datetime) -> None:
    message.error = answer.error
    if answer.answer is Answer.ACCEPTED:
        message.state, message.gateway_id, message.sent_at = State.ACCEPTED, answer.id, now
    elif answer.answer is Answer.REFUSED:
        message.state, message.settled_at = State.FAILED, now
    else:
        _try_again(message, now)


def _try_again(message: Message, now: datetime) -> None:
    again = rules.retry_at(message.attempts, now)
    if again is None:
        message.state, message.settled_at = State.FAILED, now
    else:
        message.state, message.send_after = State.WAITING, again


def take_receipts(*, gateway: Gateway, now: datetime) -> int:
    """Note what became of accepted messages; what did not arrive is tried again. Gives how many were told."""
    taken = 0
    with entered_as_system(JOB):
        for receipt in gateway.receipts(now):
            message = Message.objects.filter(gateway_id=receipt.id, state=State.ACCEPTED).first()
            if message is None:
                continue
            taken += 1
            if receipt.delivered:
                message.state, message.settled_at, message.error = State.DELIVERED, receipt.at, ""
            else:
                message.error = receipt.error
                _try_again(message, now)
            message.save()
    return taken


def take_reply(*, phone: str, text: str, now: datetime) -> int:
    """A reply that came in: an opt-out word takes back the consent of everybody reminded at this number.
    Gives how many; another text is left alone."""
    if not rules.is_opt_out(text):
        return 0
    ended = 0
    with entered_as_system(JOB) as system:
        tail = phone[-4:]
        people = Message.objects.filter(phone_last4=tail).values("person").distinct()
        for person in Person.objects.filter(pk__in=people):
            if queries.number_of(person) == phone[-11:] and queries.has_agreed(person.pk):
                set_consent(person_id=person.pk, agreed=False, how=How.REPLY, by=system, now=now)
                ended += 1
    return ended


def in_chinese() -> translation.override:
    """Residents are written to in Chinese, whoever started the job."""
    return translation.override(LANGUAGE)

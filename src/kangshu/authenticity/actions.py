"""Looking at a period, drawing the sample for the phone check, and writing down what a call told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import connection, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.authenticity.models import Call, Look, Outcome, Score, Suspicion
from kangshu.authenticity.reading import known_of, titles, visits_of
from kangshu.authenticity.signs import Watch
from kangshu.authenticity.visits import Found, Known, Limits
from kangshu.indicators import board
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem
from kangshu.kernel.periods import Period, parse_period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution

PERMISSION = "audit.report"
LARGEST_SAMPLE = 500


class LookNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "authenticity.not_found",
            Text(
                "找不到这次核查。请从列表重新打开。",
                "This check does not exist. Open it again from the list.",
            ),
        )


class AlreadyDrawn(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "authenticity.drawn",
            Text("这次核查已经抽过样本。", "The sample of this check has been drawn already."),
        )


class NothingToDraw(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "authenticity.nothing",
            Text("没有可以抽取的记录。", "There is no record to draw."),
        )


def look(*, period: Period, by: Actor, now: datetime, limits: Limits | None = None) -> Look:
    """Look at the records of a period that the actor may see; keep what was found. Raises NotAllowed."""
    check_allowed(by, PERMISSION)
    with transaction.atomic():
        known, watch = known_of(period), Watch(limits or Limits(), titles())
        for visits in visits_of(period):
            watch.see(visits, known.get(visits[0].person, Known()))
        found = watch.findings()
        made = Look.objects.create(
            period=str(period),
            scope_path=board.reach_of(by),
            judged=watch.judged.total(),
            suspected=len({record for one in found for record in one.records}),
            by_account=by.account_id,
            by_name=by.name,
            at=now,
        )
        places = Institution.objects.in_bulk(list(watch.judged))
        _keep_signs(made, found, places)
        _keep_scores(made, found, watch.judged, places)
        log.write(
            by=by,
            action="authenticity.looked",
            about=made,
            scope_path=made.scope_path,
            detail={"period": made.period, "judged": made.judged, "suspected": made.suspected},
        )
        return made


def _keep_signs(made: Look, found: Sequence[Found], places: dict[UUID, Institution]) -> None:
    Suspicion.objects.bulk_create(
        [
            Suspicion(
                look=made,
                sign=one.sign,
                institution_id=one.institution,
                scope_path=places[one.institution].path,
                doctor_id=one.doctor,
                person_id=one.person,
                records=list(one.records),
                reason_zh=one.reason.zh[:300],
                reason_en=one.reason.en[:300],
            )
            for one in found
        ],
        batch_size=1000,
    )


def _keep_scores(
    made: Look, found: Sequence[Found], judged: Counter[UUID], places: dict[UUID, Institution]
) -> None:
    records: dict[UUID, set[UUID]] = defaultdict(set)
    signs: dict[UUID, Counter[str]] = defaultdict(Counter)
    for one in found:
        records[one.institution].update(one.records)
        signs[one.institution][one.sign] += 1
    Score.objects.bulk_create(
        [
            Score(
                look=made,
                institution_id=place,
                scope_path=places[place].path,
                judged=number,
                suspected=len(records[place]),
                signs=dict(signs[place]),
            )
            for place, number in judged.items()
        ]
    )


def draw(*, look: UUID, size: int, seed: int, by: Actor) -> list[Call]:
    """Draw the sample: half of it records with a sign, half without, in an order that does not tell which.

    The same look and seed draw the same records. Raises AlreadyDrawn, BadInput, LookNotFound, NotAllowed,
    NothingToDraw.
    """
    check_allowed(by, PERMISSION)
    if not 2 <= size <= LARGEST_SAMPLE:
        message = Text(f"样本量应为2至{LARGEST_SAMPLE}。", f"A sample has 2 to {LARGEST_SAMPLE} records.")
        raise BadInput([Problem("size", "range", message, size)])
    with transaction.atomic():
        found = Look.objects.select_for_update().filter(pk=look).first()
        if found is None:
            raise LookNotFound
        if found.calls.exists():
            raise AlreadyDrawn
        random = Random(f"{found.pk} {seed}")
        signed = sorted({record for one in found.suspicions.all() for record in one.records})
        chosen = random.sample(signed, min(size // 2, len(signed)))
        plain = _without_sign(parse_period(found.period), set(signed), size - len(chosen), random)
        mixed = [(record, True) for record in chosen] + [(record, False) for record in plain]
        random.shuffle(mixed)
        if not mixed:
            raise NothingToDraw
        calls = _calls(found, mixed)
        log.write(
            by=by,
            action="authenticity.drawn",
            about=found,
            scope_path=found.scope_path,
            detail={"size": len(calls), "seed": seed},
        )
        return calls


def _without_sign(period: Period, signed: set[UUID], number: int, random: Random) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM work_record WHERE status = 'current' AND compartment = ''"
            " AND performed_on BETWEEN %s AND %s ORDER BY id",
            [period.first, period.last],
        )
        plain = [id for (id,) in cursor if id not in signed]
    return random.sample(plain, min(number, len(plain)))


def _calls(found: Look, mixed: Sequence[tuple[UUID, bool]]) -> list[Call]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.person_id, r.institution_id, i.path FROM work_record r"
            " JOIN places_institution i ON i.id = r.institution_id WHERE r.id = ANY (%s)",
            [[record for record, _ in mixed]],
        )
        about = {id: rest for id, *rest in cursor}
    return Call.objects.bulk_create(
        [
            Call(
                look=found,
                record_id=record,
                person_id=about[record][0],
                institution_id=about[record][1],
                scope_path=about[record][2],
                position=position,
                suspected=suspected,
            )
            for position, (record, suspected) in enumerate(mixed, start=1)
            if record in about
        ]
    )


def note_call(*, call: UUID, outcome: str, note: str, by: Actor, now: datetime) -> Call:
    """Write down what a call told; a later call replaces it, and the trail keeps both.

    Raises BadInput, LookNotFound, NotAllowed.
    """
    check_allowed(by, PERMISSION)
    if outcome not in Outcome.values:
        raise BadInput([Problem("outcome", "required", Text("请选择结果。", "Choose what the call told."))])
    with transaction.atomic():
        found = Call.objects.select_for_update().filter(pk=call).first()
        if found is None:
            raise LookNotFound
        found.outcome, found.note = outcome, note.strip()[:300]
        found.called_name, found.called_at = by.name, now
        found.save(update_fields=["outcome", "note", "called_name", "called_at"])
        log.write(
            by=by,
            action="authenticity.called",
            about=found,
            person_id=found.person_id,
            scope_path=found.scope_path,
            detail={"outcome": outcome},
        )
        return found

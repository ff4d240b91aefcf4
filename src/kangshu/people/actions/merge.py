"""Making two records of one person one, and taking that back. No row is rewritten: a pointer is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import NotFound
from kangshu.kernel.events import Event, emit
from kangshu.kernel.text import Text
from kangshu.people import occurrences
from kangshu.people.matching.pairs import shared_path
from kangshu.people.merging import conflicts_of
from kangshu.people.models import DuplicatePair, MergeLog, PairState, Person
from kangshu.people.refusals import CannotMerge, PersonNotFound


@dataclass(frozen=True)
class Merged:
    """A merge that was done, and what somebody should now look at (two open cases of one programme)."""

    log: MergeLog
    conflicts: tuple[Text, ...]


@transaction.atomic
def merge_people(*, kept_id: UUID, merged_id: UUID, reason: str = "", by: Actor, now: datetime) -> Merged:
    """Let `kept` stand for `merged` from now on. Both must be in scope and stand for themselves.

    Those who pointed at `merged` point at `kept` afterwards (one level deep), and the log remembers them for
    `unmerge_people`.
    """
    check_allowed(by, "merge.people")
    kept, merged = _both(kept_id, merged_id)
    if merged.death_on and kept.death_on and merged.death_on != kept.death_on:
        raise CannotMerge(
            "两份档案的死亡日期不同，请先更正其中一份。",
            "The two records have different days of death. Correct one of them first.",
        )
    followers = list(Person.objects.filter(merged_into=merged).values_list("pk", flat=True))
    Person.objects.filter(pk__in=[*followers, merged.pk]).update(merged_into=kept)
    entry = MergeLog.objects.create(
        kept=kept,
        merged=merged,
        repointed=[str(follower) for follower in followers],
        reason=reason[:200],
        at=now,
        by_account=by.account_id,
        by_name=by.name[:80],
        scope_path=shared_path(kept.scope_path, merged.scope_path),
    )
    _decide_pair(kept.pk, merged.pk, PairState.MERGED, by, now)
    _tell(occurrences.MERGED, "person.merged", entry, by, now)
    return Merged(entry, conflicts_of(kept.pk, merged.pk))


@transaction.atomic
def unmerge_people(*, merge_id: UUID, by: Actor, now: datetime) -> MergeLog:
    """Take a merge back: the pointers are as they were before it, the pair waits for review again."""
    check_allowed(by, "merge.people")
    entry = MergeLog.objects.select_for_update().filter(pk=merge_id).first()
    if entry is None:
        raise PersonNotFound
    if entry.undone_at is not None:
        raise CannotMerge("这次合并已经撤销过。", "This merge was already taken back.")
    current = Person.objects.filter(pk=entry.merged_id).values_list("merged_into", flat=True).first()
    if current != entry.kept_id:
        raise CannotMerge(
            "这份档案之后又合并到别处，请先撤销后一次合并。",
            "The kept record was merged again later. Take that later merge back first.",
        )
    Person.objects.filter(pk=entry.merged_id).update(merged_into=None)
    Person.objects.filter(pk__in=entry.repointed, merged_into=entry.kept_id).update(
        merged_into=entry.merged_id
    )
    entry.undone_at, entry.undone_by, entry.undone_by_name = now, by.account_id, by.name[:80]
    entry.save(update_fields=["undone_at", "undone_by", "undone_by_name"])
    _decide_pair(entry.kept_id, entry.merged_id, PairState.OPEN, by, now)
    _tell(occurrences.UNMERGED, "person.unmerged", entry, by, now)
    return entry


@transaction.atomic
def reject_pair(*, pair_id: UUID, by: Actor, now: datetime) -> DuplicatePair:
    """Say that two people are not the same; the pair is not proposed again."""
    check_allowed(by, "merge.people")
    pair = DuplicatePair.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise NotFound("pair.not_found", Text("没有这一对疑似重复。", "There is no such pair to review."))
    _decide_pair(pair.person_a_id, pair.person_b_id, PairState.DIFFERENT, by, now)
    log.write(
        by=by, action="pair.rejected", about=pair, person_id=pair.person_a_id, scope_path=pair.scope_path
    )
    pair.refresh_from_db()
    return pair


def _both(kept_id: UUID, merged_id: UUID) -> tuple[Person, Person]:
    if kept_id == merged_id:
        raise CannotMerge("不能把一份档案合并到它自己。", "A record cannot be merged into itself.")
    # Locked in the order of ids, so that two officers merging the same pair crosswise do not block each
    # other.
    ids = (kept_id, merged_id)
    found = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if len(found) < 2:
        raise PersonNotFound
    kept, merged = found[kept_id], found[merged_id]
    if kept.merged_into_id or merged.merged_into_id:
        raise CannotMerge(
            "其中一份档案已经合并到别的档案，请打开保留的那一份再办理。",
            "One of the records is already merged into another. Work with the one that was kept.",
        )
    return kept, merged


def _decide_pair(one: UUID, other: UUID, state: PairState, by: Actor, now: datetime) -> None:
    pairs = DuplicatePair.objects.filter(Q(person_a=one, person_b=other) | Q(person_a=other, person_b=one))
    if state == PairState.OPEN:
        pairs.update(state=state, decided_at=None, decided_by=None, decided_by_name="")
    else:
        pairs.update(state=state, decided_at=now, decided_by=by.account_id, decided_by_name=by.name[:80])


def _tell(event: str, action: str, entry: MergeLog, by: Actor, now: datetime) -> None:
    log.write(
        by=by,
        action=action,
        about=entry,
        person_id=entry.kept_id,
        scope_path=entry.scope_path,
        detail={"kept": str(entry.kept_id), "merged": str(entry.merged_id)},
    )
    payload = {"kept_id": entry.kept_id, "merged_id": entry.merged_id}
    emit(Event(event, entry.kept_id, now.astimezone(CHINA).date(), now, payload), by)

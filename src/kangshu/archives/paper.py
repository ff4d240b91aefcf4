"""The backlog of paper forms: batches received, entered sheet by sheet, and what could not be entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q

from kangshu.access.roles import check_allowed
from kangshu.archives.models import Batch, Sheet, Trouble
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem
from kangshu.kernel.money import percentage
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within, path_range

ENTER = "record.visit"
MOST = 100_000
HAND = ("taken_by", "taken_name", "taken_at", "taken_xid")


class BatchNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "batch.not_found",
            Text(
                "找不到这批纸质表，或者它不在您的范围内。",
                "This batch does not exist, or is outside your area.",
            ),
        )


class BatchTaken(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(
            "batch.taken",
            Text(f"{name}正在录入这批表。", f"{name} is entering this batch."),
        )


class OtherInHand(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "batch.other",
            Text(
                "您正在录入另一批同种表，请先放下那一批。",
                "You are entering another batch of this form: put that one down first.",
            ),
        )


class NotAllEntered(Conflict):
    def __init__(self, left: int) -> None:
        super().__init__(
            "batch.left",
            Text(
                f"还有{left}份未录入，不能结束。录不进的请逐份登记原因。",
                f"{left} sheets are not entered: enter them, or note why each cannot be.",
            ),
        )


@dataclass(frozen=True)
class Progress:
    """A batch with what became of its sheets. `left` is the gap between paper and electronic."""

    batch: Batch
    entered: int
    open_troubles: int
    returned: int

    @property
    def left(self) -> int:
        return max(self.batch.count - self.entered - self.returned, 0)

    @property
    def rate(self) -> Decimal | None:
        """Entered ÷ received, in percent."""
        return percentage(self.entered, self.batch.count)


@dataclass(frozen=True)
class Backlog:
    """An institution's (or everybody's) paper: sheets received, entered, sent back, and the gap."""

    institution: Institution | None
    received: int
    entered: int
    returned: int

    @property
    def left(self) -> int:
        return max(self.received - self.entered - self.returned, 0)

    @property
    def rate(self) -> Decimal | None:
        return percentage(self.entered, self.received)


def receive(
    *,
    institution: UUID,
    form_id: str,
    count: int,
    received_on: date,
    title: str,
    by: Actor,
    now: datetime,
    today: date,
) -> Batch:
    """Note a heap of paper forms. Raises BadInput, BatchNotFound for a place elsewhere, NotAllowed."""
    check_allowed(by, ENTER)
    problems = []
    if not 0 < count <= MOST:
        problems.append(Problem("count", "range", Text("请填写份数。", "Say how many sheets."), count))
    if received_on > today:
        message = Text("收到日期不能晚于今天。", "They cannot have come after today.")
        problems.append(Problem("received_on", "future", message, received_on))
    try:
        registry.form(form_id)
    except UnknownDeclaration:
        problems.append(Problem("form", "required", Text("请选择表种。", "Choose the form."), form_id))
    if problems:
        raise BadInput(problems)
    place = Institution.objects.filter(pk=institution).first()
    if place is None or not is_within(place.path, by.scope_path):
        raise BatchNotFound
    with transaction.atomic():
        made = Batch.objects.create(
            institution=place,
            scope_path=place.path,
            form_id=form_id,
            title=title.strip()[:80],
            count=count,
            received_on=received_on,
            by_name=by.name,
            at=now,
        )
        detail = {"form": form_id, "count": count}
        log.write(by=by, action="batch.received", about=made, scope_path=place.path, detail=detail)
    return made


def take(*, batch: UUID, by: Actor, now: datetime) -> Batch:
    """Take a batch in hand: what the actor saves of its form from now on counts to it.

    Raises BatchNotFound, BatchTaken, NotAllowed, OtherInHand.
    """
    check_allowed(by, ENTER)
    with transaction.atomic():
        found = _locked(batch)
        if found.taken_by is not None and found.taken_by != by.account_id:
            raise BatchTaken(found.taken_name)
        if found.taken_by is None:
            found.taken_by, found.taken_name, found.taken_at = by.account_id, by.name, now
            found.taken_xid = _transaction()
        try:
            with transaction.atomic():
                found.save(update_fields=[*HAND])
        except IntegrityError:
            raise OtherInHand from None
        log.write(by=by, action="batch.taken", about=found, scope_path=found.scope_path)
    return found


def put_down(*, batch: UUID, by: Actor) -> Batch:
    """Put a batch down; whoever is over the institution may take it from another's hand."""
    check_allowed(by, ENTER)
    with transaction.atomic():
        found = _locked(batch)
        _write_sheets(found)
        _let_go(found)
        found.save(update_fields=[*HAND])
        log.write(by=by, action="batch.put_down", about=found, scope_path=found.scope_path)
    return found


def note_trouble(*, batch: UUID, sheet: str, reason: str, by: Actor, now: datetime) -> Trouble:
    """A sheet that cannot be entered, and why. Raises BadInput, BatchNotFound, NotAllowed."""
    check_allowed(by, ENTER)
    problems = [
        Problem(name, "required", Text("请填写此项。", "Please fill this in."))
        for name, value in (("sheet", sheet), ("reason", reason))
        if not value.strip()
    ]
    if problems:
        raise BadInput(problems)
    with transaction.atomic():
        found = _locked(batch)
        made = Trouble.objects.create(
            batch=found,
            scope_path=found.scope_path,
            sheet=sheet.strip()[:40],
            reason=reason.strip()[:200],
            by_name=by.name,
            at=now,
        )
        log.write(by=by, action="batch.trouble", about=made, scope_path=found.scope_path)
    return made


def settle_trouble(*, trouble: UUID, settled: str, by: Actor, now: datetime) -> Trouble:
    """What became of it. Raises BadInput, BatchNotFound, NotAllowed."""
    check_allowed(by, ENTER)
    if settled not in Trouble.Settled.values:
        raise BadInput([Problem("settled", "required", Text("请选择处理结果。", "Say what became of it."))])
    with transaction.atomic():
        found = Trouble.objects.select_for_update().filter(pk=trouble, settled="").first()
        if found is None:
            raise BatchNotFound
        found.settled, found.settled_name, found.settled_at = settled, by.name, now
        found.save()
        detail = {"settled": settled}
        log.write(
            by=by, action="batch.trouble_settled", about=found, scope_path=found.scope_path, detail=detail
        )
    return found


def close(*, batch: UUID, by: Actor, now: datetime) -> Batch:
    """The heap is done. Raises BatchNotFound, NotAllowed, NotAllEntered."""
    check_allowed(by, ENTER)
    with transaction.atomic():
        found = _locked(batch)
        progress = progress_of(Batch.objects.filter(pk=found.pk))[0]
        if progress.left:
            raise NotAllEntered(progress.left)
        _write_sheets(found)
        _let_go(found)
        found.closed_at = now
        found.save(update_fields=["closed_at", *HAND])
        log.write(by=by, action="batch.closed", about=found, scope_path=found.scope_path)
    return found


def _pending(batch: Batch) -> list[tuple[UUID, UUID, datetime]]:
    """Records that whoever has the batch in hand saved since, not yet written down as sheets: record,
    person, moment."""
    if batch.taken_by is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.person_id, r.entered_at FROM work_record r WHERE r.changed_xid > %s::text::xid8"
            " AND r.form_id = %s AND r.entered_by = %s AND r.entered_at >= %s AND r.status = 'current'"
            " AND r.succeeds_id IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM archives_sheet s WHERE s.record_id = r.id)"
            " ORDER BY r.entered_at, r.id",
            [str(batch.taken_xid), batch.form_id, batch.taken_by, batch.taken_at],
        )
        return cursor.fetchall()[: max(batch.count - batch.sheets.count(), 0)]


def _write_sheets(batch: Batch) -> None:
    """Write down what was entered while the batch was in hand."""
    if batch.taken_by is not None:
        Sheet.objects.bulk_create(
            Sheet(
                batch=batch,
                record_id=record,
                person_id=person,
                scope_path=batch.scope_path,
                by_account=batch.taken_by,
                by_name=batch.taken_name,
                at=at,
            )
            for record, person, at in _pending(batch)
        )


def progress_of(batches) -> list[Progress]:
    """Batches with what became of their sheets."""
    troubles = Q(troubles__settled="", troubles__isnull=False)
    rows = batches.select_related("institution").annotate(
        entered=Count("sheets", distinct=True),
        waiting=Count("troubles", filter=troubles, distinct=True),
        returned=Count("troubles", filter=Q(troubles__settled="returned"), distinct=True),
    )
    return [Progress(row, row.entered + len(_pending(row)), row.waiting, row.returned) for row in rows]


def backlog(path: str) -> list[Backlog]:
    """By institution at a path and under it, everybody together first."""
    low, high = path_range(path)
    found: dict[UUID, list[Progress]] = {}
    for one in progress_of(Batch.objects.filter(scope_path__gte=low, scope_path__lt=high)):
        found.setdefault(one.batch.institution_id, []).append(one)
    rows = [_sum(batches[0].batch.institution, batches) for batches in found.values()]
    rows.sort(key=lambda row: (-row.left, row.institution.path if row.institution else ""))
    return [_sum(None, [one for batches in found.values() for one in batches]), *rows]


def _sum(institution: Institution | None, batches: list[Progress]) -> Backlog:
    return Backlog(
        institution,
        sum(one.batch.count for one in batches),
        sum(one.entered for one in batches),
        sum(one.returned for one in batches),
    )


def _let_go(batch: Batch) -> None:
    batch.taken_by, batch.taken_name, batch.taken_at, batch.taken_xid = None, "", None, None


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int((cursor.fetchone() or (0,))[0])


def _locked(batch: UUID) -> Batch:
    found = Batch.objects.select_for_update().filter(pk=batch, closed_at=None).first()
    if found is None:
        raise BatchNotFound
    return found

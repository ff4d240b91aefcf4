"""Bringing a file in: received, checked (nothing is written), then loaded as the person chose.

The work is done in chunks by the background worker, each in a transaction and in the importer's own scope;
the page asks every second how far it is. A row's record has an id made from the job and the row's number, so
that a chunk that is loaded twice (the worker was killed) counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered
from kangshu.audit import log
from kangshu.exchange.excel.kinds import Batch, ReadRow, RowProblem, SheetKind, batches, read_row, sheet_kind
from kangshu.exchange.excel.reading import Header, NotReadable, check_file, count_rows, read_rows
from kangshu.exchange.models import ImportChoice, ImportJob, ImportProblem, ImportState
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Conflict, NotFound
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text

# More would not be read by anybody; the count goes on.
MOST_PROBLEMS_KEPT = 2000


@dataclass(frozen=True)
class Importer:
    """Stands for the account until its scope is entered; the database then says what it is."""

    account_id: UUID
    name: str = "import"
    roles: frozenset[str] = frozenset()
    institution_id: UUID | None = None
    staff_id: UUID | None = None
    person_id: UUID | None = None
    scope_path: str = ""


def file_of(job_id: UUID) -> Path:
    return Path(settings.KANGSHU_HOME) / "imports" / str(job_id)


def receive_file(*, kind: str, filename: str, parts: Iterable[bytes], by: Actor, now: datetime) -> ImportJob:
    """Keep the file until it is loaded or cancelled. Raises NotAllowed, UnknownKind, NotReadable."""
    check_allowed(by, "import.data")
    check_allowed(by, sheet_kind(kind).permission)
    job_id = new_id()
    path = file_of(job_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
    try:
        check_file(path)
    except NotReadable:
        path.unlink()
        raise
    with transaction.atomic():
        job = ImportJob.objects.create(
            id=job_id,
            kind=kind,
            filename=filename[:200],
            account_id=by.account_id,
            institution_id=by.institution_id,
            scope_path=by.scope_path,
            created_at=now,
        )
        log.write(by=by, action="import.received", about=job, detail={"kind": kind})
    return job


def job_of(job_id: UUID, by: Actor) -> ImportJob:
    """The importer's own job. Raises NotFound."""
    job = ImportJob.objects.filter(pk=job_id, account_id=by.account_id).first()
    if job is None:
        raise NotFound("import.unknown", Text("没有这个导入任务。", "There is no such import."))
    return job


def check_import(job_id: UUID, account_id: UUID, now: datetime) -> None:
    """Read the whole file and try every row; keep what is wrong. For the worker."""
    importer = Importer(account_id)
    _set_state(job_id, importer, ImportState.CHECKING, rows_total=_counted(job_id))
    try:
        rows_seen = rows_bad = 0
        with entered(importer):
            kind = sheet_kind(ImportJob.objects.get(pk=job_id).kind)
        header, rows = read_rows(file_of(job_id), kind.columns)
        seen: dict = {}
        for chunk in batches(rows, kind.chunk):
            with entered(importer) as by:
                with transaction.atomic():
                    read, problems = _read(chunk, kind.columns)
                    problems += kind.put_in(read, Batch(job_id, by, now, seen))
                    transaction.set_rollback(True)
                rows_seen += len(chunk)
                rows_bad += len({problem.row for problem in problems})
                _keep(job_id, problems, header, kind)
                ImportJob.objects.filter(pk=job_id).update(rows_seen=rows_seen, rows_bad=rows_bad)
    except NotReadable as refusal:
        _fail(job_id, importer, refusal, now)
        return
    _set_state(job_id, importer, ImportState.CHECKED, rows_total=rows_seen)


def choose(*, job_id: UUID, choice: str, by: Actor) -> ImportJob:
    """Say what is to be loaded, once the file is checked. Raises Conflict when it is not the moment."""
    check_allowed(by, "import.data")
    with transaction.atomic():
        job_of(job_id, by)
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if job.state != ImportState.CHECKED:
            raise Conflict(
                "import.not_checked",
                Text("该文件已在导入或已结束。", "This file is already being loaded or is done."),
            )
        if choice == ImportChoice.ALL_OR_NOTHING and job.rows_bad:
            raise Conflict(
                "import.has_bad_rows",
                Text(
                    "有问题行，不能全部导入。请改正后重新上传。",
                    "There are bad rows. Correct them and upload again.",
                ),
            )
        job.choice, job.state = ImportChoice(choice), ImportState.LOADING
        job.save(update_fields=["choice", "state"])
        return job


def cancel(*, job_id: UUID, by: Actor, now: datetime) -> ImportJob:
    """Give a checked file up; its copy is deleted."""
    with transaction.atomic():
        job = job_of(job_id, by)
        if job.state not in (ImportState.CHECKED, ImportState.UPLOADED):
            raise Conflict(
                "import.running", Text("正在导入，不能取消。", "It is being loaded and cannot be cancelled.")
            )
        job.state, job.finished_at = ImportState.CANCELLED, now
        job.save(update_fields=["state", "finished_at"])
        log.write(by=by, action="import.cancelled", about=job)
    file_of(job_id).unlink(missing_ok=True)
    return job


def load_import(job_id: UUID, account_id: UUID, now: datetime) -> None:
    """Load the checked file as chosen. For the worker; run again after a crash, it continues."""
    importer = Importer(account_id)
    with entered(importer):
        job = ImportJob.objects.get(pk=job_id)
    if job.state != ImportState.LOADING:
        return
    if job.choice == ImportChoice.ALL_OR_NOTHING:
        with entered(importer) as by:
            loaded, problems = _load_all(job, by, now)
            if problems:
                # Somebody was quicker than the check: nothing stays, and the page says which rows.
                transaction.set_rollback(True)
        if problems:
            _say_again(job, importer, problems)
            return
    else:
        loaded = _load_good_rows(job, importer, now)
    with entered(importer) as by:
        ImportJob.objects.filter(pk=job_id).update(
            state=ImportState.DONE, rows_loaded=loaded, finished_at=now
        )
        log.write(by=by, action="import.loaded", about=job, detail={"kind": job.kind, "rows": loaded})
    file_of(job_id).unlink(missing_ok=True)


def _load_all(job: ImportJob, by: Actor, now: datetime) -> tuple[int, list[RowProblem]]:
    kind = sheet_kind(job.kind)
    _, rows = read_rows(file_of(job.pk), kind.columns)
    batch, loaded = Batch(job.pk, by, now), 0
    for chunk in batches(rows, kind.chunk):
        read, problems = _read(chunk, kind.columns)
        problems += kind.put_in(read, batch)
        if problems:
            return 0, problems
        loaded += len(chunk)
    return loaded, []


def _load_good_rows(job: ImportJob, importer: Importer, now: datetime) -> int:
    kind = sheet_kind(job.kind)
    header, rows = read_rows(file_of(job.pk), kind.columns)
    loaded, seen = 0, {}
    with entered(importer):
        # The check's own list stands until the load writes what it found.
        ImportProblem.objects.filter(job=job).delete()
    bad = 0
    for chunk in batches(rows, kind.chunk):
        with entered(importer) as by:
            read, problems = _read(chunk, kind.columns)
            problems += kind.put_in(read, Batch(job.pk, by, now, seen))
            refused = len({problem.row for problem in problems})
            bad += refused
            loaded += len(chunk) - refused
            _keep(job.pk, problems, header, kind)
            ImportJob.objects.filter(pk=job.pk).update(rows_loaded=loaded, rows_bad=bad)
    return loaded


def _read(chunk: Sequence, columns: Sequence) -> tuple[list[ReadRow], list[RowProblem]]:
    read: list[ReadRow] = []
    problems: list[RowProblem] = []
    for row in chunk:
        result = read_row(row, columns)
        if isinstance(result, ReadRow):
            read.append(result)
        else:
            problems.extend(result)
    return read, problems


def _keep(job_id: UUID, problems: Sequence[RowProblem], header: Header | None, kind: SheetKind) -> None:
    """Store problems in the running scope, up to what somebody would read."""
    if not problems:
        return
    kept = ImportProblem.objects.filter(job_id=job_id).count()
    job = ImportJob.objects.get(pk=job_id)
    titles = {column.name: column.title.zh for column in kind.columns}
    ImportProblem.objects.bulk_create(
        ImportProblem(
            job=job,
            row=problem.row,
            column=_place(problem.column, titles, header),
            value=problem.value,
            code=problem.code[:60],
            reason_zh=problem.reason.zh[:400],
            reason_en=problem.reason.en[:400],
            scope_path=job.scope_path,
        )
        for problem in problems[: max(0, MOST_PROBLEMS_KEPT - kept)]
    )


def _place(name: str, titles: dict[str, str], header: Header | None) -> str:
    letter = header.letter(name) if header else ""
    return f"{letter} {titles.get(name, name)}".strip()[:100]


def _say_again(job: ImportJob, importer: Importer, problems: Sequence[RowProblem]) -> None:
    with entered(importer):
        _keep(job.pk, problems, None, sheet_kind(job.kind))
        bad = len({problem.row for problem in problems})
        ImportJob.objects.filter(pk=job.pk).update(state=ImportState.CHECKED, choice="", rows_bad=bad)


def _counted(job_id: UUID) -> int:
    try:
        return count_rows(file_of(job_id))
    except Exception:
        return 0


def _set_state(job_id: UUID, importer: Importer, state: ImportState, **values: object) -> None:
    with entered(importer):
        ImportJob.objects.filter(pk=job_id).update(state=state, **values)


def _fail(job_id: UUID, importer: Importer, refusal: NotReadable, now: datetime) -> None:
    with entered(importer) as by:
        ImportJob.objects.filter(pk=job_id).update(
            state=ImportState.FAILED,
            refusal_zh=refusal.message.zh,
            refusal_en=refusal.message.en,
            finished_at=now,
        )
        log.write(by=by, action="import.failed", about=("exchange.importjob", job_id), reason=refusal.code)
    file_of(job_id).unlink(missing_ok=True)

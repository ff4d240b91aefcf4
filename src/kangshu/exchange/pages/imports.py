"""Bringing in a file: choose what it is, see what is wrong with it, decide, watch it load."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.exchange import tasks
from kangshu.exchange.excel.columns import Column
from kangshu.exchange.excel.importing import cancel, choose, job_of, receive_file
from kangshu.exchange.excel.kinds import SheetKind, sheet_kind, sheet_kinds
from kangshu.exchange.excel.template import write_list, write_template
from kangshu.exchange.models import ImportJob
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

PERMISSION = "import.data"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 20
PROBLEMS_A_PAGE = 50
NO_FILE = Text("请先选择文件。", "Choose a file first.")


@page(PERMISSION)
def imports(request: ActorRequest) -> HttpResponse:
    """Upload a file; below it the importer's recent ones."""
    refusal = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise Refusal("import.no_file", NO_FILE)
            job = receive_file(
                kind=request.POST.get("kind", ""),
                filename=upload.name or "",
                parts=upload.chunks(),
                by=request.actor,
                now=timezone.now(),
            )
        except Refusal as refused:
            refusal = refused
        else:
            _defer(tasks.check_import_file, job)
            return HttpResponseRedirect(reverse("exchange:import", args=[job.pk]))
    context = {
        "kinds": _kinds(request),
        "chosen": request.POST.get("kind") or request.GET.get("kind"),
        "jobs": _with_titles(ImportJob.objects.filter(account_id=request.actor.account_id)[:RECENT]),
        "refusal": refusal,
    }
    return TemplateResponse(request, "exchange/imports.html", context, status=400 if refusal else 200)


@page(PERMISSION)
def import_job(request: ActorRequest, job_id: UUID) -> HttpResponse:
    """How far a file is, what is wrong with it, and the choice. htmx asks for the part that moves."""
    job = job_of(job_id, request.actor)
    refusal = None
    if request.method == "POST":
        try:
            if "cancel" in request.POST:
                job = cancel(job_id=job_id, by=request.actor, now=timezone.now())
            else:
                job = choose(job_id=job_id, choice=request.POST.get("choice", ""), by=request.actor)
                _defer(tasks.load_import_file, job)
            return HttpResponseRedirect(request.path)
        except Refusal as refused:
            refusal = refused
    problems = Paginator(job.problems.order_by("row", "id"), PROBLEMS_A_PAGE)
    context = {
        "job": job,
        "kind": sheet_kind(job.kind),
        "page": problems.get_page(request.GET.get("page")),
        "refusal": refusal,
    }
    template = (
        "exchange/import_progress.html" if request.headers.get("HX-Request") else "exchange/import.html"
    )
    return TemplateResponse(request, template, context, status=400 if refusal else 200)


@page(PERMISSION, methods=("GET",))
def import_template(request: ActorRequest, kind_id: str) -> HttpResponse:
    """The empty sheet of one kind."""
    kind = sheet_kind(kind_id)
    target = BytesIO()
    write_template(target, kind.title, kind.columns, get_language() or "")
    return attachment(target, f"{kind.title.in_language(get_language() or '')}.xlsx")


@page(PERMISSION, methods=("GET",))
def import_problems(request: ActorRequest, job_id: UUID) -> HttpResponse:
    """The list of what is wrong, as a sheet to work through."""
    job = job_of(job_id, request.actor)
    language = get_language() or ""
    columns = (
        Column("row", Text("行", "Row")),
        Column("column", Text("列", "Column")),
        Column("value", Text("内容", "Value")),
        Column("reason", Text("原因", "Reason")),
    )
    rows = ((p.row, p.column, p.value, p.reason.in_language(language)) for p in job.problems.all())
    target = BytesIO()
    write_list(
        target,
        Text(f"{job.filename} 的问题", f"Problems of {job.filename}"),
        columns,
        rows,
        taken_by=request.actor.name,
        taken_at=timezone.localtime(),
        language=language,
    )
    return attachment(target, f"{job.filename}-{Text('问题', 'problems').in_language(language)}.xlsx")


def attachment(content: BytesIO, filename: str) -> HttpResponse:
    response = HttpResponse(content.getvalue(), content_type=XLSX)
    from django.utils.http import content_disposition_header

    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    return response


def _kinds(request: ActorRequest) -> list[SheetKind]:
    return [kind for kind in sheet_kinds() if is_allowed(request.actor, kind.permission)]


def _with_titles(jobs) -> list[ImportJob]:
    titles = {kind.id: kind.title for kind in sheet_kinds()}
    listed = list(jobs)
    for job in listed:
        job.title = titles.get(job.kind, job.kind)
    return listed


def _defer(task, job: ImportJob) -> None:
    task.defer(job_id=str(job.pk), account_id=str(job.account_id))

"""The board of the year's projects, one of them with its months and photos, and stating one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.appraisal import projects
from kangshu.appraisal.models import Project, ProjectPhoto
from kangshu.appraisal.packages import known, measures
from kangshu.appraisal.pages.typed import decimal_of, refused, uploaded, uuid_of
from kangshu.appraisal.projects import KEEP, LIGHTS, Plan
from kangshu.appraisal.refusals import ThingNotFound, bad
from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id
from kangshu.people.files import read_file
from kangshu.places.models import Institution


@page("read.indicator", methods=("GET", "HEAD"))
def board_of_projects(request: ActorRequest) -> HttpResponse:
    """Every project of `?year=`, what lags most first."""
    today = china_today()
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else today.year
    rows = projects.standings(year, request.actor, today)
    counts = {light: sum(one.light is light for one in rows) for light in LIGHTS}
    context = {
        "year": year,
        "years": [today.year + step for step in (-1, 0, 1)],
        "rows": [(one, *LIGHTS[one.light]) for one in rows],
        "counts": [
            (LIGHTS[light][1], LIGHTS[light][0], number) for light, number in counts.items() if number
        ],
        "may_keep": is_allowed(request.actor, KEEP),
    }
    return TemplateResponse(request, "appraisal/projects.html", context)


@page("read.indicator")
def project(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """One project; who is responsible reports a month or adds a photo."""
    found = _find(project_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(lambda: _act(request, found))
        if not context:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("appraisal:project", args=[found.pk]))
    today = china_today()
    standing = projects.standing_of(found, request.actor, today)
    latest: dict[str, Any] = {}
    for row in found.months.order_by("month", "at", "id"):
        latest[row.month] = row
    context |= {
        "project": found,
        "standing": standing,
        "light": LIGHTS[standing.light],
        "months": list(latest.values())[::-1],
        "photos": list(found.photos.order_by("-at")),
        "indicator": known(found.indicator) if found.indicator else None,
        "may_report": projects.may_report(found, request.actor),
        "may_keep": is_allowed(request.actor, KEEP),
        "month": request.POST.get("month", f"{today:%Y-%m}"),
        "given": request.POST,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/project.html", context, status=status)


def _act(request: ActorRequest, found: Project) -> None:
    now = timezone.now()
    if request.POST.get("act") == "photo":
        content = uploaded(request)
        if content is None:
            raise bad("photo", "required", "请选择文件。", "Choose a file.")
        title = request.POST.get("title", "")
        projects.add_photo(project=found.pk, content=content, title=title, by=request.actor, now=now)
    else:
        projects.report_month(
            project=found.pk,
            month=request.POST.get("month", ""),
            done=decimal_of(request, "done"),
            note=request.POST.get("note", ""),
            by=request.actor,
            now=now,
            today=china_today(),
        )


@page(KEEP)
def edit_project(request: ActorRequest, project_id: UUID | None = None) -> HttpResponse:
    """The facts of a project, or a new one."""
    found = _find(project_id) if project_id else None
    context: dict[str, Any] = {}
    if request.method == "POST":
        made: list[Project] = []
        context = refused(
            lambda: made.append(
                projects.set_project(
                    project=project_id, plan=_plan(request), by=request.actor, now=timezone.now()
                )
            )
        )
        if not context:
            return HttpResponseRedirect(reverse("appraisal:project", args=[made[0].pk]))
    today = china_today()
    context |= {
        "project": found,
        "given": request.POST or None,
        "institutions": [
            one
            for one in Institution.objects.filter(valid_to__isnull=True).order_by("path")
            if one.path.count(".") <= 2
        ],
        "institution": request.POST.get("institution", str(found.institution_id) if found else ""),
        "measures": measures()[:-1],
        "indicator": request.POST.get("indicator", found.indicator if found else ""),
        "begins_on": found.begins_on if found else date(today.year, 1, 1),
        "due_on": found.due_on if found else date(today.year, 12, 31),
        "year": found.year if found else today.year,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/edit_project.html", context, status=status)


def _plan(request: ActorRequest) -> Plan:
    given = request.POST
    begins_on = _day(given.get("begins_on", ""), "begins_on")
    return Plan(
        year=begins_on.year,
        title=given.get("title", "")[:100],
        target=decimal_of(request, "target"),
        unit=given.get("unit", "")[:12],
        section=given.get("section", "")[:60],
        responsible=given.get("responsible", "")[:50],
        institution=uuid_of(given.get("institution")) or new_id(),
        begins_on=begins_on,
        due_on=_day(given.get("due_on", ""), "due_on"),
        indicator=given.get("indicator", ""),
        source=given.get("source", "")[:200],
    )


@page("read.indicator", methods=("GET", "HEAD"))
def project_photo(request: ActorRequest, photo_id: UUID) -> HttpResponse:
    """A photo or paper of a project."""
    found = ProjectPhoto.objects.filter(pk=photo_id).first()
    if found is None:
        raise ThingNotFound
    response = HttpResponse(read_file(found.content_hash), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


def _find(project_id: UUID) -> Project:
    found = Project.objects.select_related("institution").filter(pk=project_id).first()
    if found is None:
        raise ThingNotFound
    return found


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad(name, "day", "请填写日期。", "Give the day.", text) from None

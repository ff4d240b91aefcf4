"""The check at entry into nursery and school: `immunisation:entry_checks`, one list
`immunisation:entry_check`, its notices `immunisation:entry_notices`, its report as a sheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.immunisation import entry
from kangshu.immunisation.entry_sheet import read_pupils
from kangshu.immunisation.models import EntryCheck, Match, SchoolKind
from kangshu.immunisation.records import DOSE
from kangshu.immunisation.templatetags.immunisation import dose_name
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.text import Text

PAGE = 60
SHOWN = ("", "choose", "missing", "unchecked", "complete")


@page("record.visit")
def entry_checks(request: ActorRequest) -> HttpResponse:
    """The schools of a year with their rates, and the upload of another list."""
    today = china_today()
    context: dict[str, Any] = {
        "tab": "entry",
        "today": today,
        "kinds": SchoolKind.choices,
        "typed": request.POST,
    }
    if request.method == "POST":
        try:
            found = _import(request, None)
            return HttpResponseRedirect(reverse("immunisation:entry_check", args=[found.pk]))
        except entry.ListExists as exists:
            return HttpResponseRedirect(
                reverse("immunisation:entry_check", args=[exists.check.pk]) + "?exists=1"
            )
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            context["refusal"] = refusal
    rows = []
    lists = Paginator(entry.checks(), 20).get_page(request.GET.get("page"))
    for found in lists.object_list:
        rows.append({"check": found, "report": entry.report_of(entry.pupils_today(found, today))})
    context |= {"rows": rows, "page": lists}
    return TemplateResponse(
        request, "immunisation/entry_checks.html", context, status=422 if "refusal" in context else 200
    )


def _import(request: ActorRequest, add_to: UUID | None) -> EntryCheck:
    file = request.FILES.get("file")
    if file is None:
        raise BadInput([Problem("file", "file.missing", Text("请选择名单文件。", "Choose the list's file."))])
    today = china_today()
    given = read_pupils(file.read(), today)
    year = request.POST.get("year", "")
    found = entry.import_list(
        school=request.POST.get("school", ""),
        kind=request.POST.get("kind", ""),
        year=int(year) if year.isdigit() else 0,
        given=given,
        institution=request.actor.institution_id,
        by=request.actor,
        now=timezone.now(),
        add_to=add_to,
    )
    language = get_language() or ""
    for problem in given.problems[:20]:
        messages.warning(request, problem.message.in_language(language))
    if len(given.problems) > 20:
        messages.warning(
            request, _("%(number)s more rows could not be read.") % {"number": len(given.problems) - 20}
        )
    return found


@page("record.visit")
def entry_check(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """The pupils of one list: who is in the register, who has to be chosen, what is missing, what was caught
    up."""
    found = entry.check(check_id)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _import(request, found.pk)
            return HttpResponseRedirect(request.path)
        except (NotAllowed, NotFound):
            raise
        except Refusal as error:
            refusal = error
    pupils = entry.pupils_today(found, china_today())
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    counts = {name: sum(_is_shown(each, name) for each in pupils) for name in SHOWN}
    context = {
        "tab": "entry",
        "check": found,
        "report": entry.report_of(pupils),
        "show": show,
        "counts": counts,
        "rows": Paginator([each for each in pupils if _is_shown(each, show)], PAGE).get_page(
            request.GET.get("page")
        ),
        "doses": _doses(),
        "exists": "exists" in request.GET,
        "refusal": refusal,
    }
    return TemplateResponse(request, "immunisation/entry_check.html", context, status=422 if refusal else 200)


def _is_shown(each: entry.PupilToday, show: str) -> bool:
    if show == "choose":
        return each.pupil.match != Match.FOUND and each.pupil.checked_on is None
    if show == "missing":
        return each.still_missing
    if show == "unchecked":
        return each.pupil.checked_on is None
    if show == "complete":
        return each.pupil.checked_on is not None and not each.still_missing
    return True


def _doses() -> list[tuple[str, str]]:
    language = get_language() or ""
    field = registry.form(DOSE, on=china_today()).field("counts_as")
    return [(choice.code, choice.title.in_language(language)) for choice in field.choices]


@page("record.visit", methods=("POST",))
def entry_pupil(request: ActorRequest, pupil_id: UUID) -> HttpResponse:
    """Say who a pupil is, or what the paper certificate showed."""
    chosen = request.POST.get("person", "")
    if chosen:
        try:
            person = UUID(chosen)
        except ValueError:
            raise entry.CheckNotFound from None
        row = entry.choose_person(pupil=pupil_id, person=person, by=request.actor, now=timezone.now())
    else:
        row = entry.check_by_hand(
            pupil=pupil_id,
            has_certificate=request.POST.get("certificate") == "1",
            missing=request.POST.getlist("missing"),
            caught_up="caught_up" in request.POST,
            by=request.actor,
            now=timezone.now(),
        )
    back = reverse("immunisation:entry_check", args=[row.check_list_id])
    return HttpResponseRedirect(f"{back}?show={request.POST.get('show', '')}#pupil-{row.pk}")


@page("record.visit", methods=("GET", "HEAD"))
def entry_notices(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """A notice for the guardians of everybody who misses a dose, each on a sheet of its own, to be
    printed."""
    found = entry.check(check_id)
    rows = [each for each in entry.pupils_today(found, china_today()) if each.still_missing]
    only = request.GET.get("pupil", "")
    if only:
        rows = [each for each in rows if str(each.pupil.pk) == only]
    context = {"check": found, "rows": rows, "today": china_today(), "doses": dict(_doses())}
    return TemplateResponse(request, "immunisation/entry_notices.html", context)


@page("export.data", methods=("GET",))
def entry_sheet(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """The school's report: its figures and every pupil with what is missing."""
    found = entry.check(check_id)
    pupils = entry.pupils_today(found, china_today())
    report = entry.report_of(pupils)
    note = _("Taken on %(day)s by %(name)s") % {"day": china_today().isoformat(), "name": request.actor.name}
    figures = Sheet(
        _("Check of vaccination certificates: %(school)s, %(year)s")
        % {"school": found.school, "year": found.year},
        note,
        [pgettext("column", "What is counted"), pgettext("count", "Value")],
        [
            [_("New entrants"), report.entrants],
            [_("Checked"), report.checked],
            [_("Check rate (%)"), report.check_rate],
            [_("Complete at the check"), report.complete],
            [_("Missing doses at the check"), report.missing],
            [_("Caught up"), report.caught_up],
            [_("Catch-up rate (%)"), report.catch_up_rate],
        ],
    )
    names = dict(_doses())
    listed = Sheet(
        _("Pupils"),
        note,
        [_("Name"), _("Class"), _("Born on"), _("In the register"), _("Checked on"),
         _("Missing at the check"), _("Missing today")],
        [
            [
                each.pupil.name,
                each.pupil.class_name,
                each.pupil.birth_date,
                str(each.pupil.get_match_display()),
                each.pupil.checked_on,
                "；".join(names.get(code, code) for code in each.pupil.missing),
                "；".join(dose_name(dose) for dose in each.doses),
            ]
            for each in pupils
        ],
    )  # fmt: skip
    target = BytesIO()
    write_workbook(target, figures, listed)
    log.write(
        by=request.actor,
        action="entry_check.exported",
        about=found,
        scope_path=found.scope_path,
        detail={"rows": len(pupils)},
    )
    response = HttpResponse(target.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="entry-check-{found.year}.xlsx"'
    return response


@page("record.visit", methods=("GET",))
def entry_template(request: ActorRequest) -> HttpResponse:
    """An empty list for the school to fill in."""
    target = BytesIO()
    write_workbook(
        target,
        Sheet(
            "入托入学儿童名单",
            "身份证号和出生日期至少填一项；一所学校一份 · one of ID number and birth date; one list a school",
            ["姓名", "身份证号", "出生日期", "班级"],
            [],
        ),
    )
    response = HttpResponse(target.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = 'attachment; filename="entry-list.xlsx"'
    return response

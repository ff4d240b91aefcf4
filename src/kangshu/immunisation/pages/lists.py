"""The clinic's lists: who has missed a dose (`immunisation:catch_up`, with its spreadsheet), the adverse
events (`immunisation:reactions`), coverage by cohort and township (`immunisation:coverage`)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.immunisation.coverage import WANTED, coverage
from kangshu.immunisation.missed import MISSED, MOST, MissedFilter, MissedRow, missed_doses
from kangshu.immunisation.reactions import Stage, reactions
from kangshu.immunisation.templatetags.immunisation import dose_name, dose_reason, vaccine
from kangshu.kernel.dates import china_today
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.work import queries

PAGE = 40
LATE = (0, 1, 3, 6, 12)
PROGRAMME = (
    "HepB", "BCG", "IPV", "bOPV", "DTaP", "MMR", "JE-L", "MPSV-A", "MPSV-AC", "HepA-L", "2vHPV"
)  # fmt: skip


@page("read.resident", methods=("GET", "HEAD"))
def catch_up(request: ActorRequest) -> HttpResponse:
    """Children who have missed a dose, with the reason and the last contact."""
    today = china_today()
    wanted = _wanted(request)
    found = missed_doses(wanted, today)
    context = {
        "tab": "catch_up",
        "found": found,
        "rows": Paginator(found.rows, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "villages": queries.villages_in(request.actor.scope_path),
        "units": _units(request.actor.scope_path),
        "vaccines": PROGRAMME,
        "reasons": _reasons(),
        "late": LATE,
        "most": MOST,
        "may_record": is_allowed(request.actor, "record.visit"),
        "may_export": is_allowed(request.actor, "export.data"),
    }
    return TemplateResponse(request, "immunisation/catch_up.html", context)


@page("export.data", methods=("GET",))
def catch_up_sheet(request: ActorRequest) -> HttpResponse:
    """The same list as a spreadsheet, with the filters of its page."""
    today = china_today()
    found = missed_doses(_wanted(request), today)
    sheet = Sheet(
        _("Missed doses"),
        _("Taken on %(day)s by %(name)s") % {"day": today.isoformat(), "name": request.actor.name},
        [
            _("Name"), _("Sex"), _("Born on"), _("Village"), _("Clinic"), _("Phone"), _("Missed doses"),
            _("Days late"), _("Not to be given now"), _("Reason"), _("Last contact"), _("Agreed on"),
        ],
        [_line(row) for row in found.rows],
    )  # fmt: skip
    target = BytesIO()
    write_workbook(target, sheet)
    log.write(
        by=request.actor,
        action="immunisation.listed",
        about=("immunisation", "catch_up"),
        detail={"rows": len(found.rows)},
    )
    response = HttpResponse(target.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="missed-doses-{today.isoformat()}.xlsx"'
    return response


def _line(row: MissedRow) -> list[object]:
    person, contact = row.person, row.contact
    answers = contact.answers if contact else {}
    return [
        person.name,
        str(person.get_sex_display()),
        person.birth_date,
        person.region.name,
        person.institution.name,
        person.phone or person.contact_phone,
        "；".join(dose_name(dose) for dose in row.doses),
        row.days_late,
        "；".join(f"{dose_name(dose)}（{dose_reason(dose)}）" for dose in row.held_back),
        _reasons().get(row.reason, ""),
        contact.performed_on if contact else None,
        answers.get("agreed_on", ""),
    ]


def _wanted(request: ActorRequest) -> MissedFilter:
    given = request.GET
    late = given.get("late", "")
    return MissedFilter(
        village=given.get("village", ""),
        institution=_uuid(given.get("unit", "")),
        vaccine=given.get("vaccine", ""),
        reason=given.get("reason", ""),
        months_late=int(late) if late.isdigit() and int(late) in LATE else 0,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _units(scope_path: str) -> list[Institution]:
    low, high = path_range(scope_path)
    rows = Institution.objects.filter(path__gte=low, path__lt=high, valid_to=None)
    return list(rows.filter(kind__in=("township_centre", "village_clinic")).order_by("path"))


def _reasons() -> dict[str, str]:
    choices = registry.form(MISSED, on=china_today()).field("reason").choices
    language = get_language() or ""
    return {choice.code: choice.title.in_language(language) for choice in choices}


@page("read.resident", methods=("GET", "HEAD"))
def reactions_page(request: ActorRequest) -> HttpResponse:
    """Adverse events of a year, with what each waits for and whether it kept its limits."""
    today = china_today()
    first = _day(request.GET.get("first", "")) or today - timedelta(days=365)
    last = _day(request.GET.get("last", "")) or today
    rows = reactions(first, last, timezone.now())
    stage = request.GET.get("stage", "")
    shown = [row for row in rows if not stage or row.stage == stage]
    context = {
        "tab": "reactions",
        "first": first,
        "last": last,
        "stage": stage,
        "stages": [(each.value, STAGES[each], sum(row.stage is each for row in rows)) for each in Stage],
        "words": {each.value: words for each, words in STAGES.items()},
        "rows": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "all": len(rows),
        "late": sum(row.is_late for row in rows),
        "timely": sum(row.reported_in_time is True for row in rows),
        "timed": sum(row.reported_in_time is not None for row in rows),
        "may_record": is_allowed(request.actor, "record.visit"),
        "vaccine_name": vaccine,
    }
    return TemplateResponse(request, "immunisation/reactions.html", context)


STAGES = {
    Stage.TO_INVESTIGATE: gettext_lazy("to be investigated"),
    Stage.TO_REPORT_ON: gettext_lazy("preliminary report owed"),
    Stage.TO_CLASSIFY: gettext_lazy("to be classified"),
    Stage.DONE: pgettext_lazy("reaction", "done"),
}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@page("read.resident", methods=("GET", "HEAD"))
def coverage_page(request: ActorRequest) -> HttpResponse:
    """Coverage of a birth year by dose and township, with those under the minimum marked."""
    today = china_today()
    years = list(range(today.year, today.year - 8, -1))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else today.year - 1
    context = {
        "tab": "coverage",
        "year": year,
        "years": years,
        "wanted": WANTED,
        "coverage": coverage(year, today),
        "today": today,
    }
    return TemplateResponse(request, "immunisation/coverage.html", context)

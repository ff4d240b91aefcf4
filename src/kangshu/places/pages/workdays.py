"""The working days of a year: the national calendar, and the county's own days on top of it."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kangshu.access import entry
from kangshu.access.request import ActorRequest
from kangshu.kernel.dates import china_today
from kangshu.kernel.workdays import UnknownWorkdays, first_known_year, is_working_day, last_known_year
from kangshu.places import actions, queries
from kangshu.places.models import WorkdayOverride
from kangshu.places.pages.acts import Act, offer
from kangshu.places.pages.forms import ClearWorkdayForm, WorkdayForm


@dataclass(frozen=True)
class CalendarDay:
    """One cell. `is_working` is None where nobody knows yet; `is_own` marks a day the county has set."""

    on: date
    is_working: bool | None
    is_own: bool
    is_unusual: bool  # a weekday off, or a weekend day worked


@entry.page("edit.places")
def workdays(request: ActorRequest) -> HttpResponse:
    """A POST sets a day, or clears one."""
    today = china_today()
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdigit() and 2004 <= int(typed) <= 2100 else today.year
    here = f"{reverse('places:workdays')}?year={year}"
    shown = offer(request, _ACTS, here)
    if isinstance(shown, HttpResponseRedirect):
        return shown
    overrides = queries.workday_overrides()
    context = {
        "year": year,
        "today": today,
        "months": [_month(year, number, overrides) for number in range(1, 13)],
        "own": WorkdayOverride.objects.filter(date__year=year),
        "is_known": first_known_year() <= year <= last_known_year(),
        "last_known": last_known_year(),
        "acts": shown,
    }
    return TemplateResponse(request, "places/workdays.html", context)


def _month(year: int, month: int, overrides: dict[date, bool]) -> tuple[date, list[list[CalendarDay | None]]]:
    weeks = [
        [_cell(day, overrides) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    return date(year, month, 1), weeks


def _cell(day: date, overrides: dict[date, bool]) -> CalendarDay:
    try:
        working: bool | None = is_working_day(day, overrides)
    except UnknownWorkdays:
        working = None
    return CalendarDay(day, working, day in overrides, working is not None and working != (day.weekday() < 5))


_ACTS = [
    Act(
        "set",
        _("Set a day"),
        _("Save"),
        lambda posted: WorkdayForm(posted, prefix="WorkdayForm"),
        lambda typed, by: actions.set_workday(**typed, by=by),
        "edit.places",
        _("For days that the county decides for itself, and for years that this release does not know yet."),
    ),
    Act(
        "clear",
        _("Follow the national calendar again"),
        _("Clear the day"),
        lambda posted: ClearWorkdayForm(posted, prefix="ClearWorkdayForm"),
        lambda typed, by: actions.clear_workday(**typed, by=by),
        "edit.places",
    ),
]

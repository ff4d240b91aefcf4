"""Who is to be vaccinated today, who is late, who comes soon: `immunisation:day_list`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.immunisation.forecast import DoseForecast
from kangshu.immunisation.records import ChildToday, children, children_today
from kangshu.kernel.dates import age_in_months, china_today
from kangshu.people.models import Person

#: Children are forecast as the page is asked for, a thousand a second; more of them are one clinic's choice.
MOST = 1_500
PAGE = 40
SOON = timedelta(days=14)
STATES = ("now", "overdue", "soon")


@dataclass(frozen=True)
class Row:
    """One child of the list, with the doses that put it there."""

    person: Person
    months: int
    doses: tuple[DoseForecast, ...]


@page("record.visit", methods=("GET", "HEAD"))
def day_list(request: ActorRequest) -> HttpResponse:
    """The clinic's list; a child comes once, with everything it may be given at one visit."""
    today = china_today()
    state = request.GET.get("state", "")
    state = state if state in STATES else "now"
    people = list(children(today)[: MOST + 1])
    known = children_today(people[:MOST], today)
    rows = {each: [] for each in STATES}
    for child in known:
        for name, doses in (
            ("now", child.now),
            ("overdue", child.overdue),
            ("soon", child.soon(today + SOON)),
        ):
            if doses:
                rows[name].append(_row(child, doses))
    chosen = Paginator(rows[state], PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "day",
        "today": today,
        "state": state,
        "rows": chosen,
        "counts": {name: len(found) for name, found in rows.items()},
        "children": len(known),
        "too_many": len(people) > MOST,
        "most": MOST,
    }
    return TemplateResponse(request, "immunisation/day_list.html", context)


def _row(child: ChildToday, doses: list[DoseForecast]) -> Row:
    birth = child.forecast.child.birth_date
    return Row(child.person, age_in_months(birth, child.forecast.child.as_of), tuple(doses))

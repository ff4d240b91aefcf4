"""What was sent and what became of it: `messaging:log`."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.kernel.dates import china_today
from kangshu.messaging import queries
from kangshu.messaging.gateway import gateway, is_simulated
from kangshu.messaging.models import State
from kangshu.messaging.rules import FIRST, LAST
from kangshu.messaging.wording import TEMPLATES

PAGE = 50


@page("read.resident", methods=("GET", "HEAD"))
def message_log(request: ActorRequest) -> HttpResponse:
    """The messages of some days in the reader's scope, by state; the gateway is named."""
    today = china_today()
    first = _day(request.GET.get("first", "")) or today - timedelta(days=30)
    last = _day(request.GET.get("last", "")) or today
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    found = queries.messages(first, last)
    counted = queries.counts(found)
    rows = queries.messages(first, last, state)
    context = {
        "first": first,
        "last": last,
        "state": state,
        "states": [(value, label, counted.get(value, 0)) for value, label in State.choices],
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "gateway": gateway(),
        "simulated": is_simulated(),
        "templates": TEMPLATES,
        "hours": (FIRST, LAST),
        "agreed": queries.agreed_people().count(),
    }
    return TemplateResponse(request, "messaging/log.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""Finding a resident as you type; without a text, the residents of the place in the order of their pinyin."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.kernel.dates import china_today
from kangshu.people import queries
from kangshu.people.models import PersonStatus

AT_ONCE = 30
PER_PAGE = 50


@page("read.resident", methods=("GET", "HEAD"))
def search(request: ActorRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:80]
    status = request.GET.get("status", PersonStatus.ACTIVE)
    context = {
        "text": text,
        "status": status,
        "statuses": PersonStatus.choices,
        "today": china_today(),
        "may_register": is_allowed(request.actor, "register.resident"),
        "may_merge": is_allowed(request.actor, "merge.people"),
    }
    if text:
        context["result"] = queries.search_people(text, limit=AT_ONCE)
    else:
        context.update(_listed(request, status))
    fragment = request.htmx and not request.htmx.boosted
    template = "people/search_results.html" if fragment else "people/search.html"
    return TemplateResponse(request, template, context)


def _listed(request: ActorRequest, status: str) -> dict[str, object]:
    """One page of the register. Pages go on from a name, not from a number: nothing has to be counted."""
    people = queries.register_list(status=status)
    after = request.GET.get("after", "")
    pinyin, _, person_id = after.partition("~")
    if person_id:
        people = queries.after(people, pinyin, person_id)
    rows = list(people[: PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    following = f"{shown[-1].name_pinyin}~{shown[-1].pk}" if len(rows) > PER_PAGE else ""
    return {"listed": shown, "following": following, "is_first": not person_id}

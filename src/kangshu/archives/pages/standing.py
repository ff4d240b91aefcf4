"""How the records of a place stand, what is wrong with them, and the people behind each number."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.archives import quality as checks
from kangshu.archives import standing as standings
from kangshu.archives.paper import BatchNotFound
from kangshu.archives.quality import Kind
from kangshu.audit import log
from kangshu.indicators import board
from kangshu.kernel.dates import china_today
from kangshu.kernel.text import Text
from kangshu.places.models import Institution

A_PAGE = 100
SETTLEMENTS = {
    standings.URBAN: Text("城镇", "urban"),
    standings.RURAL: Text("乡村", "rural"),
    standings.UNKNOWN: Text("未标城乡", "not said"),
}
KINDS = {
    Kind.MISSING: Text("缺项", "Missing items"),
    Kind.CONTRADICTION: Text("矛盾", "Contradictions"),
    Kind.DUPLICATE: Text("重复", "Duplicates"),
}
STATUSES = {
    "active": Text("正常", "active"),
    "lost": Text("失访", "lost to contact"),
    "dead": Text("死亡", "dead"),
    "moved": Text("迁出", "moved away"),
    "pending": Text("待审核", "waiting for review"),
    "merged": Text("已合并", "merged"),
}


@page("read.resident", methods=("GET", "HEAD"))
def standing(request: ActorRequest) -> HttpResponse:
    """`?place=`: valid and complete records, by town and country and by institution."""
    place, above = _place(request)
    found = standings.standing(place, china_today())
    context = {
        "place": place,
        "above": above,
        "year": china_today().year,
        "whole": found.whole,
        "statuses": [
            (title, found.whole.by_status[status])
            for status, title in STATUSES.items()
            if found.whole.by_status.get(status)
        ],
        "settlements": [(SETTLEMENTS[name], tally) for name, tally in found.by_settlement.items()],
        "under": found.under,
    }
    return TemplateResponse(request, "archives/standing.html", context)


@page("read.resident", methods=("GET", "HEAD"))
def quality(request: ActorRequest) -> HttpResponse:
    """The checks with how many records have each fault."""
    place, above = _place(request)
    counts = checks.counts(place.path)
    groups = [
        (title, [(check, counts[check.id]) for check in checks.CHECKS if check.kind is kind])
        for kind, title in KINDS.items()
    ]
    context = {
        "place": place,
        "above": above,
        "people": counts["people"],
        "faulty": counts["faulty"],
        "groups": groups,
        "under": Institution.objects.filter(parent=place, valid_to__isnull=True).order_by("path"),
    }
    return TemplateResponse(request, "archives/quality.html", context)


@page("read.resident", methods=("GET", "HEAD"))
def faulty(request: ActorRequest, check_id: str) -> HttpResponse:
    """The people whose record has one fault, each leading to the record."""
    place, _above = _place(request)
    check = checks.by_id(check_id)
    if check is None:
        raise BatchNotFound
    after = _uuid(request.GET.get("after", ""))
    people = checks.people_with(check, place.path, A_PAGE + 1, after)
    log.write(by=request.actor, action="person.searched", detail={"check": check.id, "place": place.path})
    context = {
        "place": place,
        "check": check,
        "people": people[:A_PAGE],
        "more": people[A_PAGE - 1].pk if len(people) > A_PAGE else None,
        "may_record": is_allowed(request.actor, "record.visit"),
        "may_merge": is_allowed(request.actor, "merge.people"),
    }
    return TemplateResponse(request, "archives/faulty.html", context)


def _place(request: ActorRequest) -> tuple[Institution, Institution | None]:
    """The place asked for and the one above it, both within the reader's reach."""
    place = board.place_for(request.actor, request.GET.get("place"))
    if place is None:
        raise BatchNotFound
    above = place.parent
    reach = board.reach_of(request.actor)
    return place, above if above is not None and above.path.startswith(reach) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

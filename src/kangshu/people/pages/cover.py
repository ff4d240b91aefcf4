"""The printed cover of the health record 居民健康档案封面 (norms A1.2), with its whole number."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.kernel.dates import china_today
from kangshu.people import queries
from kangshu.people.models import Residence
from kangshu.places.models import Staff

# 6 division, 3 township, 3 village, 5 serial (norms A1.1).
_PARTS = ((0, 6), (6, 9), (9, 12), (12, 17))


@page("read.resident", methods=("GET", "HEAD"))
def cover(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Chinese whatever the page's language: it is the paper."""
    person = queries.canonical_person(person_id)
    log.write(
        by=request.actor,
        action="person.printed",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )
    first = Residence.objects.filter(person=person).order_by("from_on").select_related("institution").first()
    number = person.record_number or " " * 17
    context = {
        "person": person,
        "number": [number[first:last] for first, last in _PARTS],
        "township": person.region.parent,
        "created_by": first.institution if first else person.institution,
        "doctors": Staff.objects.filter(institution=person.institution, to_on=None).order_by("name_pinyin")[
            :1
        ],
        "today": china_today(),
    }
    return TemplateResponse(request, "people/cover.html", context)

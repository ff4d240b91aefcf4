"""Consent to reminders and its withdrawal: by the staff on the resident's page, by residents on their own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.messaging.actions import set_consent
from kangshu.messaging.models import How
from kangshu.people.refusals import PersonNotFound


@page("edit.resident", methods=("POST",))
def consent(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Keep what the resident, or the guardian, told the staff."""
    _set(request, person_id, How.STAFF)
    return HttpResponseRedirect(reverse("people:resident", args=[person_id]))


@page("read.own", methods=("POST",))
def own_consent(request: ActorRequest) -> HttpResponse:
    """Keep what the resident chose."""
    if request.actor.person_id is None:
        raise PersonNotFound
    _set(request, request.actor.person_id, How.OWN_PAGE)
    return HttpResponseRedirect("/")


def _set(request: ActorRequest, person_id: UUID, how: How) -> None:
    agreed = request.POST.get("agreed") == "1"
    set_consent(person_id=person_id, agreed=agreed, how=how, by=request.actor, now=timezone.now())
    words = _("Reminders are on.") if agreed else _("Reminders are off; nothing more is sent.")
    messages.success(request, words)

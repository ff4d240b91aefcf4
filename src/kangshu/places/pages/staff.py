"""One member of staff: facts, postings, and what can be done: correct, post elsewhere, let go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kangshu.access import entry
from kangshu.access.request import ActorRequest
from kangshu.kernel.actor import Actor
from kangshu.places import actions
from kangshu.places.errors import unknown_place
from kangshu.places.models import Staff
from kangshu.places.pages.acts import Act, offer
from kangshu.places.pages.forms import LeaveForm, PostForm, StaffForm
from kangshu.places.scope import is_within


@entry.page("edit.staff")
def member(request: ActorRequest, staff_id: UUID) -> HttpResponse:
    """A POST carries `do`, the name of the act."""
    actor: Actor = request.actor
    row = Staff.objects.select_related("institution").filter(pk=staff_id).first()
    if row is None or not is_within(row.institution.path, actor.scope_path):
        raise unknown_place(staff_id)
    shown = offer(request, _acts(row, actor), reverse("places:staff", args=[row.pk]))
    if isinstance(shown, HttpResponseRedirect):
        return shown
    context = {
        "member": row,
        "postings": row.postings.select_related("institution").order_by("-from_on"),
        "acts": shown if row.to_on is None else [],
    }
    return TemplateResponse(request, "places/staff.html", context)


def _acts(row: Staff, actor: Actor) -> list[Act]:
    def details(posted: Mapping[str, Any] | None) -> forms.Form:
        known = {name: getattr(row, name) for name in ("name", "kind", "licence", "phone")}
        return StaffForm(posted, initial=known, prefix="StaffForm")

    return [
        Act(
            "change",
            _("Correct the details"),
            _("Save"),
            details,
            lambda typed, by: actions.change_staff(staff=row.pk, details=typed, by=by),
            "edit.staff",
        ),
        Act(
            "post",
            _("Post to another institution"),
            _("Post"),
            lambda posted: PostForm(posted, prefix="PostForm", member=row, path=actor.scope_path),
            lambda typed, by: actions.post_staff(
                staff=row.pk,
                institution=typed["institution"].pk,
                on=typed["on"],
                hand_over_to=typed["hand_over_to"].pk if typed["hand_over_to"] else None,
                by=by,
                now=timezone.now(),
            ),
            "edit.staff",
            _("Their open cases at the old place pass to whom you choose."),
        ),
        Act(
            "leave",
            _("Leaves"),
            _("Leaves"),
            lambda posted: LeaveForm(posted, prefix="LeaveForm", member=row),
            lambda typed, by: actions.hand_over(
                staff_leaving=row.pk,
                to=typed["to"].pk if typed["to"] else None,
                on=typed["on"],
                reason=typed["reason"],
                by=by,
                now=timezone.now(),
            ),
            "edit.staff",
            _("Their open cases and tasks pass to whom you choose, or to the institution until then."),
            danger=True,
        ),
    ]

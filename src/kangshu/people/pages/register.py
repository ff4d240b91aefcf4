"""Registering a resident: the number first, similar people shown before saving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.people import actions, queries
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import BirthPrecision, Sex
from kangshu.people.pages.forms import RegisterForm
from kangshu.people.pages.show import institutions_in_scope, refuse, say, villages_of
from kangshu.people.pages.villages import place_form, township_of
from kangshu.people.refusals import AlreadyRegistered, NearMatches

_FIELDS = {"mother": "mother", "document_kind": "document_kind"}


@page("register.resident")
def register(request: ActorRequest) -> HttpResponse:
    institutions = institutions_in_scope(request.actor)
    villages = list(villages_of(institutions))
    form = place_form(
        RegisterForm,
        request,
        institutions=institutions,
        villages=villages,
        initial=_first_values(request, institutions, villages),
    )
    context: dict[str, Any] = {"form": form, "mother": _mother(request), "today": china_today()}
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.register_person(
                new=_given(form.cleaned_data),
                by=request.actor,
                now=timezone.now(),
                confirmed_different="confirmed" in request.POST,
            )
        except NearMatches as near:
            context["near"] = near.matches
        except AlreadyRegistered as held:
            refuse(request, form, held)
            context["held_by"] = held.person_id
            context["may_ask"] = held.person_id is None
        except Refusal as refusal:
            refuse(request, form, refusal, _FIELDS)
        else:
            say(request, _("Registered. Record number %(number)s.") % {"number": done.person.record_number})
            return HttpResponseRedirect(reverse("people:resident", args=[done.person.pk]))
    return TemplateResponse(request, "people/register.html", context)


def _first_values(request: ActorRequest, institutions: Any, villages: list) -> dict[str, Any]:
    own = institutions.filter(pk=request.actor.institution_id).first() or institutions.first()
    village = next((v for v in villages if own and v.code == own.region_id), None)
    first: dict[str, Any] = {
        "person_id": new_id(),
        "institution": own,
        "region": village.code if village else "",
        "township": township_of(own.region_id) if own else "",
        "ethnic_group": "01",
        "birth_precision": BirthPrecision.DAY,
        "sex": Sex.UNKNOWN,
    }
    mother = _mother(request)
    if mother is not None:
        first |= {
            "mother": mother.pk,
            "undocumented": "newborn",
            "name": _("Child of %(name)s") % {"name": mother.name},
            "address": mother.address,
            "phone": mother.phone,
            "region": mother.region_id,
            "institution": mother.institution_id,
        }
    return first


def _mother(request: ActorRequest) -> Any:
    asked = request.POST.get("mother") or request.GET.get("mother")
    if not asked:
        return None
    try:
        return queries.person(UUID(asked))
    except (ValueError, Refusal):
        return None


def _given(typed: dict[str, Any]) -> NewPerson:
    number = typed["id_number"].strip()
    return NewPerson(
        id=typed["person_id"],
        name=typed["name"],
        region=typed["region"],
        institution_id=typed["institution"].pk,
        document=DocumentGiven(number, typed["document_kind"]) if number else None,
        sex=typed["sex"] or Sex.UNKNOWN,
        birth_date=typed["birth_date"],
        birth_precision=typed["birth_precision"] or BirthPrecision.DAY,
        ethnic_group=typed["ethnic_group"] or "01",
        phone=typed["phone"],
        address=typed["address"],
        contact_name=typed["contact_name"],
        contact_phone=typed["contact_phone"],
        residence_type=typed["residence_type"] or "1",
        undocumented=typed["undocumented"],
        mother_id=typed["mother"],
        lives_here_since=typed["lives_here_since"],
    )

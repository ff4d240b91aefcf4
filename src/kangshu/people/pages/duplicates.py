"""People who may be registered twice: the list, two records side by side, and what was merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.kernel.dates import china_today
from kangshu.people import actions, queries
from kangshu.people.merging import conflicts_of
from kangshu.people.models import DuplicatePair, MergeLog, Person
from kangshu.people.pages.show import age_words, read_person, say
from kangshu.people.refusals import PersonNotFound

PER_PAGE = 30


@dataclass(frozen=True)
class Line:
    """One fact of two people, beside each other."""

    label: str
    one: Any
    other: Any
    tells: bool = True  # whether a difference says anything about who they are

    @property
    def differs(self) -> bool:
        return self.tells and bool(self.one) and bool(self.other) and self.one != self.other


@page("merge.people", methods=("GET", "HEAD"))
def duplicates(request: ActorRequest) -> HttpResponse:
    shown = Paginator(queries.open_pairs(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": shown.object_list, "today": china_today()}
    return TemplateResponse(request, "people/duplicates.html", context)


@page("merge.people")
def review_pair(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    pair = DuplicatePair.objects.select_related("person_a", "person_b").filter(pk=pair_id).first()
    if pair is None:
        raise PersonNotFound
    if request.method == "POST" and "different" in request.POST:
        actions.reject_pair(pair_id=pair.pk, by=request.actor, now=timezone.now())
        say(request, _("Remembered: not the same person."))
        return HttpResponseRedirect(_next_pair(request, pair.pk))
    return _compared(request, pair.person_a_id, pair.person_b_id, pair)


@page("merge.people")
def compare(request: ActorRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two people chosen by hand."""
    return _compared(request, one, other, None)


@page("merge.people")
def merges(request: ActorRequest) -> HttpResponse:
    if request.method == "POST":
        actions.unmerge_people(merge_id=UUID(request.POST["undo"]), by=request.actor, now=timezone.now())
        say(request, _("The merge was taken back."))
        return HttpResponseRedirect(reverse("people:merges"))
    logged = MergeLog.objects.select_related("kept", "merged").order_by("-at", "-id")
    shown = Paginator(logged, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "people/merges.html", {"page": shown, "rows": shown.object_list})


def _compared(
    request: ActorRequest, one_id: UUID, other_id: UUID, pair: DuplicatePair | None
) -> HttpResponse:
    one, other = queries.person(one_id), queries.person(other_id)
    if request.method == "POST" and "keep" in request.POST:
        kept = one if request.POST["keep"] == str(one.pk) else other
        merged = other if kept is one else one
        done = actions.merge_people(
            kept_id=kept.pk,
            merged_id=merged.pk,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            now=timezone.now(),
        )
        say(request, _("The two records are one now."))
        if done.conflicts or pair is None:
            return HttpResponseRedirect(reverse("people:resident", args=[kept.pk]))
        return HttpResponseRedirect(_next_pair(request, pair.pk))
    read_person(request, one)
    read_person(request, other)
    context = {
        "pair": pair,
        "one": one,
        "other": other,
        "lines": _lines(one, other),
        "conflicts": conflicts_of(one.pk, other.pk),
        "suggested": _fuller(one, other).pk,
    }
    return TemplateResponse(request, "people/compare.html", context)


def _next_pair(request: ActorRequest, done: UUID) -> str:
    following = queries.open_pairs().exclude(pk=done).first()
    return reverse("people:review_pair", args=[following.pk]) if following else reverse("people:duplicates")


def _fuller(one: Person, other: Person) -> Person:
    """The record to keep, as a suggestion: with a document, then with a phone, then the older one."""

    def weight(person: Person) -> tuple:
        documents = person.documents.filter(withdrawn_at=None).count()
        return (documents, bool(person.phone), -person.created_at.timestamp())

    return max((one, other), key=weight)


def _lines(one: Person, other: Person) -> list[Line]:
    today = china_today()

    def facts(person: Person) -> list[Any]:
        documents = person.documents.filter(withdrawn_at=None)
        return [
            person.name,
            person.get_sex_display(),
            f"{person.birth_date or ''} ({age_words(person, today)})",
            person.phone,
            "、".join(f"{d.get_kind_display()} …{d.last4}" for d in documents),
            person.address,
            person.region.name,
            person.institution.name,
            person.contact_name,
            person.record_number,
            person.get_status_display(),
            person.created_at.date().isoformat(),
        ]

    labels = [
        pgettext("person", "Name"),
        _("Sex"),
        _("Birth date"),
        _("Phone"),
        _("Document"),
        _("Address"),
        _("Village"),
        _("Responsible institution"),
        _("Contact person"),
        _("Record number"),
        _("Status"),
        _("Registered on"),
    ]
    own = {_("Record number"), _("Registered on")}
    beside = zip(labels, facts(one), facts(other), strict=True)
    return [Line(label, mine, theirs, label not in own) for label, mine, theirs in beside]

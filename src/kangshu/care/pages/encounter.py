"""Light entry of an encounter, the list of a person's encounters, and the search of diagnosis codes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.care import queries
from kangshu.care.actions import record_encounter
from kangshu.care.codes import search_diagnoses
from kangshu.care.pages.forms import EncounterForm, blank_rows, read_encounter, typed_rows
from kangshu.codes.lists import code_list
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.people import queries as people


@page("record.care")
def record(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = people.canonical_person(person_id)
    first = {"encounter_id": new_id(), "kind": "outpatient", "started_on": china_today()}
    form = EncounterForm(request.POST or None, initial=first)
    rows = typed_rows(request.POST) if request.method == "POST" else blank_rows()
    problems: list = []
    if request.method == "POST" and form.is_valid():
        new, problems = read_encounter(form.cleaned_data, rows, person_id=person.pk, by=request.actor)
        try:
            if problems:
                raise BadInput(problems)
            record_encounter(new=new, by=request.actor, now=timezone.now())
        except BadInput as refusal:
            problems = list(refusal.problems)
        except Refusal as refusal:
            problems = [refusal]
        else:
            messages.success(request, _("The visit was saved."))
            return HttpResponseRedirect(reverse("people:resident", args=[person.pk]))
    context = {
        "person": person,
        "form": form,
        "problems": problems,
        "frequencies": [(code.code, code.text) for code in code_list("frequency")],
        **rows,
    }
    return TemplateResponse(request, "care/record.html", context)


@page("read.care", methods=("GET", "HEAD"))
def encounters(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = people.canonical_person(person_id)
    log.write(
        by=request.actor,
        action="care.read",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )
    context = {"person": person, "encounters": queries.encounters_of(person.pk, limit=200)}
    return TemplateResponse(request, "care/encounters.html", context)


@page("record.care", methods=("GET", "HEAD"))
def diagnosis_codes(request: ActorRequest) -> HttpResponse:
    """What fits the text typed into a diagnosis row, as a list to choose from."""
    text = next((value for name, value in request.GET.items() if name.endswith("-search")), "")
    row = request.GET.get("row", "0")
    context = {"found": search_diagnoses(text), "row": row if row.isdigit() else "0", "text": text.strip()}
    return TemplateResponse(request, "care/diagnosis_codes.html", context)

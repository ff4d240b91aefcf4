"""Files about a person: adding, taking out of use, and the only way to read one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.people import actions, queries
from kangshu.people.files import read_file
from kangshu.people.models import Attachment
from kangshu.people.pages.forms import AttachmentForm
from kangshu.people.pages.show import head_of, refuse, say
from kangshu.people.refusals import PersonNotFound


@page("edit.resident")
def attachments(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.canonical_person(person_id)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        try:
            if "withdraw" in request.POST:
                actions.withdraw_attachment(
                    attachment_id=UUID(request.POST["withdraw"]), by=request.actor, now=timezone.now()
                )
                say(request, _("The file was taken out of use."))
                return HttpResponseRedirect(reverse("people:attachments", args=[person.pk]))
            if form.is_valid():
                actions.add_attachment(
                    person_id=person.pk,
                    kind=form.cleaned_data["kind"],
                    title=form.cleaned_data["title"],
                    content=form.cleaned_data["file"].read(),
                    by=request.actor,
                    now=timezone.now(),
                )
                say(request, _("The file was added."))
                return HttpResponseRedirect(reverse("people:attachments", args=[person.pk]))
        except Refusal as refusal:
            refuse(request, form, refusal)
    context = head_of(request, person, china_today())
    context |= {"form": form, "files": queries.attachments_of(person.pk)}
    return TemplateResponse(request, "people/attachments.html", context)


@page("read.resident", methods=("GET", "HEAD"))
def attachment(request: ActorRequest, attachment_id: UUID) -> HttpResponse:
    """One file, if row security shows its row. A resident's own page uses it too."""
    found = Attachment.objects.filter(pk=attachment_id, withdrawn_at=None).first()
    if found is None:
        raise PersonNotFound
    log.write(
        by=request.actor,
        action="attachment.read",
        about=found,
        person_id=found.person_id,
        scope_path=found.scope_path,
        compartment=found.compartment,
    )
    response = HttpResponse(read_file(found.content_hash), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response

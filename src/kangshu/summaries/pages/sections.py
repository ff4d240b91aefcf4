"""One section: being written with its figures beside it, read as it will stand, reviewed, remarked on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.models import Account
from kangshu.access.request import ActorRequest
from kangshu.indicators import board
from kangshu.kernel.errors import NotAllowed, NotFound, Refusal
from kangshu.kernel.periods import parse_period
from kangshu.summaries import actions, review
from kangshu.summaries.binding import Setting, bind, pieces, tokens_in
from kangshu.summaries.models import Comment, Section
from kangshu.summaries.pages.shared import catalogue, section_of
from kangshu.summaries.refusals import ChangedMeanwhile, SummaryNotFound


@page("write.summary")
def edit(request: ActorRequest, section_id: UUID) -> HttpResponse:
    """The text, the figures one may put in, and how it reads now."""
    section = section_of(request, section_id)
    context: dict[str, Any] = {"section": section, "text": section.text, "version": section.version}
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        try:
            actions.write_section(
                section=section.pk,
                text=text,
                seen_version=_number(request.POST.get("version")),
                by=request.actor,
                now=timezone.now(),
            )
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            section.refresh_from_db()
            # After a clash the other text is shown, and saving again means: I have seen it.
            context |= {"refusal": refusal, "text": text, "version": section.version}
            context["theirs"] = section.text if isinstance(refusal, ChangedMeanwhile) else ""
        else:
            messages.success(request, _("Section saved."))
            return _back(section)
    context |= {
        "summary": section.summary,
        "catalogue": catalogue(),
        "history": section.texts.all()[:20],
        "comments": section.comments.all(),
        **_reading(request, section, str(context["text"])),
    }
    status = 409 if "refusal" in context else 200
    return TemplateResponse(request, "summaries/edit.html", context, status=status)


@page("write.summary", methods=("POST",))
def preview(request: ActorRequest, section_id: UUID) -> HttpResponse:
    """How the text being written would read; nothing is saved."""
    section = section_of(request, section_id)
    context = _reading(request, section, request.POST.get("text", "")[: actions.LONGEST])
    return TemplateResponse(request, "summaries/reading.html", context)


def _reading(request: ActorRequest, section: Section, text: str) -> dict[str, Any]:
    summary = section.summary
    store = board.store_for(request.actor) if board.has_snapshot() else None
    setting = Setting(store, parse_period(summary.period), summary.institution, board.reach_of(request.actor))
    figures = bind([text], setting)
    return {
        "paragraphs": pieces(text, figures),
        "figures": [figures[token] for token in tokens_in(text)],
    }


@page("read.summary", methods=("POST",))
def act(request: ActorRequest, section_id: UUID) -> HttpResponse:
    """One step of a section's way: compose again, assign, hand in, approve, send back, remark."""
    section = section_of(request, section_id)
    wanted = _STEPS.get(request.POST.get("step", ""))
    if wanted is None:
        raise SummaryNotFound
    step, done = wanted
    try:
        step(request, section)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        problems = getattr(refusal, "problems", None)
        message = problems[0].message if problems else refusal.message
        messages.error(request, message.in_language(get_language() or "zh-hans"))
    else:
        messages.success(request, str(done()))
    return _back(section)


@page("read.summary", methods=("POST",))
def settle(request: ActorRequest, comment_id: UUID) -> HttpResponse:
    """A remark is dealt with."""
    found = Comment.objects.select_related("section").filter(pk=comment_id).first()
    if found is None:
        raise SummaryNotFound
    review.settle(comment=comment_id, by=request.actor, now=timezone.now())
    return _back(found.section)


def _compose(request: ActorRequest, section: Section) -> None:
    actions.compose_again(section=section.pk, by=request.actor, now=timezone.now())


def _assign(request: ActorRequest, section: Section) -> None:
    review.assign(section=section.pk, to=_account(request.POST.get("to", "")), by=request.actor)


def _submit(request: ActorRequest, section: Section) -> None:
    review.submit(section=section.pk, by=request.actor)


def _approve(request: ActorRequest, section: Section) -> None:
    review.approve(section=section.pk, by=request.actor, now=timezone.now())


def _send_back(request: ActorRequest, section: Section) -> None:
    review.send_back(
        section=section.pk, note=request.POST.get("note", ""), by=request.actor, now=timezone.now()
    )


def _comment(request: ActorRequest, section: Section) -> None:
    review.comment(
        section=section.pk,
        text=request.POST.get("note", ""),
        quote=request.POST.get("quote", ""),
        by=request.actor,
        now=timezone.now(),
    )


Step = Callable[[ActorRequest, Section], None]
_STEPS: dict[str, tuple[Step, Callable[[], str]]] = {
    "compose": (_compose, lambda: _("Composed anew from the data; the earlier text is in its history.")),
    "assign": (_assign, lambda: _("Saved who writes this section.")),
    "submit": (_submit, lambda: _("Handed in for review.")),
    "approve": (_approve, lambda: _("Approved.")),
    "return": (_send_back, lambda: _("Sent back.")),
    "comment": (_comment, lambda: _("Remark saved.")),
}


def _account(text: str) -> UUID | None:
    """The account of that user name; None for nobody. Raises SummaryNotFound for an unknown one."""
    name = text.strip().lower()
    if not name:
        return None
    found = Account.objects.filter(username=name, is_active=True).values_list("pk", flat=True).first()
    if found is None:
        raise SummaryNotFound
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _back(section: Section) -> HttpResponse:
    return HttpResponseRedirect(reverse("summaries:read", args=[section.summary_id]) + f"#{section.key}")

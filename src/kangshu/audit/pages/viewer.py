"""The viewer of the trail, for auditors. It shows acts and ids, never the content of a record."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from kangshu.access import entry
from kangshu.access.request import ActorRequest
from kangshu.audit import log, queries
from kangshu.audit.models import AuditEntry
from kangshu.audit.words import ACTS, SUBJECTS

PER_PAGE = 50


@entry.page("read.audit", methods=("GET", "HEAD"))
def viewer(request: ActorRequest) -> HttpResponse:
    """Entries by who, whom, act, outcome and day. Pages follow the last id: counting would be slow."""
    asked = {
        name: request.GET.get(name, "").strip()
        for name in ("who", "person", "action", "outcome", "first_on", "last_on")
    }
    filters = queries.Filters(
        who=asked["who"],
        person_id=_uuid(asked["person"]),
        action=asked["action"],
        outcome=asked["outcome"],
        first_on=_date(asked["first_on"]),
        last_on=_date(asked["last_on"]),
    )
    unreadable = [
        name for name in ("person", "first_on", "last_on") if asked[name] and not _read(name, asked)
    ]
    found = queries.entries(filters) if not unreadable else AuditEntry.objects.none()
    before = request.GET.get("before", "")
    if before.isdigit():
        found = found.filter(id__lt=int(before))
    rows = list(found[: PER_PAGE + 1])
    language = get_language() or ""
    # Looking at the trail is an act too: who watches the watchers reads this.
    log.write(by=request.actor, action="audit.read", detail={k: v for k, v in asked.items() if v})
    context = {
        "rows": rows[:PER_PAGE],
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "asked": asked,
        "unreadable": unreadable,
        "outcomes": AuditEntry.Outcome.choices,
        "subjects": [
            (title.in_language(language), code, _acts_of(code, language)) for code, title in SUBJECTS.items()
        ],
    }
    return TemplateResponse(request, "audit/viewer.html", context)


def _acts_of(subject: str, language: str) -> list[tuple[str, str]]:
    return [
        (code, words.in_language(language)) for code, words in ACTS.items() if code.startswith(subject + ".")
    ]


def _read(name: str, asked: dict[str, str]) -> object:
    return _uuid(asked[name]) if name == "person" else _date(asked[name])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

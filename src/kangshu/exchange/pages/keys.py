"""Keys for programs: make one, see it once, end it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.exchange.keys import make_key, revoke_key
from kangshu.exchange.models import ApiKey
from kangshu.kernel.errors import BadInput

PERMISSION = "use.api"


@page(PERMISSION)
def keys(request: ActorRequest) -> HttpResponse:
    """The account's own keys. A new one is on the answer to the form, and nowhere afterwards."""
    made = problems = None
    now = timezone.now()
    if request.method == "POST" and "revoke" in request.POST:
        revoke_key(key_id=UUID(request.POST["revoke"]), by=request.actor, now=now)
        return HttpResponseRedirect(request.path)
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            made = make_key(
                name=request.POST.get("name", ""),
                days=int(days) if days.isdigit() else 0,
                by=request.actor,
                now=now,
            )
        except BadInput as refused:
            problems = refused.problems
    context = {
        "keys": ApiKey.objects.filter(account_id=request.actor.account_id),
        "made": made,
        "problems": problems,
        "now": now,
    }
    return TemplateResponse(request, "exchange/keys.html", context, status=400 if problems else 200)

"""Snapshots: which there are, what is inside, and taking one now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.indicators.actions import snapshots_root
from kangshu.indicators.snapshot import manifest
from kangshu.indicators.tasks import take_in_background

SHOWN = 20


@page("take.snapshot")
def snapshots(request: ActorRequest) -> HttpResponse:
    """The newest snapshots; a POST asks for a new one."""
    if request.method == "POST":
        take_in_background(by=request.actor)
        messages.success(request, _("A snapshot is being taken. It appears here in a moment."))
        return redirect("indicators:snapshots")
    root = snapshots_root()
    names = manifest.names(root)[::-1]
    context = {"rows": [manifest.read(root, name) for name in names[:SHOWN]], "total": len(names)}
    return TemplateResponse(request, "indicators/snapshots.html", context)

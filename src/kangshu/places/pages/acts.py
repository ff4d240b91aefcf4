"""Pages on which several things can be done to one place: each act is a folded form with its own button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.request import ActorRequest
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.kernel.permission import is_allowed

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """One thing that can be done. `do` takes what was typed and the actor, and runs one action."""

    name: str
    title: Words
    button: Words
    form: Callable[[Mapping[str, Any] | None], forms.Form]
    do: Callable[[dict[str, Any], Actor], Any]
    permission: str
    hint: Words = ""
    danger: bool = False


@dataclass(frozen=True)
class Shown:
    """An act with its form as it stands, open when it was refused."""

    act: Act
    form: forms.Form
    is_open: bool


def offer(request: ActorRequest, acts: Sequence[Act], then: str) -> HttpResponseRedirect | list[Shown]:
    """Do the act that a POST names and go to `then`, or give the acts to be drawn."""
    actor: Actor = request.actor
    shown = []
    for act in acts:
        if not is_allowed(actor, act.permission):
            continue
        is_asked = request.method == "POST" and request.POST.get("do") == act.name
        form = act.form(request.POST if is_asked else None)
        if is_asked and form.is_valid():
            try:
                act.do(form.cleaned_data, actor)
            except Refusal as refusal:
                show(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(then)
        shown.append(Shown(act, form, is_asked))
    return shown


def show(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal at its field of the form, or at its head."""
    language = get_language() or ""
    if not isinstance(refusal, BadInput):
        form.add_error(
            refusal.where if refusal.where in form.fields else None, refusal.message.in_language(language)
        )
        return
    for problem in refusal.problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, problem.message.in_language(language))

"""Running the rule of a logbook's form over an entry and those before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kangshu.declare import registry
from kangshu.declare.answers import typed
from kangshu.declare.form import Form
from kangshu.declare.rules import Assessment, PersonFacts, Visit
from kangshu.fieldwork.models import Entry, Status

EARLIER = 24
"""So many earlier entries a rule may look at."""


def assess(
    form: Form,
    logbook_id: str,
    performed_on: date,
    answers: Mapping[str, Any],
    institution: UUID,
    site: UUID | None,
    but: UUID | None,
) -> Assessment | None:
    """What typed answers mean after the earlier entries about the same site, or of the same institution; None
    without a rule. `but` is left out of them. Raises CannotAssess."""
    rule = registry.rule(form)
    if rule is None:
        return None
    same = {"site": site} if site is not None else {"institution": institution}
    rows = Entry.objects.filter(
        logbook=logbook_id, status=Status.CURRENT, performed_on__lte=performed_on, **same
    ).exclude(pk=but)
    earlier = [
        Visit(
            row.performed_on, typed(registry.form(row.form_id, row.form_version), row.answers), row.assessment
        )
        for row in rows.order_by("-performed_on", "-entered_at")[:EARLIER]
    ]
    return rule(Visit(performed_on, answers), earlier[::-1], PersonFacts(), registry.NormParameters())


def _typed(row: Entry) -> Mapping[str, Any]:
    return typed(registry.form(row.form_id, row.form_version), row.answers)

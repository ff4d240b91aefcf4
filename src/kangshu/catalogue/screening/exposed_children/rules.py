"""What the registration, a visit and the result mean."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.exposed_children import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

YES = "2"
RESULTS = {"1": "excluded", "2": "infected", "3": "waiting"}


def born(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: given, not_given."""
    return judged(forms.BORN, "given" if needed(visit, "prophylaxis") == YES else "not_given")


def seen(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: suspected (a positive test or signs), well."""
    suspected = needed(visit, "tested") == "3" or visit.answers.get("signs") == YES
    return judged(forms.SEEN, "suspected" if suspected else "well")


def result(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: excluded, infected, waiting."""
    return judged(forms.RESULT, RESULTS[needed(visit, "result")])

"""Who is operated, and how well they see afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.cataract import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

LOW, BLIND = 30, 5
CLOUDED = {"2": ("right",), "3": ("left",), "4": ("right", "left")}


def screened(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: operate (a clouded eye sees less than 0.3 and the person is willing), watch, none."""
    eyes = CLOUDED.get(needed(visit, "lens"), ())
    if not eyes:
        return judged(forms.SCREENED, "none")
    poor = any(needed(visit, eye) < LOW for eye in eyes)
    willing = needed(visit, "willing") == "1"
    return judged(forms.SCREENED, "operate" if poor and willing else "watch")


OPERATIONS = {"1": "operated", "2": "waiting", "3": "unfit"}


def operated(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: operated, waiting, unfit."""
    return judged(forms.OPERATED, OPERATIONS[needed(visit, "result")])


def seen(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: restored (0.3 and more), better (0.05 and more), worse."""
    vision = needed(visit, "vision")
    return judged(forms.SEEN, "restored" if vision >= LOW else "better" if vision >= BLIND else "worse")

"""Who is suitable, what was sealed, whether it is kept (norms K4)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.dental_sealant import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

YES, SUITABLE, CARIES, COMPLETE, LOST = "2", "1", "3", "1", ("2", "3")


def seen(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: suitable (a tooth to be sealed, with consent), unsuitable, refused. Values `teeth` to be
    sealed, `carious`."""
    if needed(visit, "consent") != YES:
        return judged(forms.SEEN, "refused", teeth=0, carious=0)
    chart = [needed(visit, f"tooth_{tooth}") for tooth in forms.TEETH]
    teeth, carious = chart.count(SUITABLE), chart.count(CARIES)
    able = teeth > 0 and visit.answers.get("health") != YES
    return judged(forms.SEEN, "suitable" if able else "unsuitable", teeth=teeth, carious=carious)


def sealed(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: sealed, not_sealed. Value `teeth`: how many."""
    teeth = [tooth for tooth in needed(visit, "teeth") if tooth != "0"]
    return judged(forms.SEALED, "sealed" if teeth else "not_sealed", teeth=len(teeth))


def checked(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: kept, again (a sealant partly or wholly lost). Values `checked` teeth, `complete` ones."""
    found = [needed(visit, f"kept_{tooth}") for tooth in forms.TEETH]
    complete, lost = found.count(COMPLETE), sum(found.count(code) for code in LOST)
    return judged(forms.CHECKED, "again" if lost else "kept", checked=complete + lost, complete=complete)

"""From 33 scores to nine constitutions (norms A11.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kangshu.catalogue.tcm.elders import wording
from kangshu.catalogue.tcm.elders.items import BALANCED, BALANCED_ITEM, BALANCED_REVERSED, BIASED, ITEMS
from kangshu.catalogue.tcm.elders.parameters import NORM
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Text, Visit

ANYBODY = PersonFacts()
YES, BASICALLY, TENDS, NO = "yes", "basically", "tends", "no"
UNCLEAR = "unclear"
TENTH, CENTIMETRE = Decimal("0.1"), Decimal(1)


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Values: for each of the nine its `<name>_score` and `<name>` (yes, basically, tends, no), `q9` and
    `q28` (the grades from body mass index and waist), `outcome`: the biased constitution with the
    highest score among those that are "yes"; else balanced if it is, or basically is; else the highest that
    tends; else unclear. Raises CannotAssess when a score is missing."""
    scores = _scores(visit, parameters)
    sums = {name: sum(scores[item] for item in items) for name, items in BIASED.items()}
    balanced = scores[BALANCED_ITEM] + sum(6 - scores[item] for item in BALANCED_REVERSED)
    verdicts = {name: _biased(total, visit, parameters) for name, total in sums.items()}
    verdicts[BALANCED] = _balanced(balanced, max(sums.values()), visit, parameters)
    outcome = _main(sums, verdicts)
    said = [name for name, verdict in verdicts.items() if verdict != NO]
    return Assessment(
        outcome=outcome,
        values={
            "outcome": outcome,
            **{f"{name}_score": total for name, total in {**sums, BALANCED: balanced}.items()},
            **verdicts,
            "q9": str(scores[9]),
            "q28": str(scores[28]),
        },
        title=wording.OUTCOMES[outcome],
        advice=tuple(Advice(name, _words(name, verdicts)) for name in said),
    )


def _words(name: str, verdicts: Mapping[str, str]) -> Text:
    found, verdict, advice = wording.OUTCOMES[name], wording.VERDICTS[verdicts[name]], wording.ADVICE[name]
    return Text(f"{found.zh}（{verdict.zh}）：{advice.zh}", f"{found.en} ({verdict.en}): {advice.en}")


def _scores(visit: Visit, parameters: Parameters) -> dict[int, int]:
    """The score of every item, 1 to 5; the doctor's own grade of 9 and 28 before the measurement's."""
    scores = {}
    for place in range(1, len(ITEMS) + 1):
        given = visit.answers.get(f"q{place}")
        score = int(given) if given is not None else _measured(place, visit, parameters)
        if score is None:
            raise CannotAssess("tcm_elders.item_missing", wording.MISSING, where=f"q{place}")
        scores[place] = score
    return scores


def _measured(place: int, visit: Visit, parameters: Parameters) -> int | None:
    if place == 9:
        return _grade("bmi", _bmi(visit), visit, parameters)
    if place == 28:
        waist = visit.answers.get("waist")
        # The steps are of whole centimetres.
        whole = None if waist is None else waist.quantize(CENTIMETRE, ROUND_HALF_UP)
        return _grade("waist", whole, visit, parameters)
    return None


def _bmi(visit: Visit) -> Decimal | None:
    height, weight = visit.answers.get("height"), visit.answers.get("weight")
    if not height or weight is None:
        return None
    metres = Decimal(height) / 100
    return (Decimal(weight) / (metres * metres)).quantize(TENTH, ROUND_HALF_UP)


def _grade(what: str, value: Decimal | None, visit: Visit, parameters: Parameters) -> int | None:
    if value is None:
        return None
    reached = (
        grade
        for grade in (5, 4, 3, 2)
        if value >= parameters.value(f"tcm_elders.{what}_{grade}", visit.performed_on)
    )
    return next(reached, 1)


def _biased(total: int, visit: Visit, parameters: Parameters) -> str:
    if total >= parameters.value("tcm_elders.yes", visit.performed_on):
        return YES
    return TENDS if total >= parameters.value("tcm_elders.tends", visit.performed_on) else NO


def _balanced(total: int, highest: int, visit: Visit, parameters: Parameters) -> str:
    on = visit.performed_on
    if total < parameters.value("tcm_elders.balanced", on):
        return NO
    if highest <= parameters.value("tcm_elders.others_yes", on):
        return YES
    return BASICALLY if highest <= parameters.value("tcm_elders.others_basically", on) else NO


def _main(sums: Mapping[str, int], verdicts: Mapping[str, str]) -> str:
    """Of equal scores the one that stands first in the norm's table."""
    by_score = sorted(sums, key=lambda name: -sums[name])
    for name in by_score:
        if verdicts[name] == YES:
            return name
    if verdicts[BALANCED] != NO:
        return BALANCED
    return next((name for name in by_score if verdicts[name] == TENDS), UNCLEAR)

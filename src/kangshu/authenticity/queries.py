"""Looks, institutions by how far they stand out, and what the phone check says of signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from kangshu.authenticity.models import Call, Look, Outcome, Score
from kangshu.authenticity.visits import Sign

STANDS_OUT = 3.0  # standard deviations above the county


@dataclass(frozen=True)
class Standing:
    """An institution in a look. `deviations`: how far its share of suspected records is from the county's."""

    score: Score
    share: float
    deviations: float
    signs: tuple[tuple[Sign, int], ...]

    @property
    def stands_out(self) -> bool:
        return self.deviations >= STANDS_OUT


def standings(look: Look) -> list[Standing]:
    """The institutions of a look that the reader may see, those that stand out most first."""
    scores = list(look.scores.select_related("institution"))
    usual = (look.suspected + 0.5) / (look.judged + 1)
    found = [_standing(score, usual) for score in scores]
    return sorted(found, key=lambda one: (-one.deviations, one.score.scope_path))


def _standing(score: Score, usual: float) -> Standing:
    spread = sqrt(usual * (1 - usual) / score.judged)
    share = score.suspected / score.judged
    signs = tuple((Sign(name), number) for name, number in sorted(score.signs.items()))
    return Standing(score, share, (share - usual) / spread, signs)


@dataclass(frozen=True)
class Half:
    """One half of a sample: with or without a sign; `wrong` did not take place, or not as recorded."""

    suspected: bool
    drawn: int
    answered: int
    wrong: int


def halves(calls: Sequence[Call]) -> list[Half]:
    """What the calls made so far told of records with a sign and of records without."""
    found = []
    for suspected in (True, False):
        of_half = [call for call in calls if call.suspected is suspected]
        answered = [call for call in of_half if call.outcome and call.outcome != Outcome.UNREACHED]
        wrong = [call for call in answered if call.outcome != Outcome.CONFIRMED]
        found.append(Half(suspected, len(of_half), len(answered), len(wrong)))
    return found

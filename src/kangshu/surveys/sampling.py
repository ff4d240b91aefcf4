"""Drawing a sample in three steps: clusters in proportion to their size, households, one person of each.

Whoever repeats a draw with the recorded numbers gets the same sample: the random start, the seed and the
Kish table of a household are arguments, and belong into the protocol of the survey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class CannotDraw(Refusal):
    """The frame does not hold the sample that is asked of it."""


_TOO_FEW = Text(
    "样本量为零或超过可抽取的数量。", "The sample is empty, or larger than what it is drawn from."
)
_BAD_START = Text("随机起点须不小于0且小于抽样间隔。", "The random start lies outside the sampling interval.")
_BAD_SIZE = Text("每个群的规模须大于零。", "Every cluster needs a size above zero.")
_BAD_TABLE = Text("Kish表的编号为1至8。", "A Kish table has a number from 1 to 8.")


@dataclass(frozen=True)
class Cluster:
    """A village or committee of the frame; `size` is what it is drawn in proportion to (households)."""

    code: str
    size: int


@dataclass(frozen=True)
class Chosen:
    """A cluster of the sample, with the chance it had in every one of its `hits`. A cluster larger than the
    interval may be hit more than once: then so many groups of households are drawn in it."""

    cluster: Cluster
    hits: int
    expected: Fraction
    """How many hits were to be expected: the number of draws times its share of the total size."""


def interval(clusters: Sequence[Cluster], draws: int) -> Fraction:
    """The sampling interval: total size over the number of draws. Raises CannotDraw."""
    if not 0 < draws <= len(clusters):
        raise CannotDraw("survey.draws", _TOO_FEW, where="draws")
    if any(cluster.size <= 0 for cluster in clusters):
        raise CannotDraw("survey.size", _BAD_SIZE, where="size")
    return Fraction(sum(cluster.size for cluster in clusters), draws)


def random_start(clusters: Sequence[Cluster], draws: int, seed: int) -> int:
    """A start for `by_size` between 0 and the interval, to be written into the protocol."""
    width = interval(clusters, draws)
    return Random(seed).randrange(max(1, int(width)))


def by_size(clusters: Sequence[Cluster], draws: int, start: int) -> tuple[Chosen, ...]:
    """Systematic sampling in proportion to size: the sizes are laid end to end in the order of the frame, and
    whoever covers `start`, `start + interval`, … is chosen. Raises CannotDraw."""
    width = interval(clusters, draws)
    if not 0 <= start < width:
        raise CannotDraw("survey.start", _BAD_START, where="start")
    points = [start + width * number for number in range(draws)]
    found: list[Chosen] = []
    first = 0
    for cluster in clusters:
        hits = sum(first <= point < first + cluster.size for point in points)
        if hits:
            found.append(Chosen(cluster, hits, cluster.size / width))
        first += cluster.size
    return tuple(found)


def households(frame: Sequence[str], number: int, seed: int) -> tuple[str, ...]:
    """So many households of a cluster's list, each with the same chance, in the order of the list. Raises
    CannotDraw when the list is shorter."""
    if not 0 < number <= len(frame):
        raise CannotDraw("survey.households", _TOO_FEW, where="households")
    places = sorted(Random(seed).sample(range(len(frame)), number))
    return tuple(frame[place] for place in places)


#: Kish's eight tables (Kish 1949): which member is asked, by the number of eligible members (1 to 6 and more)
#: when they are listed men first, the oldest first. Tables by their share among twelve: A 2, B1 1, B2 1, C 2,
#: D 2, E1 1, E2 1, F 2.
KISH = (
    (1, 1, 1, 1, 1, 1),
    (1, 1, 1, 1, 2, 2),
    (1, 1, 1, 2, 2, 2),
    (1, 1, 2, 2, 3, 3),
    (1, 2, 2, 3, 4, 4),
    (1, 2, 3, 3, 3, 5),
    (1, 2, 3, 4, 5, 5),
    (1, 2, 3, 4, 5, 6),
)
_SHARES = (2, 1, 1, 2, 2, 1, 1, 2)
MOST = 6


def kish_table(random: Random) -> int:
    """The number of the table of a household, 1 to 8, by Kish's shares."""
    return random.choices(range(1, len(KISH) + 1), _SHARES)[0]


@dataclass(frozen=True)
class Member:
    """A member of a household who may be asked. `sex`: "1" man, "2" woman."""

    code: str
    sex: str
    age: int


def kish(members: Sequence[Member], table: int) -> Member | None:
    """The one who is asked; None when nobody may be. Men first, the oldest first; of more than six eligible
    the first six are listed, as Kish has it. Raises CannotDraw for a table that is none."""
    if not 1 <= table <= len(KISH):
        raise CannotDraw("survey.kish", _BAD_TABLE, where="table")
    if not members:
        return None
    listed = sorted(members, key=lambda member: (member.sex != "1", -member.age, member.code))[:MOST]
    return listed[KISH[table - 1][len(listed) - 1] - 1]

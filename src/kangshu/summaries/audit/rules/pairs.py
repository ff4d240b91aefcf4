"""Two counts, the second never more, told without a rate: 应检46人，实检48人; 立案52件，结案58件."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, printed
from kangshu.summaries.audit.units import alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

# The whole, the part, and whether cases of an earlier year may swell the part.
PAIRS = (
    (re.compile(r"立案"), re.compile(r"^(?:已)?结案"), True),
    (re.compile(r"受理"), re.compile(r"^(?:已|按期)?(?:办结|结案)"), True),
    (re.compile(r"排查.{0,8}隐患|查出.{0,8}隐患|发现.{0,4}(?:隐患|问题)"), re.compile(r"^(?:已)?整改"), True),
    (re.compile(r"应(?:种|检|服|查|报)$"), re.compile(r"^实(?:际)?(?:种|检|服|查|报)"), False),
    (
        re.compile(r"应(?:接种|检查|筛查|随访|治疗|建|参保|参合)[^，。；]{0,4}$"),
        re.compile(r"^(?:已|实际?)[^，。；]{0,10}$"),
        False,
    ),
    (
        re.compile(r"在管|在册|登记|管理"),
        re.compile(r"^(?:[血]?[压糖]?[^，。；]{0,6})(?:达标|控制|规范管理|服药)(?:人数)?$"),
        False,
    ),
    (re.compile(r"抽检|参考|抽查|采样"), re.compile(r"^(?:合格|及格)"), False),
    (re.compile(r"确诊|登记.{0,6}(?:病人|患者)"), re.compile(r"^治愈"), True),
)


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Neighbours of one segment, the first a whole of the second."""
    for figures in reading.by_paragraph.values():
        for whole, part in itertools.pairwise(figures):
            found = next((one for one in PAIRS if _is_pair(whole, part, one[0], one[1])), None)
            if found is None or part.value is None or whole.value is None:
                continue
            if part.value > whole.value:
                yield _exceeds(reading, whole, part, carried=found[2])
            else:
                words = f"{as_printed(part)} ≤ {as_printed(whole)}"
                yield reading.held(Kind.PART_EXCEEDS_WHOLE, [whole, part], Text(words, words))


def _is_pair(whole: Figure, part: Figure, first: re.Pattern[str], second: re.Pattern[str]) -> bool:
    if not (whole.is_count and part.is_count and whole.is_exact and part.is_exact):
        return False
    if whole.segment != part.segment or not alike(whole.unit, part.unit):
        return False
    return bool(first.search(whole.subject) and second.search(part.subject))


def _exceeds(reading: Reading, whole: Figure, part: Figure, *, carried: bool) -> Finding:
    return reading.finding(
        Kind.PART_EXCEEDS_WHOLE,
        Level.ASK if carried else Level.PROVEN,
        [whole, part],
        Text(
            f"{as_printed(part)}多于{as_printed(whole)}，请核对（是否含上年结转）。",
            f"{as_printed(part)} is more than {as_printed(whole)}; were some carried over?",
        ),
        stated=printed(part),
        computed=printed(whole),
    )

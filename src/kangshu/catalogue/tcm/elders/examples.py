"""Worked scales: the three of L5, every cut-off, and the graded items 9 and 28 (norms A11.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.catalogue.tcm.elders.items import BIASED
from kangshu.declare import Example, Text

FORM = "tcm.elders.constitution"
DAY = date(2026, 5, 12)


def _scores(changes: dict[int, int]) -> dict[str, str]:
    return {f"q{place}": str(changes.get(place, 1)) for place in range(1, 34)}


def _scale(
    name: str,
    zh: str,
    en: str,
    changes: dict[int, int],
    expected: dict[str, Any],
    clause: str = "norms A11.1",
) -> Example:
    return Example(name, Text(zh, en), FORM, DAY, _scores(changes), expected, clause=clause)


def _sum(constitution: str, total: int) -> dict[int, int]:
    """Scores of its four items that sum to a total."""
    items = BIASED[constitution]
    high = total - 4
    scores = [1 + min(4, max(0, high - 4 * place)) for place in range(4)]
    return dict(zip(items, scores, strict=True))


def _measured(name: str, zh: str, en: str, expected: dict[str, Any], **body: Any) -> Example:
    answers: dict[str, Any] = {key: value for key, value in _scores({}).items() if key not in ("q9", "q28")}
    return Example(name, Text(zh, en), FORM, DAY, {**answers, **body}, expected, clause="norms A11.1")


EXAMPLES = (
    _scale(
        "balanced",
        "全部1分：平和质21分，是",
        "all 1: balanced 21, yes",
        {},
        {"balanced_score": 21, "balanced": "yes", "outcome": "balanced"},
        "L5 a",
    ),
    _scale(
        "yin",
        "第10、21、26、31项为3、3、3、2：阴虚质是",
        "items 10, 21, 26, 31 are 3, 3, 3, 2: yin-deficient",
        {10: 3, 21: 3, 26: 3, 31: 2},
        {"yin_deficient_score": 11, "yin_deficient": "yes", "balanced": "no", "outcome": "yin_deficient"},
        "L5 b",
    ),
    _scale(
        "yin_tends",
        "第10、21、26、31项为3、2、2、2：阴虚质倾向是，平和质基本是",
        "items 10, 21, 26, 31 are 3, 2, 2, 2: tends to yin-deficient, basically balanced",
        {10: 3, 21: 2, 26: 2, 31: 2},
        {"yin_deficient_score": 9, "yin_deficient": "tends", "balanced": "basically", "outcome": "balanced"},
        "L5 c",
    ),
    *(
        _scale(
            f"{constitution}_{total}",
            f"{zh}{total}分：{'是' if verdict == 'yes' else '倾向是' if verdict == 'tends' else '否'}",
            f"{en} {total}: {verdict}",
            _sum(constitution, total),
            {f"{constitution}_score": total, constitution: verdict},
        )
        for constitution, zh, en in (
            ("qi_deficient", "气虚质", "qi-deficient"),
            ("yang_deficient", "阳虚质", "yang-deficient"),
            ("yin_deficient", "阴虚质", "yin-deficient"),
            ("phlegm_damp", "痰湿质", "phlegm-damp"),
            ("damp_heat", "湿热质", "damp-heat"),
            ("blood_stasis", "血瘀质", "blood stasis"),
            ("qi_stagnation", "气郁质", "qi stagnation"),
            ("special", "特禀质", "special"),
        )
        for total, verdict in ((8, "no"), (10, "tends"), (11, "yes"))
    ),
    _scale(
        "balanced_16",
        "平和质16分：否，也无偏颇体质",
        "balanced 16: no, and no biased one either",
        {1: 1, 2: 2, 4: 2, 5: 2, 13: 3},
        {"balanced_score": 16, "balanced": "no", "outcome": "unclear"},
    ),
    _scale(
        "balanced_17",
        "平和质17分：是",
        "balanced 17: yes",
        {2: 2, 4: 2, 5: 2, 13: 2},
        {"balanced_score": 17, "balanced": "yes", "outcome": "balanced"},
    ),
    _scale(
        "two_biased",
        "两种均为是：取分高者",
        "two are yes: the higher score",
        {**_sum("damp_heat", 12), **_sum("special", 14)},
        {"damp_heat": "yes", "special": "yes", "outcome": "special"},
    ),
    _scale(
        "tends_without_balance",
        "平和质否，一种倾向是",
        "not balanced, one tends",
        {1: 1, 2: 3, 4: 3, 5: 2, 13: 2, 14: 2},
        {"qi_deficient": "tends", "balanced": "no", "outcome": "qi_deficient"},
    ),
    _measured(
        "by_body",
        "按测量值：BMI 26.5得4分，腹围90得3分",
        "by the body: BMI 26.5 gives 4, waist 90 gives 3",
        {"q9": "4", "q28": "3"},
        height=Decimal("160"),
        weight=Decimal("67.8"),
        waist=Decimal("90"),
    ),
    _measured(
        "by_body_least",
        "BMI 23.9得1分，腹围79得1分",
        "BMI 23.9 gives 1, waist 79 gives 1",
        {"q9": "1", "q28": "1"},
        height=Decimal("170"),
        weight=Decimal("69"),
        waist=Decimal("79"),
    ),
    _measured(
        "by_body_most",
        "BMI≥28得5分，腹围106得5分",
        "BMI of 28 and more gives 5, waist 106 gives 5",
        {"q9": "5", "q28": "5"},
        height=Decimal("160"),
        weight=Decimal("71.7"),
        waist=Decimal("106"),
    ),
    Example(
        "missing",
        Text("缺一项", "an item is missing"),
        FORM,
        DAY,
        {key: value for key, value in _scores({}).items() if key != "q17"},
        {},
        refused="tcm_elders.item_missing",
        clause="norms A11.1",
    ),
)

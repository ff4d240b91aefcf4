"""The answers of an ordinary yearly health check: what a township centre measures, mostly normal."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from kangshu.demo.recipes import Sitting, around

# Choices whose first code says that nothing was found.
_NORMAL = (
    "lips",
    "pharynx",
    "hearing",
    "motor",
    "skin",
    "sclera",
    "lymph_nodes",
    "barrel_chest",
    "breath_sounds",
    "rales",
    "heart_rhythm",
    "heart_murmur",
    "abdomen_tenderness",
    "abdomen_mass",
    "hepatomegaly",
    "splenomegaly",
    "shifting_dullness",
    "leg_oedema",
    "urine_protein",
    "urine_sugar",
    "urine_ketone",
    "urine_blood",
    "occupational_exposure",
)
_MEASURED = (
    # field, mean, spread, decimals, least, greatest
    ("temperature", 36.5, 0.2, 1, 35.8, 37.2),
    ("hb", 136, 14, 0, 85, 185),
    ("wbc", 6.2, 1.5, 1, 2.8, 12),
    ("plt", 210, 50, 0, 80, 400),
    ("fbg", 5.6, 0.9, 1, 3.9, 14),
    ("alt", 22, 9, 0, 5, 120),
    ("ast", 23, 8, 0, 8, 110),
    ("tbil", 13, 4, 1, 4, 40),
    ("creatinine", 74, 16, 0, 38, 190),
    ("bun", 5.6, 1.3, 1, 2.2, 14),
    ("tc", 4.9, 0.9, 2, 2.6, 9),
    ("tg", 1.6, 0.7, 2, 0.4, 8),
    ("ldl", 2.9, 0.7, 2, 0.9, 6),
    ("hdl", 1.3, 0.28, 2, 0.6, 2.6),
)


def check_up_answers(
    reading: tuple[int, int],
    body: tuple[float, float],
    age: int,
    doctor: str,
    habits: Mapping[str, Any],
    random: Random,
) -> dict[str, Any]:
    """Answers by field name. `reading`: systolic, diastolic in mmHg; `body`: height in cm, weight in kg."""
    height, weight = body
    pulse = min(max(round(random.gauss(74, 8)), 50), 110)
    high = reading[0] >= 140 or reading[1] >= 90
    answers: dict[str, Any] = {
        "symptoms": ("1",),
        "pulse": pulse,
        "heart_rate": pulse,
        "respiration": random.randint(15, 20),
        "sbp_right": reading[0],
        "dbp_right": reading[1],
        "height": height,
        "weight": weight,
        "waist": round(34 + weight * 0.75 + random.gauss(0, 4), 1),
        "exercise_frequency": "1" if habits.get("exercise_times", 0) >= 7 else "2",
        "smoking": "3" if habits.get("smoking") else "1",
        "drinking_frequency": "2" if habits.get("drinking") else "1",
        "ecg": "1",
        "evaluation": "2" if high else "1",
        "guidance": ("1",),
        "doctor": doctor,
        **dict.fromkeys(_NORMAL, "1"),
    }
    for field, mean, spread, places, least, greatest in _MEASURED:
        value = min(max(random.gauss(mean, spread), least), greatest)
        answers[field] = round(value, places) if places else round(value)
    if high:
        answers["abnormal_1"] = "血压偏高"
    if age >= 65:
        answers["elder_self_rating"] = "2"
        answers |= dict.fromkeys(("elder_self_care", "elder_cognition", "elder_emotion"), "1")
    return answers


_SYSTOLIC = around(131, 14, least=96, greatest=176, own=0.7)
_HEIGHT = around(161, 7, least=140, greatest=186, places=1, own=1.0)
_WEIGHT = around(63, 9, least=38, greatest=104, places=1, own=0.97)


def check_up(sitting: Sitting) -> dict[str, Any]:
    """The check of somebody of whom nothing was measured before."""
    systolic = _SYSTOLIC(sitting)
    reading = systolic, min(round(34 + 0.34 * systolic + sitting.random.gauss(0, 5)), systolic - 14)
    body = _HEIGHT(sitting), _WEIGHT(sitting)
    answers = check_up_answers(reading, body, sitting.age, sitting.doctor, {}, sitting.random)
    return {name: str(value) if isinstance(value, float) else value for name, value in answers.items()}

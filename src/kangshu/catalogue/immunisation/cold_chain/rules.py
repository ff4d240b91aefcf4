"""When a reading of a refrigerator is an alarm (norms B: 2–8 ℃; freezers at −15 ℃ and below)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kangshu.declare import Advice, Assessment, Parameters, PersonFacts, Text, Visit

REFRIGERATED = (Decimal(2), Decimal(8))
FROZEN_AT_MOST = Decimal(-15)
HOURS_OF_EMERGENCY = Decimal(2)
"""From so long out of range on the vaccine is put aside until its quality is judged."""

_IN_RANGE = Text("温度正常", "in range")
_OUT_OF_RANGE = Text("温度超限，报警", "out of range: alarm")
_STILL = Text("连续超限，报警", "still out of range: alarm")


def assess_reading(
    visit: Visit, earlier: Sequence[Visit], person: PersonFacts, parameters: Parameters
) -> Assessment:
    """Out of range is an alarm; the second one running says so."""
    answers = visit.answers
    temperature: Decimal = answers["temperature"]
    frozen = answers["compartment"] == "2"
    least, greatest = (None, FROZEN_AT_MOST) if frozen else REFRIGERATED
    out = temperature > greatest or (least is not None and temperature < least)
    if not out:
        return Assessment("normal", {"class": "normal"}, _IN_RANGE)
    before = [one for one in earlier if one.answers.get("compartment") == answers["compartment"]]
    again = bool(before) and before[-1].assessment.get("class") in ("alarm", "still")
    advice = [
        Advice(
            "power",
            Text("检查电源、门封和设定温度，启用备用设备。", "Check power, door and setting; use the spare."),
        ),
        Advice("report", Text("立即报告负责人和县疾控中心。", "Report at once to the head and the CDC.")),
    ]
    if again or answers.get("hours_out", Decimal(0)) >= HOURS_OF_EMERGENCY:
        advice.append(
            Advice(
                "quarantine",
                Text(
                    "受影响疫苗单独存放、停用，待评估后处理。",
                    "Put the vaccine aside and do not use it until it is judged.",
                ),
            )
        )
    name = "still" if again else "alarm"
    return Assessment(name, {"class": name}, _STILL if again else _OUT_OF_RANGE, tuple(advice), urgent=True)

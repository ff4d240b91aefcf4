"""The states of a child: ordinary care, high risk, and closed at seven, by death or by departure."""

from __future__ import annotations

from kangshu.catalogue.children.health.forms import (
    FOLLOW_UP,
    INFANT_CHECK,
    NEWBORN_VISIT,
    PRESCHOOL_CHECK,
    TODDLER_CHECK,
)
from kangshu.catalogue.children.health.schedule import HIGH_RISK
from kangshu.catalogue.managed import ENDINGS, REASONS
from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import assessment

GROWN = Text("满7周岁", "seven years old")
FIRST_SEEN = (
    (NEWBORN_VISIT, "新生儿访视", "visit to the newborn"),
    (INFANT_CHECK, "1岁以内检查", "check under 1 year"),
    (TODDLER_CHECK, "1～2岁检查", "check at 12 to 30 months"),
    (PRESCHOOL_CHECK, "3～6岁检查", "check at 3 to 6 years"),
)

STATES = States(
    initial="enrolled",
    states=(
        State("enrolled", Text("已建档", "enrolled")),
        State("managed", Text("管理中", "managed")),
        State("high_risk", Text("高危儿管理中", "followed at high risk")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        *(
            StateTransition(
                state,
                "high_risk",
                f"record:{form.id}",
                Text(f"{zh}需转诊或高危", f"{en}: referred, or at high risk"),
                when=HIGH_RISK,
            )
            for state in ("enrolled", "managed")
            for form, zh, en in FIRST_SEEN
        ),
        *(
            StateTransition(
                "enrolled",
                "managed",
                f"record:{form.id}",
                Text(zh, en),
                when=~HIGH_RISK,
            )
            for form, zh, en in FIRST_SEEN
        ),
        StateTransition(
            "high_risk",
            "managed",
            f"record:{FOLLOW_UP.id}",
            Text("随访结束，转为常规管理", "well again: ordinary care"),
            when=assessment("outcome").equals("resolved"),
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in ("enrolled", "managed", "high_risk")
            for on, title, reason in (*ENDINGS, ("action:close_grown", GROWN, "grown"))
        ),
    ),
    reasons=(*REASONS, Reason("grown", GROWN)),
)

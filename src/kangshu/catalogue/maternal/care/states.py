"""From the booking to the end of the puerperium."""

from __future__ import annotations

from kangshu.catalogue.managed import ENDINGS, REASONS
from kangshu.catalogue.maternal.care.schedule import (
    ANTENATAL_FORM,
    CHECK_42_FORM,
    DELIVERY_FORM,
    ENDED_FORM,
    SENT,
)
from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import answer

PREGNANT, OPEN = ("booked", "pregnant"), ("booked", "pregnant", "delivered")
DONE, ENDED = Text("产后42天检查，结案", "42-day check done"), Text("妊娠提前终止", "pregnancy ended early")

STATES = States(
    initial="booked",
    states=(
        State("booked", Text("已建册", "booked")),
        State("pregnant", Text("孕期管理中", "followed in pregnancy")),
        State("delivered", Text("已分娩，产后管理中", "delivered")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition(
            "booked", "pregnant", f"record:{ANTENATAL_FORM}", Text("产前随访", "antenatal check")
        ),
        *(
            StateTransition(state, "delivered", f"record:{DELIVERY_FORM}", Text("分娩", "delivery"))
            for state in PREGNANT
        ),
        *(
            StateTransition(
                state,
                "closed",
                f"record:{CHECK_42_FORM}",
                DONE,
                # Whoever is to be referred is not lost sight of, whatever the doctor ticked.
                when=answer("disposal").equals("1") & ~SENT,
                reason="done",
            )
            for state in OPEN
        ),
        *(
            StateTransition(state, "closed", f"record:{ENDED_FORM}", ENDED, reason="ended")
            for state in PREGNANT
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in OPEN
            for on, title, reason in (("action:close_done", DONE, "done"), *ENDINGS)
        ),
    ),
    reasons=(
        Reason("done", Text("产后42天检查完成", "42-day check done")),
        Reason("ended", Text("妊娠提前终止（流产等）", "pregnancy ended early (miscarriage and others)")),
        *REASONS,
    ),
)

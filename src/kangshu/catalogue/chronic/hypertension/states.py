"""The states of a patient under management."""

from __future__ import annotations

from kangshu.declare import Reason, State, States, StateTransition, Text

STATES = States(
    initial="enrolled",
    states=(
        State("enrolled", Text("已建档", "enrolled")),
        State("managed", Text("管理中", "managed")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition(
            "enrolled",
            "managed",
            "record:chronic.hypertension.follow_up",
            Text("首次随访", "first follow-up"),
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in ("enrolled", "managed")
            for on, title, reason in (
                ("event:person.died", Text("死亡", "died"), "death"),
                ("event:person.left", Text("迁出本县", "left the county"), "moved"),
                ("action:close_lost", Text("失访", "lost to follow-up"), "lost"),
                ("action:close_refused", Text("本人不愿继续", "refuses further care"), "refused"),
                (
                    "action:close_wrong",
                    Text("误诊或误建档", "wrong diagnosis or enrolled by mistake"),
                    "wrong",
                ),
            )
        ),
    ),
    reasons=(
        Reason("death", Text("死亡", "death")),
        Reason("moved", Text("迁出", "moved away")),
        Reason("lost", Text("失访", "lost")),
        Reason("refused", Text("拒绝管理", "refused")),
        Reason("wrong", Text("误诊或误建档", "wrong diagnosis or enrolled by mistake")),
    ),
)

"""From a suspicion to its end."""

from __future__ import annotations

from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import assessment

SCREENED = "record:chronic.hypertension.screening"
ANSWERED = "record:chronic.hypertension.diagnosis"

STATES = States(
    initial="suspected",
    states=(
        State("suspected", Text("可疑", "suspected")),
        State("referred", Text("已转诊", "referred")),
        State("confirmed", Text("已确诊", "confirmed"), is_open=False),
        State("closed", Text("已结束", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition(
            "suspected",
            "referred",
            SCREENED,
            Text("三次升高或危急", "raised three times, or dangerous"),
            when=assessment("outcome").is_in("refer", "emergency"),
        ),
        StateTransition(
            "suspected",
            "closed",
            SCREENED,
            Text("复测不高", "not raised any more"),
            when=assessment("outcome").is_in("normal", "high_risk"),
            reason="not_raised",
        ),
        *(
            move
            for state in ("suspected", "referred")
            for move in (
                StateTransition(
                    state,
                    "confirmed",
                    ANSWERED,
                    Text("确诊", "confirmed"),
                    when=assessment("outcome").equals("confirmed"),
                    reason="confirmed",
                ),
                StateTransition(
                    state,
                    "closed",
                    ANSWERED,
                    Text("排除", "excluded"),
                    when=assessment("outcome").equals("excluded"),
                    reason="excluded",
                ),
                StateTransition(
                    state,
                    "closed",
                    ANSWERED,
                    Text("继发性", "secondary"),
                    when=assessment("outcome").equals("secondary"),
                    reason="secondary",
                ),
                StateTransition(
                    state,
                    "confirmed",
                    SCREENED,
                    Text("得知已确诊", "known already"),
                    when=assessment("outcome").equals("known"),
                    reason="confirmed",
                ),
                StateTransition(state, "closed", "event:person.died", Text("死亡", "died"), reason="death"),
                StateTransition(
                    state, "closed", "event:person.left", Text("迁出本县", "left the county"), reason="moved"
                ),
                StateTransition(state, "closed", "action:close_lost", Text("失访", "lost"), reason="lost"),
                StateTransition(
                    state, "closed", "action:close_refused", Text("拒绝", "refused"), reason="refused"
                ),
            )
        ),
    ),
    reasons=(
        Reason("confirmed", Text("确诊", "confirmed")),
        Reason("not_raised", Text("复测不高", "not raised any more")),
        Reason("excluded", Text("排除高血压", "no hypertension")),
        Reason("secondary", Text("继发性高血压", "secondary hypertension")),
        Reason("death", Text("死亡", "death")),
        Reason("moved", Text("迁出", "moved away")),
        Reason("lost", Text("失访", "lost")),
        Reason("refused", Text("拒绝", "refused")),
    ),
)

"""From the referral to its end."""

from __future__ import annotations

from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import assessment

ASKED = "record:tuberculosis.arrival"

STATES = States(
    initial="referred",
    states=(
        State("referred", Text("已推介转诊", "referred")),
        State("confirmed", Text("已确诊", "confirmed"), is_open=False),
        State("closed", Text("已结束", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition(
            "referred",
            "confirmed",
            ASKED,
            Text("确诊", "confirmed"),
            when=assessment("outcome").equals("confirmed"),
            reason="confirmed",
        ),
        StateTransition(
            "referred",
            "closed",
            ASKED,
            Text("排除", "excluded"),
            when=assessment("outcome").equals("excluded"),
            reason="excluded",
        ),
        StateTransition("referred", "closed", "event:person.died", Text("死亡", "died"), reason="death"),
        StateTransition(
            "referred", "closed", "event:person.left", Text("迁出本县", "left the county"), reason="moved"
        ),
        StateTransition("referred", "closed", "action:close_lost", Text("失访", "lost"), reason="lost"),
        StateTransition(
            "referred", "closed", "action:close_refused", Text("拒绝", "refused"), reason="refused"
        ),
        StateTransition(
            "referred", "closed", "action:close_wrong", Text("误填", "by mistake"), reason="wrong"
        ),
    ),
    reasons=(
        Reason("confirmed", Text("确诊", "confirmed")),
        Reason("excluded", Text("排除", "excluded")),
        Reason("death", Text("死亡", "death")),
        Reason("moved", Text("迁出", "moved away")),
        Reason("lost", Text("失访", "lost")),
        Reason("refused", Text("拒绝就诊", "refused")),
        Reason("wrong", Text("误填", "by mistake")),
    ),
)

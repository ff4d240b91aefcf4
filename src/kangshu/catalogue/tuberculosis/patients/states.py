"""From the notice to the confirmed outcome."""

from __future__ import annotations

from kangshu.catalogue.managed import ENDINGS, REASONS
from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import answer

OUTCOMES = (
    ("1", "cured", Text("治愈", "cured")),
    ("2", "completed", Text("完成治疗", "treatment completed")),
    ("3", "failed", Text("治疗失败", "failed")),
    ("4", "death", Text("死亡", "died")),
    ("5", "lost", Text("丢失", "lost")),
    ("6", "mdr", Text("转入耐多药治疗", "to MDR treatment")),
)
OPEN = ("notified", "treated", "ended")

STATES = States(
    initial="notified",
    states=(
        State("notified", Text("已通知，待入户", "notified, to be visited")),
        State("treated", Text("治疗管理中", "under treatment")),
        State("ended", Text("已停止治疗，待确认转归", "treatment ended, to be confirmed")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        StateTransition(
            "notified",
            "treated",
            "record:tuberculosis.first_visit",
            Text("第一次入户", "first visit"),
            when=answer("met").equals("1"),
        ),
        StateTransition(
            "treated", "ended", "record:tuberculosis.ending", Text("停止治疗", "treatment ended")
        ),
        *(
            StateTransition(
                "ended",
                "closed",
                "record:tuberculosis.confirmation",
                title,
                when=answer("outcome").equals(code),
                reason=reason,
            )
            for code, reason, title in OUTCOMES
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in OPEN
            for on, title, reason in ENDINGS
        ),
    ),
    reasons=(
        *REASONS,
        Reason("cured", Text("治愈", "cured")),
        Reason("completed", Text("完成治疗", "treatment completed")),
        Reason("failed", Text("治疗失败", "failed")),
        Reason("mdr", Text("转入耐多药治疗", "to MDR treatment")),
    ),
)

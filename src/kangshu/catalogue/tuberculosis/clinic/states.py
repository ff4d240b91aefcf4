"""From the registration to the outcome."""

from __future__ import annotations

from kangshu.catalogue.managed import ENDINGS, REASONS
from kangshu.catalogue.tuberculosis.clinic.forms import OUTCOME
from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import answer

_OUTCOMES = (
    ("1", "cured", Text("治愈", "cured")),
    ("2", "completed", Text("完成疗程", "treatment completed")),
    ("3", "failed", Text("治疗失败", "failed")),
    ("4", "death", Text("死亡", "died")),
    ("5", "lost", Text("失访", "lost")),
    ("6", "mdr", Text("转入耐多药治疗", "to MDR treatment")),
)

STATES = States(
    initial="registered",
    states=(
        State("registered", Text("已登记，治疗中", "registered, under treatment")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        *(
            StateTransition(
                "registered",
                "closed",
                f"record:{OUTCOME.id}",
                title,
                when=answer("outcome").equals(code),
                reason=reason,
            )
            for code, reason, title in _OUTCOMES
        ),
        *(StateTransition("registered", "closed", on, title, reason=reason) for on, title, reason in ENDINGS),
    ),
    reasons=(
        *REASONS,
        *(Reason(reason, title) for code, reason, title in _OUTCOMES if code not in ("4", "5")),
    ),
)

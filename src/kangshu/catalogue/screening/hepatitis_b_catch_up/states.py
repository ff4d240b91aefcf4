"""Listed, due, not to be vaccinated, done."""

from __future__ import annotations

from kangshu.catalogue.managed import ENDINGS, REASONS
from kangshu.catalogue.screening.hepatitis_b_catch_up.forms import ENUMERATION
from kangshu.declare import Reason, State, States, StateTransition, Text
from kangshu.declare.expression import assessment

LISTED = f"record:{ENUMERATION.id}"
NOT_DUE = ("complete", "immune", "infected", "contraindicated")

STATES = States(
    initial="listed",
    states=(
        State("listed", Text("待摸底", "to be enumerated")),
        State("due", Text("应种", "due")),
        State("waiting", Text("暂缓、外出或拒绝", "deferred, away or refused")),
        State("not_due", Text("不需或不能接种", "not to be vaccinated"), is_open=False),
        State("done", Text("已完成补种", "all doses given"), is_open=False),
        State("closed", Text("已结束", "closed"), is_open=False),
    ),
    transitions=(
        *(
            StateTransition(state, to, LISTED, title, when=assessment("outcome").is_in(*codes), reason=reason)
            for state in ("listed", "due", "waiting")
            for to, codes, title, reason in (
                ("due", ("due",), Text("应种", "due"), ""),
                (
                    "waiting",
                    ("deferred", "away", "refused"),
                    Text("暂缓、外出或拒绝", "deferred, away or refused"),
                    "",
                ),
                ("not_due", NOT_DUE, Text("不需或不能接种", "not to be vaccinated"), "not_due"),
            )
            if to != state
        ),
        StateTransition(
            "due", "done", "action:close_done", Text("补种完成", "all doses given"), reason="done"
        ),
        *(
            StateTransition(state, "closed", on, title, reason=reason)
            for state in ("listed", "due", "waiting")
            for on, title, reason in ENDINGS
        ),
    ),
    reasons=(
        *REASONS,
        Reason("not_due", Text("不需或不能接种", "not to be vaccinated")),
        Reason("done", Text("补种完成", "all doses given")),
    ),
)

"""Waiting for the certificate, issued, closed."""

from __future__ import annotations

from kangshu.catalogue.managed import ENDINGS, REASONS
from kangshu.declare import State, States, StateTransition, Text

_FORMS = ("maternal.certificate_first", "maternal.certificate_replacement", "maternal.certificate_reissue")

STATES = States(
    initial="waiting",
    states=(
        State("waiting", Text("待签发", "waiting")),
        State("issued", Text("已签发", "issued")),
        State("closed", Text("已结案", "closed"), is_open=False),
    ),
    transitions=(
        *(StateTransition("waiting", "issued", f"record:{form}", Text("签发", "issued")) for form in _FORMS),
        *(
            StateTransition(state, "closed", on, words, reason=reason)
            for state in ("waiting", "issued")
            for on, words, reason in ENDINGS
        ),
    ),
    reasons=REASONS,
)

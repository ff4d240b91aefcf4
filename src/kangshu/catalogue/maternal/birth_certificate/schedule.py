"""The certificate is issued at discharge, otherwise within a month (norms H2)."""

from __future__ import annotations

from kangshu.declare import Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import case, months_between, person

SCHEDULE = Schedule(
    (
        Step(
            id="first_issue",
            title=Text("签发出生医学证明", "Issue the birth certificate"),
            form="maternal.certificate_first",
            origin=person.birth_date,
            first=Window(Interval(), Interval(months=1)),
            # Whoever is enrolled later comes for a replacement or a reissue.
            when=months_between(person.birth_date, case.opened_on) < 12,
            source="norms H2",
        ),
    )
)

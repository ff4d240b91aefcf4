"""What follows a registration: contacts, sputum, the outcome."""

from __future__ import annotations

from kangshu.catalogue.tuberculosis.clinic.forms import CONTACTS, OUTCOME, REGISTRATION, SOURCE, SPUTUM
from kangshu.declare import Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import records

BEGUN = records(REGISTRATION.id).last().performed_on


def _at(month: int) -> Window:
    return Window(Interval(months=month), Interval(months=month, days=14))


SCHEDULE = Schedule(
    (
        Step(
            id="contacts",
            title=Text("密切接触者筛查", "TB: close contacts"),
            form=CONTACTS.id,
            origin=BEGUN,
            series=(Window(Interval(), Interval(days=14)), _at(6), _at(12)),
            source=SOURCE,
        ),
        Step(
            id="sputum",
            title=Text("治疗期痰检（第2、5、6月末）", "TB: sputum at the end of months 2, 5 and 6"),
            form=SPUTUM.id,
            origin=BEGUN,
            series=tuple(_at(month) for month in (2, 5, 6)),
            source=SOURCE,
        ),
        Step(
            id="outcome",
            title=Text("治疗转归", "TB: outcome of treatment"),
            form=OUTCOME.id,
            origin=BEGUN,
            first=Window(Interval(months=6), Interval(months=9)),
            source=SOURCE,
        ),
    )
)

"""Every outcome and edge."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.birth_defects.forms import CARD, FOLLOWED

card = Cases(CARD.id, "norms H1")
LIP = ("Q36",)

EXAMPLES = (
    card(
        "week_28",
        "28周，产后7天内",
        "week 28, within 7 days",
        "perinatal",
        values={"perinatal": True},
        weeks=28,
        found_when="2",
        ending="1",
        defects=LIP,
    ),
    card(
        "week_27",
        "27周：不计围产期",
        "week 27",
        "later",
        values={"perinatal": False},
        weeks=27,
        found_when="2",
        ending="1",
        defects=LIP,
    ),
    card(
        "late",
        "7天以后发现",
        "found after 7 days",
        "later",
        weeks=39,
        found_when="3",
        ending="1",
        defects=LIP,
    ),
    card(
        "stillborn",
        "30周死产：计入、不随访",
        "stillborn at 30 weeks",
        "ended",
        values={"perinatal": True},
        weeks=30,
        found_when="1",
        ending="2",
        defects=("Q00",),
    ),
    card(
        "ended",
        "24周引产",
        "ended at 24 weeks",
        "ended",
        values={"perinatal": False},
        weeks=24,
        found_when="1",
        ending="4",
        defects=("Q00",),
    ),
    card("unsaid", "未填孕周", "no week", "missing", found_when="2", ending="1", defects=LIP),
    *treatment_examples(FOLLOWED.id, "norms H5"),
)

"""The resident page's panel of a child's growth."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.growth.drawing import CURVES, option_of
from kangshu.growth.visits import measured
from kangshu.kernel.dates import add_years, china_today
from kangshu.people.models import Person
from kangshu.ui.registry import Panel, PanelContext, register_panel

CHILD_YEARS = 8


def register() -> None:
    register_panel(
        "resident",
        Panel(
            "growth", _("Growth"), "growth/panel.html", panel, "read.resident", order=26, icon="chart-line"
        ),
    )


def panel(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """The weight curve of a child and what was found last; nothing for whoever is older."""
    person: Person = context["person"]
    if person.birth_date is None or person.birth_date <= add_years(china_today(), -CHILD_YEARS):
        return None
    visits = measured(person)
    if not visits:
        return None
    return {"option": option_of(CURVES[0], person.sex, visits), "latest": visits[-1], "number": len(visits)}

"""Navigation entry and the resident page's panel of the vaccination clinic."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.immunisation.records import children_today
from kangshu.kernel.dates import add_years, china_today
from kangshu.people.models import Person, PersonStatus
from kangshu.ui.registry import NavItem, Panel, PanelContext, register_nav, register_panel


def register() -> None:
    register_nav(
        NavItem("immunisation", _("Vaccination"), "immunisation:day_list", "record.visit", "vaccine", 35)
    )
    register_nav(
        NavItem(
            "vaccines",
            _("Vaccine and cold chain"),
            "immunisation:oversight",
            "read.stock",
            "temperature",
            44,
            group="manage",
        )
    )
    register_panel(
        "resident",
        Panel(
            "immunisation",
            _("Vaccination"),
            "immunisation/panel.html",
            panel,
            "read.resident",
            order=25,
            icon="vaccine",
        ),
    )


def panel(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """What a child may be given today; nothing for adults."""
    person: Person = context["person"]
    today = china_today()
    if person.status != PersonStatus.ACTIVE or person.birth_date is None:
        return None
    if not add_years(today, -18) < person.birth_date <= today:
        return None
    (found,) = children_today([person], today)
    return {"child": found, "may_give": is_allowed(request.actor, "record.visit")}

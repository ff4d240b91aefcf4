"""The panels that the shell itself puts on the desk and on a resident's own page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.care.queries import encounters_of
from kangshu.kernel.dates import china_today
from kangshu.people.models import Person
from kangshu.ui.registry import Panel, PanelContext, register_panel
from kangshu.web import own, queries
from kangshu.web.context import address
from kangshu.work.queries import Lateness

FIELD_ROLES = frozenset({"village_doctor", "township_worker", "clinician"})
LEADING_ROLES = frozenset({"township_worker", "bureau_officer", "director"})
ON_THE_DESK = 12
OWN_VISITS = 6


def due_today(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    waiting = queries.waiting_visits(china_today(), limit=ON_THE_DESK)
    due_list = address("work:due_list")
    lists = {
        f"{name}_list": f"{due_list}?state={state}" if due_list else None
        for name, state in (("late", Lateness.OVERDUE), ("now", Lateness.NOW), ("soon", Lateness.SOON))
    }
    return {"waiting": waiting, "today": china_today(), "due_list": due_list, **lists}


def progress(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    rows = queries.progress_below(request.actor, china_today())
    return {"rows": rows, "due_list": address("work:due_list")} if rows else None


def key_figures(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    figures = queries.key_figures(request.actor)
    return {"figures": figures, "dashboard": address("indicators:dashboard")}


def reports(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    waiting = queries.waiting_reports(request.actor, china_today())
    return None if waiting is None else {"waiting": waiting, "reports": address("work:reports")}


def system(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    return {"state": queries.system_state(), "accounts": address("access:accounts")}


def own_dues(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    return {"dues": queries.own_dues(_own_ids(), china_today()), "today": china_today()}


def opening(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """The consent, until it is given."""
    return None if own.is_open(request.actor.person_id) else {}


def own_visits(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    if not own.is_open(request.actor.person_id):
        return None
    found = own.own_records(_own_ids())[: OWN_VISITS + 1]
    visits = [queries.own_visit(record) for record in found]
    return {"visits": visits[:OWN_VISITS], "more": len(visits) > OWN_VISITS}


def own_care(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """Encounters, diagnoses and prescriptions that hospitals and clinics kept of the resident."""
    if not own.is_open(request.actor.person_id):
        return None
    found = list(encounters_of(request.actor.person_id, limit=OWN_VISITS))
    return {"encounters": found} if found else None


def own_asking(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """Where to say that something is wrong, and how to close the record again."""
    return {"person_id": request.actor.person_id, "opened": own.is_open(request.actor.person_id)}


def _own_ids() -> list:
    """A resident's scope holds nobody but themselves and their wards."""
    return list(Person.objects.values_list("pk", flat=True))


register_panel(
    "desk",
    Panel(
        "due_today",
        _("To do now"),
        "web/panels/due_today.html",
        due_today,
        "record.visit",
        order=10,
        icon="calendar-due",
        roles=FIELD_ROLES,
        wide=True,
    ),
)
register_panel(
    "desk",
    Panel(
        "key_figures",
        _("Key figures"),
        "web/panels/key_figures.html",
        key_figures,
        "read.indicator",
        order=15,
        icon="chart-bar",
        roles=LEADING_ROLES,
        wide=True,
        slow=True,
    ),
)
register_panel(
    "desk",
    Panel(
        "progress",
        _("Progress by institution"),
        "web/panels/progress.html",
        progress,
        "read.resident",
        order=20,
        icon="building-hospital",
        roles=LEADING_ROLES,
        wide=True,
    ),
)
register_panel(
    "desk",
    Panel(
        "reports", _("Reports"), "web/panels/reports.html", reports, "read.indicator", order=18, icon="report"
    ),
)
register_panel(
    "desk",
    Panel(
        "system",
        _("System"),
        "web/panels/system.html",
        system,
        "administer.accounts",
        order=10,
        icon="server",
        wide=True,
    ),
)
register_panel(
    "own",
    Panel(
        "own_dues",
        _("My next visits"),
        "web/panels/own_dues.html",
        own_dues,
        "read.own",
        order=5,
        wide=True,
        icon="calendar-due",
    ),
)
register_panel(
    "own",
    Panel(
        "own_visits",
        _("My visits"),
        "web/panels/own_visits.html",
        own_visits,
        "read.own",
        order=30,
        icon="stethoscope",
    ),
)
register_panel(
    "own",
    Panel(
        "opening",
        _("See your own record here"),
        "web/panels/opening.html",
        opening,
        "read.own",
        order=1,
        icon="lock-open",
    ),
)
register_panel(
    "own",
    Panel(
        "own_care",
        _("My visits to doctors"),
        "web/panels/own_care.html",
        own_care,
        "read.own",
        order=40,
        icon="report-medical",
    ),
)
register_panel(
    "own",
    Panel(
        "own_asking",
        _("Is something wrong?"),
        "web/panels/own_asking.html",
        own_asking,
        "read.own",
        order=65,
        icon="message-circle-question",
    ),
)

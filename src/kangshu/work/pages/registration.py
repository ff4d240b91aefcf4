"""Navigation entries and panels of the work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.form import Field, Form
from kangshu.declare.registry import UnknownDeclaration
from kangshu.declare.units import unit_in
from kangshu.kernel.dates import china_today
from kangshu.people.models import Person, PersonStatus
from kangshu.ui.registry import NavItem, Panel, PanelContext, register_nav, register_panel
from kangshu.work import queries
from kangshu.work.actions.enrolling import is_eligible
from kangshu.work.models import Case
from kangshu.work.pages.lists import due_row, with_schedule
from kangshu.work.parameters import LocalParameters
from kangshu.work.subject import find_subject

TIMELINE = 12


def register() -> None:
    register_nav(
        NavItem(
            "due_list",
            _("Due visits"),
            "work:due_list",
            "record.visit",
            icon="calendar-due",
            order=30,
        )
    )
    register_nav(
        NavItem("registers", _("Registers"), "work:registers", "read.resident", icon="list-details", order=40)
    )
    register_nav(
        NavItem("reports", _("Reports"), "work:reports", "read.indicator", icon="report-analytics", order=45)
    )
    register_nav(
        NavItem(
            "parameters", _("Parameters"), "work:parameters", "edit.parameters", "adjustments", 60, "manage"
        )
    )
    for panel in (
        Panel(
            "programmes",
            _("Programmes and what is due"),
            "work/panels/programmes.html",
            programmes,
            "read.resident",
            order=20,
            icon="calendar-due",
        ),
        Panel(
            "measurements",
            pgettext_lazy("trend", "Measurements"),
            "work/panels/measurements.html",
            measurements,
            "read.resident",
            order=30,
            icon="chart-line",
            wide=True,
        ),
        Panel(
            "timeline",
            _("Records"),
            "work/panels/timeline.html",
            timeline,
            "read.resident",
            order=40,
            icon="timeline",
            wide=True,
        ),
    ):
        register_panel("resident", panel)


def programmes(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """The person's enrolments, what is due in each, and the programmes they may be enrolled in."""
    person: Person = context["person"]
    today = china_today()
    cases = queries.cases_of(person.pk)
    dues = queries.open_dues_of(cases, today)
    rows = []
    for case in cases:
        try:
            capability = registry.capability(case.kind)
        except UnknownDeclaration:
            continue
        waiting = [row for row in (due_row(due, today) for due in dues.get(case.id, ())) if row]
        rows.append(
            {"case": case, "capability": capability, "dues": waiting, "state": _state(capability, case)}
        )
    may_enrol = is_allowed(request.actor, "enrol.case") and person.status == PersonStatus.ACTIVE
    offers = _offers(person, cases) if may_enrol else []
    return {
        "rows": rows,
        "offers": offers,
        "others": [offer for offer in offers if not offer["found"]],
        "forms": _free_forms(person) if is_allowed(request.actor, "record.visit") else [],
        "may_record": is_allowed(request.actor, "record.visit"),
    }


def _state(capability: Capability, case: Case) -> Any:
    try:
        return capability.states.state(case.state).title if capability.states else case.state
    except KeyError:
        return case.state


def _offers(person: Person, cases: list[Case]) -> list[dict[str, Any]]:
    """Programmes the person could be enrolled in; first those a diagnosis points to."""
    open_kinds = {case.kind for case in cases if case.closed_on is None}
    known = {case.kind for case in cases}
    subject, parameters, today = find_subject(person.pk), LocalParameters(), china_today()
    offers = []
    for capability in with_schedule():
        if capability.id in open_kinds or not is_eligible(subject, capability, today, parameters):
            continue
        found = capability.id not in known and queries.is_found(person.pk, capability.id)
        offers.append({"capability": capability, "found": found})
    return sorted(offers, key=lambda offer: not offer["found"])


def _free_forms(person: Person) -> list[Form]:
    """Forms that need no enrolment, such as a screening."""
    if person.status not in (PersonStatus.ACTIVE, PersonStatus.LOST, PersonStatus.PENDING):
        return []
    return [form for form in registry.forms() if not _is_waited_for_by_owner(form)]


def _is_waited_for_by_owner(form: Form) -> bool:
    owner = registry.owner(form.id)
    return any(step.form == form.id for step in owner.schedule.steps)


def timeline(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """The latest records, each with what it came to."""
    records = queries.timeline(context["person"].pk, limit=TIMELINE + 1)
    rows = []
    for record in records[:TIMELINE]:
        try:
            rows.append({"record": record, "form": registry.form(record.form_id, record.form_version)})
        except UnknownDeclaration:
            continue
    return {"rows": rows, "more": len(records) > TIMELINE} if rows else None


def measurements(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """A chart of the person's measured numbers: each unit has its own, with the usual range as a band."""
    person: Person = context["person"]
    fields = {field.name: field for form in registry.forms() for field in form.fields if field.measured}
    numbers = {name: field for name, field in fields.items() if field.is_number}
    points = queries.measurements(person.pk, list(numbers))
    if len(points) < 2:
        return None
    since = max(day for day, _ in points) - timedelta(days=3 * 366)
    points = [(day, values) for day, values in points if day >= since]
    charts = []
    for unit in dict.fromkeys(field.unit for field in numbers.values()):
        of_unit = [field for field in numbers.values() if field.unit == unit]
        drawn = [field for field in of_unit if sum(field.name in values for _, values in points) > 1]
        if drawn:
            charts.append(
                {"id": f"measured-{len(charts)}", "option": _option(drawn, points, unit), "unit": unit}
            )
    return {"charts": charts[:3]} if charts else None


def _option(fields: list[Field], points: list[Any], unit: str) -> dict[str, Any]:
    language = get_language() or ""
    return {
        "grid": {"left": 44, "right": 16, "top": 34, "bottom": 28},
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value", "scale": True, "name": unit_in(unit, language)},
        "series": [
            {
                "name": field.title.in_language(language),
                "type": "line",
                "symbolSize": 7,
                "data": [
                    [day.isoformat(), float(values[field.name])]
                    for day, values in points
                    if field.name in values
                ],
            }
            for field in fields
        ],
    }

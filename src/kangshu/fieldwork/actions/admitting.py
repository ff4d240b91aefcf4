"""What every action on a logbook asks first: which logbook, for which institution, on which day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from kangshu.access.scope import is_open
from kangshu.declare import registry
from kangshu.declare.form import Form
from kangshu.declare.logbook import Logbook, SiteKind
from kangshu.declare.registry import UnknownDeclaration
from kangshu.fieldwork import refusals
from kangshu.fieldwork.models import Entry, Site
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.places.models import Institution
from kangshu.places.scope import SEGMENT, is_within, path_range


def logbook_of(logbook_id: str) -> Logbook:
    """Raises LogbookNotFound, also for a confidential one whose compartment is closed to the reader."""
    try:
        logbook = registry.logbook(logbook_id)
    except UnknownDeclaration:
        raise refusals.LogbookNotFound from None
    if not is_open(logbook.confidentiality):
        raise refusals.LogbookNotFound
    return logbook


def site_kind_of(kind: str) -> SiteKind:
    """The kind of site, as the logbooks about it declare it. Raises LogbookNotFound."""
    for logbook in registry.logbooks():
        if logbook.site is not None and logbook.site.id == kind:
            return logbook.site
    raise refusals.LogbookNotFound


def keepers_of(kind: str) -> tuple[frozenset[str], str, str]:
    """Institution kinds that register sites of a kind (empty: all), who oversees them, their compartment.

    Raises LogbookNotFound where that is closed to the reader.
    """
    found = [one for one in registry.logbooks() if one.site is not None and one.site.id == kind]
    open_to_all = any(not one.keepers for one in found)
    keepers = frozenset() if open_to_all else frozenset().union(*(one.keepers for one in found))
    overseer = next((one.overseer for one in found if one.overseer), "")
    compartment = next((one.confidentiality for one in found), "")
    if not is_open(compartment):
        raise refusals.LogbookNotFound
    return keepers, overseer, compartment


def keeper(institution: UUID, keepers: frozenset[str], by: Actor) -> Institution:
    """The institution that an entry is made for. Raises NotAKeeper."""
    found = Institution.objects.filter(pk=institution).first()
    if found is None or (keepers and found.kind not in keepers):
        raise refusals.NotAKeeper
    if "system" not in by.roles and not is_within(found.path, by.scope_path):
        raise refusals.NotAKeeper
    return found


def overseer_path(kind: str, of: Institution) -> str:
    """The path of the county's institution of a kind; empty when there is none."""
    if not kind:
        return ""
    low, high = path_range(of.path[: SEGMENT + 1])
    found = Institution.objects.filter(kind=kind, path__gte=low, path__lt=high).order_by("path").first()
    return found.path if found else ""


def check_day(performed_on: date, now: datetime) -> None:
    """Raises InTheFuture."""
    if performed_on > now.astimezone(CHINA).date():
        raise refusals.InTheFuture


def locked_entry(entry_id: UUID) -> Entry:
    """Raises EntryNotFound."""
    found = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("site", "institution")
        .filter(pk=entry_id)
        .first()
    )
    if found is None:
        raise refusals.EntryNotFound
    return found


def locked_site(site_id: UUID, kind: str = "") -> Site:
    """Raises SiteNotFound."""
    found = Site.objects.select_for_update(of=("self",)).filter(pk=site_id).first()
    if found is None or (kind and found.kind != kind):
        raise refusals.SiteNotFound
    return found


def form_in_force(form: Form, on: date) -> Form:
    """The edition of a form that was in force on a day; the latest where none was."""
    try:
        return registry.form(form.id, on=on)
    except UnknownDeclaration:
        return form

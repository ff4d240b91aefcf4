"""The registers of sites: registering, changing, closing and reopening, each kept in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.logbook import SiteKind
from kangshu.fieldwork import refusals
from kangshu.fieldwork.actions.admitting import (
    check_day,
    keeper,
    keepers_of,
    locked_site,
    logbook_of,
    overseer_path,
    site_kind_of,
)
from kangshu.fieldwork.actions.stages import stand_again
from kangshu.fieldwork.models import Entry, Site, SiteChange, Status
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.places.models import Region
from kangshu.work.validation import AnswerContext, check_answers

NAME_LENGTH = 100


def register_site(
    *,
    kind: str,
    site_id: UUID,
    name: str,
    particulars: Mapping[str, Any],
    institution: UUID,
    registered_on: date,
    by: Actor,
    now: datetime,
    region: str = "",
) -> Site:
    """Put a site on the register of an institution. Sent twice with the same id it is registered once.

    Raises BadInput, InTheFuture, LogbookNotFound, NotAKeeper, NotAllowed, SiteKnown.
    """
    check_allowed(by, "keep.logbook")
    declared = site_kind_of(kind)
    keepers, overseer, compartment = keepers_of(kind)
    with transaction.atomic():
        known = Site.objects.filter(pk=site_id, kind=kind).first()
        if known is not None:
            return known
        for_whom = keeper(institution, keepers, by)
        check_day(registered_on, now)
        cleaned, answers = _checked(declared, name, particulars, registered_on)
        site = Site(
            id=site_id,
            kind=kind,
            name=cleaned,
            form_version=declared.form.version,
            particulars=answers,
            institution=for_whom,
            region=Region.objects.filter(code=region or for_whom.region_id).first(),
            registered_on=registered_on,
            changed_at=now,
            scope_path=for_whom.path,
            overseer_path=overseer_path(overseer, for_whom),
            compartment=compartment,
        )
        _save(site)
        _keep(site, "registered", registered_on, "", by, now)
        return site


def change_site(
    *,
    site_id: UUID,
    name: str,
    particulars: Mapping[str, Any],
    reason: str,
    by: Actor,
    now: datetime,
    on: date,
) -> Site:
    """Change what is known of a site; what it said before stays in its history, and its entries stand anew.

    Raises BadInput, NotAKeeper, NotAllowed, NothingChanged, SiteKnown, SiteNotFound.
    """
    check_allowed(by, "keep.logbook")
    with transaction.atomic():
        site = locked_site(site_id)
        keeper(site.institution_id, frozenset(), by)
        declared = site_kind_of(site.kind)
        cleaned, answers = _checked(declared, name, particulars, on)
        if (cleaned, answers) == (site.name, site.particulars):
            raise refusals.NothingChanged
        site.name, site.particulars, site.changed_at = cleaned, answers, now
        site.form_version = declared.form.version
        _save(site)
        for entry in Entry.objects.filter(site=site, status=Status.CURRENT).select_related("site"):
            stand_again(logbook_of(entry.logbook), entry)
        _keep(site, "changed", on, reason.strip(), by, now)
        return site


def close_site(*, site_id: UUID, on: date, reason: str, by: Actor, now: datetime) -> Site:
    """Take a site from the register: nothing is owed for it any more. Closing twice is once.

    Raises BadInput, InTheFuture, NotAKeeper, NotAllowed, ReasonMissing, SiteNotFound.
    """
    check_allowed(by, "keep.logbook")
    if not reason.strip():
        raise refusals.ReasonMissing
    check_day(on, now)
    with transaction.atomic():
        site = locked_site(site_id)
        keeper(site.institution_id, frozenset(), by)
        if site.closed_on is not None:
            return site
        if on < site.registered_on:
            message = Text("注销日期早于登记日期。", "It cannot be closed before it was registered.")
            raise BadInput([Problem("on", "site.closed_before", message, on)])
        site.closed_on, site.closing_reason, site.changed_at = on, reason.strip(), now
        site.save(update_fields=["closed_on", "closing_reason", "changed_at"])
        _keep(site, "closed", on, reason.strip(), by, now)
        return site


def reopen_site(*, site_id: UUID, on: date, reason: str, by: Actor, now: datetime) -> Site:
    """Put a closed site back on the register. Raises NotAKeeper, NotAllowed, ReasonMissing, SiteKnown,
    SiteNotFound."""
    check_allowed(by, "keep.logbook")
    if not reason.strip():
        raise refusals.ReasonMissing
    with transaction.atomic():
        site = locked_site(site_id)
        keeper(site.institution_id, frozenset(), by)
        if site.closed_on is None:
            return site
        site.closed_on, site.closing_reason, site.changed_at = None, "", now
        _save(site)
        _keep(site, "reopened", on, reason.strip(), by, now)
        return site


def _checked(
    declared: SiteKind, name: str, particulars: Mapping[str, Any], on: date
) -> tuple[str, dict[str, Any]]:
    problems: list[Problem] = []
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > NAME_LENGTH:
        message = Text(
            f"请填写名称，最多{NAME_LENGTH}个字。", f"Give the name, {NAME_LENGTH} characters at most."
        )
        problems.append(Problem("name", "site.name", message, name))
    checked = check_answers(declared.form, particulars, AnswerContext(on))
    problems += checked.problems
    if problems:
        raise BadInput(problems)
    return cleaned, dict(checked.answers)


def _save(site: Site) -> None:
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError as error:
        if "fieldwork_site_once" in str(error):
            raise refusals.SiteKnown(site.name) from error
        raise


def _keep(site: Site, what: str, on: date, reason: str, by: Actor, now: datetime) -> None:
    SiteChange.objects.create(
        site=site,
        what=what,
        on=on,
        name=site.name,
        particulars=site.particulars,
        reason=reason,
        by_account=by.account_id,
        by_name=by.name,
        at=now,
        scope_path=site.scope_path,
        overseer_path=site.overseer_path,
        compartment=site.compartment,
    )
    log.write(
        by=by,
        action=f"site.{what}",
        about=site,
        scope_path=site.scope_path,
        compartment=site.compartment,
        reason=reason,
        detail={"kind": site.kind},
    )

"""Everything that may be done to a campaign. Each: one transaction, one audit entry, a named refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.campaigns import declarations, queries, refusals
from kangshu.campaigns.composition import Composition, StageKind, problems
from kangshu.campaigns.editing import text_of, with_stage
from kangshu.campaigns.models import Campaign, CampaignState, CampaignTarget
from kangshu.campaigns.stating import COMPLETED, capability_of
from kangshu.figures.models import PlaceKind, Target
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.work.actions.enrolling import close_after
from kangshu.work.bulk import Loaded, NewCase, load_cases
from kangshu.work.models import Case

COMPOSE = "compose.campaign"
CLOSED_AT_ONCE = 200


def create_campaign(*, title: str, title_en: str = "", by: Actor, now: datetime) -> Campaign:
    """Begin composing. Raises NotAllowed, BadInput (no title)."""
    check_allowed(by, COMPOSE)
    if not title.strip():
        raise BadInput([Problem("title", "required", _NO_TITLE)])
    named = text_of(title, title_en)
    composition = with_stage(Composition(named, named), StageKind.PRIMARY)
    with transaction.atomic():
        year = now.astimezone(CHINA).year
        found = Campaign.objects.create(
            declaration=_next_id(year),
            composition=composition.to_json(),
            created_by=by.account_id,
            created_at=now,
            changed_at=now,
        )
        log.write(by=by, action="campaign.created", about=found, detail={"title": named.zh})
        return found


def _next_id(year: int) -> str:
    start = f"campaigns.c{year}_"
    used = Campaign.objects.filter(declaration__startswith=start).values_list("declaration", flat=True)
    return f"{start}{max((int(id.removeprefix(start)) for id in used), default=0) + 1:03d}"


def save_composition(*, campaign: UUID, composition: Composition, by: Actor, now: datetime) -> Campaign:
    """Keep what was chosen; nothing runs differently before it is published. Raises NotAllowed,
    CampaignNotFound, AlreadyStopped."""
    check_allowed(by, COMPOSE)
    with transaction.atomic():
        found = _locked(campaign)
        found.composition, found.changed_at = composition.to_json(), now
        found.save(update_fields=["composition", "changed_at"])
        log.write(by=by, action="campaign.composed", about=found, detail={"title": composition.title.zh})
        return found


def set_targets(*, campaign: UUID, numbers: Mapping[UUID, int], by: Actor, now: datetime) -> Campaign:
    """Set how many people each institution is to examine; an institution left out has no target.

    They count at once when the campaign is running. Raises NotAllowed, CampaignNotFound, AlreadyStopped.
    """
    check_allowed(by, COMPOSE)
    with transaction.atomic():
        found = _locked(campaign)
        found.targets.all().delete()
        CampaignTarget.objects.bulk_create(
            CampaignTarget(campaign=found, institution_id=place, number=number)
            for place, number in numbers.items()
        )
        found.changed_at = now
        found.save(update_fields=["changed_at"])
        if found.state == CampaignState.RUNNING:
            _write_targets(found, queries.composition_of(found), by, now)
        log.write(by=by, action="campaign.targeted", about=found, detail={"places": len(numbers)})
        return found


def publish(*, campaign: UUID, by: Actor, now: datetime) -> Campaign:
    """Release what was composed as the next version, in force from today (the first from its first day).

    Answers given so far keep the version that asked them. Raises NotAllowed, CampaignNotFound, BadInput with
    everything that is missing, NothingToPublish, AlreadyStopped.
    """
    check_allowed(by, COMPOSE)
    with transaction.atomic():
        found = _locked(campaign)
        composition = queries.composition_of(found)
        wrong = problems(composition)
        if wrong:
            raise BadInput(wrong)
        if found.published is not None and composition == Composition.from_json(found.published):
            raise refusals.NothingToPublish
        _release(found, composition, now)
        found.state = CampaignState.RUNNING
        found.save()
        _write_targets(found, composition, by, now)
        log.write(by=by, action="campaign.published", about=found, detail={"version": found.version})
        return found


def stop(*, campaign: UUID, by: Actor, now: datetime) -> Campaign:
    """End a running campaign: nobody is enrolled any more; open enrolments are closed by a job. Stopping
    twice is once. Raises NotAllowed, CampaignNotFound, NotStarted."""
    check_allowed(by, COMPOSE)
    with transaction.atomic():
        found = Campaign.objects.select_for_update(of=("self",)).filter(id=campaign).first()
        if found is None:
            raise refusals.CampaignNotFound
        if found.state == CampaignState.STOPPED:
            return found
        if found.state == CampaignState.DRAFT:
            raise refusals.NotStarted
        # What ends is what runs, whatever was being changed.
        composition = replace(queries.running(found), stopped_on=now.astimezone(CHINA).date())
        _release(found, composition, now)
        found.composition, found.state = composition.to_json(), CampaignState.STOPPED
        found.save()
        log.write(by=by, action="campaign.stopped", about=found, detail={"version": found.version})
        return found


def _release(found: Campaign, composition: Composition, now: datetime) -> None:
    before = declarations.latest_of(found.declaration)
    today = now.astimezone(CHINA).date()
    assert composition.first_on is not None
    valid_from = min(composition.first_on, today) if before is None else today
    capability = capability_of(composition, found.declaration, found.version + 1, valid_from, before)
    declarations.store(capability, now)
    found.version, found.published_at = capability.version, now
    found.published, found.changed_at = composition.to_json(), now


def _locked(campaign: UUID) -> Campaign:
    found = Campaign.objects.select_for_update(of=("self",)).filter(id=campaign).first()
    if found is None:
        raise refusals.CampaignNotFound
    if found.state == CampaignState.STOPPED:
        raise refusals.AlreadyStopped
    return found


def _write_targets(found: Campaign, composition: Composition, by: Actor, now: datetime) -> None:
    """Tell the dashboard: the number of each institution, and their sum for the whole county."""
    assert composition.first_on is not None
    assert composition.last_on is not None
    numbers = {target.institution_id: target.number for target in found.targets.all()}

    root = Institution.objects.filter(parent=None).order_by("path").first()
    if root is not None and numbers and root.pk not in numbers:
        numbers[root.pk] = sum(numbers.values())
    for year in range(composition.first_on.year, composition.last_on.year + 1):
        for place, number in numbers.items():
            Target.objects.update_or_create(
                indicator=f"{found.declaration}.{COMPLETED}",
                year=year,
                place_kind=PlaceKind.INSTITUTION,
                place=str(place),
                from_on=max(composition.first_on, date(year, 1, 1)),
                defaults={
                    "value": Decimal(number),
                    "set_by": by.account_id,
                    "set_at": now,
                    "source": found.declaration,
                },
            )


def enrol_everyone(*, campaign: UUID, now: datetime) -> Loaded:
    """Put everybody eligible who is not enrolled yet on the due lists, as a job of the system. Run again, it
    takes those who have become eligible since. Before the first day, and after the last, it does nothing."""
    today = now.astimezone(CHINA).date()
    with entered_as_system("campaign enrols everyone") as system:
        found = queries.campaign(campaign)
        if found.published is None:
            return Loaded()
        composition = queries.running(found)
        first, last = composition.first_on, composition.last_on
        runs = found.state == CampaignState.RUNNING and composition.enrols_all
        if not runs or first is None or last is None or not first <= today <= last:
            return Loaded()
        people = queries.candidates(composition.who, found.declaration, today)
        rows = (
            NewCase(found.declaration, person, today)
            for person in people.values_list("id", flat=True).iterator(chunk_size=5000)
        )
        loaded = load_cases(list(rows), by=system, now=now)
        found.enrolled_at = now
        found.save(update_fields=["enrolled_at"])
        return loaded


def close_everyone(*, campaign: UUID, now: datetime) -> int:
    """Close the open enrolments of a stopped campaign; gives how many. It can be run again where it ended."""
    closed = 0
    while True:
        with entered_as_system("campaign closes everyone") as system:
            found = queries.campaign(campaign)
            if found.state != CampaignState.STOPPED:
                return closed
            cases = Case.objects.filter(kind=found.declaration, closed_on=None).order_by("id")
            ids = list(cases.values_list("id", "opened_on")[:CLOSED_AT_ONCE])
            today = now.astimezone(CHINA).date()
            for id, opened_on in ids:
                close_after(
                    case=id,
                    reason="stopped",
                    on=max(today, opened_on),
                    by=system,
                    now=now,
                    cause="action:close_stopped",
                )
        closed += len(ids)
        if len(ids) < CLOSED_AT_ONCE:
            return closed


_NO_TITLE = Text("请填写项目名称。", "Give the campaign a name.")

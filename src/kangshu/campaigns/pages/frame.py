"""What the pages of composing share: the parts of a campaign, each with whether it is finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.campaigns import queries
from kangshu.campaigns.actions import COMPOSE
from kangshu.campaigns.composition import STAGE_TITLES, Composition, StageKind, problems
from kangshu.campaigns.models import Campaign, CampaignState


@dataclass(frozen=True)
class Part:
    """One part of composing; `state` is `good`, `attention` (something is missing) or `quiet` (not used)."""

    key: str
    title: str
    url: str
    state: str
    is_open: bool = False


def parts_of(found: Campaign, composition: Composition, open_part: str) -> list[Part]:
    wrong = {problem.field for problem in problems(composition)}
    language = get_language() or ""

    def part(key: str, title: str, url: str, used: bool = True) -> Part:
        state = "attention" if key in wrong else "good" if used else "quiet"
        return Part(key, title, url, state, key == open_part)

    def url(name: str, *more: object) -> str:
        return reverse(f"campaigns:{name}", args=[found.pk, *more])

    used = {stage.kind for stage in composition.stages}
    return [
        part("basics", _("Name and days"), url("basics")),
        part("who", pgettext("campaign", "For whom"), url("who")),
        *(
            part(kind.value, STAGE_TITLES[kind].in_language(language), url("stage", kind.value), kind in used)
            for kind in StageKind
        ),
        part("targets", _("Target numbers"), url("targets"), found.targets.exists()),
        part("check", _("Check and start"), url("check"), found.version > 0),
    ]


def frame(
    request: ActorRequest, campaign_id: UUID, open_part: str
) -> tuple[Campaign, Composition, dict[str, Any]]:
    """The campaign, what is composed, and the context that every page of composing needs."""
    found = queries.campaign(campaign_id)
    composition = queries.composition_of(found)
    return found, composition, context_of(request, found, composition, open_part)


def context_of(
    request: ActorRequest, found: Campaign, composition: Composition, open_part: str
) -> dict[str, Any]:
    parts = parts_of(found, composition, open_part)
    position = next((place for place, part in enumerate(parts) if part.is_open), 0)
    unpublished = found.published is not None and composition != Composition.from_json(found.published)
    return {
        "campaign": found,
        "composition": composition,
        "parts": parts,
        "following": parts[position + 1] if position + 1 < len(parts) else None,
        "is_stopped": found.state == CampaignState.STOPPED,
        "is_running": found.state == CampaignState.RUNNING,
        "is_changed": unpublished,
        "may_compose": is_allowed(request.actor, COMPOSE) and found.state != CampaignState.STOPPED,
    }

"""Campaigns as they are being composed, and what each institution is to reach.

What was published is in `work.Declaration` (never changed); whoever is in a campaign is a `work.Case`.
None of these tables is about a person.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kangshu.kernel.identifiers import new_id


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("being composed")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")


class Campaign(models.Model):
    """`composition` is what was chosen on the screen, perhaps ahead of the published `version` (0: never
    published). `declaration` is the id of its capability."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    declaration = models.CharField(max_length=40, unique=True)
    composition = models.JSONField()
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published = models.JSONField(null=True, blank=True)  # the composition that runs
    enrolled_at = models.DateTimeField(null=True, blank=True)  # when everybody eligible was last enrolled

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.declaration


class CampaignTarget(models.Model):
    """How many people an institution, with those under it, is to examine."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "institution"], name="campaigns_target_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.institution_id}: {self.number}"

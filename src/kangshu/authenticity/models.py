"""A look at a period's records, the signs it found, how each institution stands, and the phone check.

A sign is a reason to ask, never a finding of guilt: it names records, and the check by telephone says whether
the visits took place. Everything here tells of persons or of staff, so it is under row-level security.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id


class Look(models.Model):
    """One run over the records of a period within the reach of whoever asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    period = models.CharField(max_length=24)
    scope_path = ScopePathField()
    judged = models.PositiveIntegerField()
    suspected = models.PositiveIntegerField()
    by_account = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scope_path", "-at"], name="authenticity_looks")]


class Score(models.Model):
    """An institution in a look: how many records were judged, and in how many a sign was found."""

    id = models.BigAutoField(primary_key=True)
    look = models.ForeignKey(Look, models.CASCADE, related_name="scores")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    judged = models.PositiveIntegerField()
    suspected = models.PositiveIntegerField()
    signs = models.JSONField(default=dict, help_text="how many of each sign")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["look", "institution"], name="authenticity_score_once"),
        ]


class Suspicion(models.Model):
    """One sign with its reason and records; `person` is empty when it is about a doctor's work as a whole."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    look = models.ForeignKey(Look, models.CASCADE, related_name="suspicions")
    sign = models.CharField(max_length=12)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    doctor = models.ForeignKey("places.Staff", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    records = ArrayField(models.UUIDField(), default=list)
    reason_zh = models.CharField(max_length=300)
    reason_en = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["look", "institution"], name="authenticity_signs")]


class Outcome(models.TextChoices):
    """What a telephone call told."""

    CONFIRMED = "confirmed", _("the visit took place")
    DIFFERENT = "different", _("it took place, but not as recorded")
    NOT_MADE = "not_made", _("the visit did not take place")
    UNREACHED = "unreached", _("nobody was reached")


class Call(models.Model):
    """One record of the sample to be checked by telephone. Half of a sample is drawn from records without a
    sign, so that whoever calls cannot know, and the two halves can be compared."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    look = models.ForeignKey(Look, models.PROTECT, related_name="calls")
    record = models.ForeignKey("work.Record", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    position = models.PositiveIntegerField()
    suspected = models.BooleanField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    note = models.CharField(max_length=300, blank=True)
    called_name = models.CharField(max_length=80, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["look", "record"], name="authenticity_call_once"),
        ]

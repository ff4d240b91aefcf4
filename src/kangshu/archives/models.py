"""Batches of paper forms and the sheets entered from them.

A batch is about a heap of paper at an institution; a sheet is about a person, so it is under row security.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id


class Batch(models.Model):
    """`count` sheets of one form that an institution received on a day. Whoever enters them has taken the
    batch: what they save of the form counts to it until they put it down."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    form_id = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField()
    received_on = models.DateField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    taken_by = models.UUIDField(null=True, blank=True)
    taken_name = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    # What is saved afterwards has a higher transaction id, and records are indexed by it.
    taken_xid = models.BigIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["received_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="archives_batch_has_sheets"),
            models.UniqueConstraint(
                fields=["taken_by", "form_id"],
                condition=Q(closed_at__isnull=True, taken_by__isnull=False),
                name="archives_batch_one_in_hand",
            ),
        ]


class Sheet(models.Model):
    """A sheet that was entered: its record, by whom and when. One record counts to one batch. Written when
    the batch is put down: a save knows nothing of paper, and stays as quick as it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sheets")
    record = models.OneToOneField("work.Record", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    by_account = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()


class Trouble(models.Model):
    """A sheet that could not be entered, with the reason, until somebody settles it: entered after all, or
    sent back."""

    class Settled(models.TextChoices):
        ENTERED = "entered", _("entered after all")
        RETURNED = "returned", _("sent back to be filled anew")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="troubles")
    scope_path = ScopePathField()
    sheet = models.CharField(max_length=40, help_text="what finds the sheet in the heap")
    reason = models.CharField(max_length=200)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    settled = models.CharField(max_length=8, choices=Settled, blank=True)
    settled_name = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

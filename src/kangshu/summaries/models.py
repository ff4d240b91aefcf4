"""Work summaries 工作总结: sections of text by people, with figures bound to the catalogue.

A summary is about places, not persons: it has no row security; pages show it to whoever may see the place's
figures. Once signed it never changes: the figures as they were printed are kept with it, and the snapshot
they rest on is pinned.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id


class SummaryState(models.TextChoices):
    DRAFT = "draft"
    SIGNED = "signed"


class SectionState(models.TextChoices):
    """Being written, handed in by its office, approved by somebody who did not write it, or sent back."""

    WRITING = "writing", _("being written")
    SUBMITTED = "submitted", _("handed in")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("sent back")


class Summary(models.Model):
    """One document about one place and period. `figures` is empty until it is signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, default="general", help_text="summaries.outline.Kind")
    topic = models.CharField(max_length=100, blank=True, help_text="the service a topical one is about")
    period = models.CharField(max_length=24)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    state = models.CharField(max_length=8, choices=SummaryState, default=SummaryState.DRAFT)
    snapshot = models.CharField(max_length=64, blank=True, help_text="empty: the latest")
    figures = models.JSONField(default=dict)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    signed_by = models.UUIDField(null=True, blank=True)
    signed_name = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scope_path", "-created_at"], name="summaries_list")]


class Section(models.Model):
    """One section; `version` counts its texts, so that two editors notice each other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    office = models.CharField(max_length=40, blank=True, help_text="which office of the bureau owns it")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=SectionState, default=SectionState.WRITING)
    assigned_to = models.ForeignKey("access.Account", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_name = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "key"], name="summaries_section_once"),
        ]


class SectionText(models.Model):
    """Every text a section has had: who wrote it, when."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by_account = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["section", "version"], name="summaries_text_once"),
        ]


class Comment(models.Model):
    """A remark on a section, about the words quoted; settled when somebody says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    quote = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=1000)
    by_account = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    settled_name = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]


class ReportedFigure(models.Model):
    """A figure that an old summary states for its own period: reported, not computed. The document
    is not kept, only its name and the words of the figure."""

    id = models.BigAutoField(primary_key=True)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    document = models.CharField(max_length=200)
    period = models.CharField(max_length=8)
    name = models.CharField(max_length=100)
    indicator = models.CharField(
        max_length=100, blank=True, help_text="of the catalogue, where its name says so"
    )
    unit = models.CharField(max_length=20)
    value = models.DecimalField(
        max_digits=26, decimal_places=8, help_text="in persons, yuan or shares of one"
    )
    low = models.DecimalField(
        max_digits=26, decimal_places=8, help_text="least that the printed number means"
    )
    high = models.DecimalField(max_digits=26, decimal_places=8, help_text="most that it means")
    words = models.CharField(max_length=60, help_text="as printed")
    loaded_name = models.CharField(max_length=80)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "document", "period", "name", "unit"], name="summaries_reported_once"
            ),
        ]

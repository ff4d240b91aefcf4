"""Projects the county promised for a year (民生实事), and how far each has come month by month."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kangshu.kernel.identifiers import new_id


class Project(models.Model):
    """`target` in `unit` until the last day of the year (or `due_on`). `indicator` counts what is done where
    it can be counted; otherwise `institution` reports it every month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    target = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=12)
    section = models.CharField(max_length=60, help_text="responsible section of the bureau")
    responsible = models.CharField(max_length=50, help_text="responsible person")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=100, blank=True)
    begins_on = models.DateField()
    due_on = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year", "title"]
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="appraisal_project_once"),
            models.CheckConstraint(
                condition=Q(target__gt=0) & Q(due_on__gt=models.F("begins_on")),
                name="appraisal_project_sound",
            ),
        ]


class ProjectMonth(models.Model):
    """What was done up to the end of a month, as reported; a correction is a new row, the latest counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="months")
    month = models.CharField(max_length=7)
    done = models.DecimalField(max_digits=14, decimal_places=2, help_text="since the project began")
    note = models.CharField(max_length=500, blank=True)
    by_account = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["month", "at"]


class ProjectPhoto(models.Model):
    """A photo or paper that shows how far a project has come, kept under its content's hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="photos")
    title = models.CharField(max_length=100, blank=True)
    content_hash = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(help_text="bytes")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

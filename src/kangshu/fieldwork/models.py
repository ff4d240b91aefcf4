"""Sites, entries and what followed an entry. None of them knows what logbook it serves; the declaration does.

No row is about a person, and yet every row has its place in the tree: an institution sees its own entries and
those below it, an overseer (`Logbook.overseer`) those that were made for it. An entry is never overwritten: a
correction succeeds it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id
from kangshu.people.changes import ChangedXidField


class Status(models.TextChoices):
    CURRENT = "current"
    SUCCEEDED = "succeeded"
    WITHDRAWN = "withdrawn"


class Placed(models.Model):
    """What every row has: whose it is, who oversees it, its compartment, when it last changed."""

    scope_path = ScopePathField()
    overseer_path = ScopePathField(default="", blank=True)
    compartment = models.CharField(max_length=40, default="", blank=True)
    changed_xid = ChangedXidField()

    class Meta:
        abstract = True


class Site(Placed):
    """Something that entries are about: an employer, a survey plot, a clinic that is graded."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    form_version = models.PositiveSmallIntegerField()
    particulars = models.JSONField(default=dict)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    region = models.ForeignKey("places.Region", models.PROTECT, null=True, blank=True, related_name="+")
    registered_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_reason = models.CharField(max_length=200, default="", blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # The same employer registered twice by one institution would be inspected, and counted, twice.
            models.UniqueConstraint(
                fields=["kind", "institution", "name"],
                condition=Q(closed_on=None),
                name="fieldwork_site_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("registered_on")),
                name="fieldwork_site_closes_later",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "scope_path"], name="fieldwork_site_kind"),
            models.Index(fields=["changed_xid"], name="fieldwork_site_changed"),
        ]

    def __str__(self) -> str:
        return self.name


class SiteChange(Placed):
    """One step in a site's history: registered, changed, closed, reopened, with what it then said."""

    id = models.BigAutoField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12)  # registered, changed, closed, reopened
    on = models.DateField()
    name = models.CharField(max_length=100)
    particulars = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, default="", blank=True)
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=80, default="", blank=True)
    at = models.DateTimeField()


class Entry(Placed):
    """One entry of a logbook. Its id is made by the client: the same id sent twice is the same entry.

    `counted_on` is the day by which it counts: of a logbook with periods the last day of its `period` when it
    was performed after it. `stage`, `next_stage`, `next_due_on` and `ends_on` are kept for the lists, `facts`
    for the figures: all of them follow from the answers, the stages and the site (`rules.standing_of`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    logbook = models.CharField(max_length=80)
    form_id = models.CharField(max_length=80)
    form_version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    provenance = models.JSONField(default=dict)
    assessment = models.JSONField(default=dict)
    is_alarm = models.BooleanField(default=False)
    performed_on = models.DateField()
    counted_on = models.DateField()
    period = models.CharField(max_length=20, default="", blank=True)
    performed_by = models.ForeignKey(
        "places.Staff", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="entries")
    stage = models.CharField(max_length=40, default="entered")
    next_stage = models.CharField(max_length=40, default="", blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    entered_by = models.UUIDField(null=True, blank=True)
    entered_by_name = models.CharField(max_length=80, default="", blank=True)
    entered_at = models.DateTimeField()
    reported_at = models.DateTimeField()  # when its first version was entered: a correction is not late
    status = models.CharField(max_length=10, choices=Status, default=Status.CURRENT)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["succeeds"], condition=Q(succeeds__isnull=False), name="fieldwork_entry_one_successor"
            ),
            # What is owed for a period is given once: by a site, or by an institution that has no sites.
            models.UniqueConstraint(
                fields=["logbook", "site", "period"],
                condition=Q(status="current", site__isnull=False) & ~Q(period=""),
                name="fieldwork_entry_once_site",
            ),
            models.UniqueConstraint(
                fields=["logbook", "institution", "period"],
                condition=Q(status="current", site__isnull=True) & ~Q(period=""),
                name="fieldwork_entry_once",
            ),
        ]
        indexes = [
            models.Index(fields=["logbook", "scope_path", "counted_on"], name="fieldwork_entry_logbook"),
            models.Index(
                fields=["next_due_on", "logbook"],
                condition=Q(status="current") & ~Q(next_stage=""),
                name="fieldwork_entry_next",
            ),
            models.Index(fields=["changed_xid"], name="fieldwork_entry_changed"),
        ]


class StageRecord(Placed):
    """One stage of an entry as it was done; never overwritten: a correction succeeds it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=40)
    form_id = models.CharField(max_length=80, default="", blank=True)
    form_version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)
    performed_on = models.DateField()
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    entered_by = models.UUIDField(null=True, blank=True)
    entered_by_name = models.CharField(max_length=80, default="", blank=True)
    entered_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.CURRENT)
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "stage"], condition=Q(status="current"), name="fieldwork_stage_once"
            ),
        ]

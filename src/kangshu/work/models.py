"""The four tables that carry the work, and what is kept beside them.

`Case`: somebody is in a programme. `Record`: one filled form. `Due`: one thing to be done in a window.
`Transition`: one step of a case's state. None of them knows what programme it serves; the declared capability
does. Rows about persons are protected by row security (migration 0001) and a record's answers are never
overwritten (a trigger there refuses it): a correction is a new record that succeeds the old one.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id
from kangshu.people.changes import ChangedXidField


class RecordStatus(models.TextChoices):
    CURRENT = "current"
    SUCCEEDED = "succeeded"
    WITHDRAWN = "withdrawn"


class DueState(models.TextChoices):
    OPEN = "open"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Provenance(models.TextChoices):
    """Where an answer came from; only what is `typed` is judged when inventions are looked for."""

    TYPED = "typed"
    CARRIED = "carried"
    DEFAULT = "default"
    DEVICE = "device"
    IMPORT = "import"
    COMPUTED = "computed"


class Protected(models.Model):
    """What every row about a person has: whose it is, who may see it, when it last changed."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, default="", blank=True)
    changed_xid = ChangedXidField()

    class Meta:
        abstract = True


class Case(Protected):
    """A person in a programme, from the day it opened to the day it closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=80)  # capability id
    capability_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=40)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+", db_index=False)
    doctor = models.ForeignKey("places.Staff", models.PROTECT, related_name="+", null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_reason = models.CharField(max_length=40, default="", blank=True)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person"], condition=Q(closed_on=None), name="work_case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="work_case_closes_later",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="work_case_person"),
            models.Index(fields=["kind", "scope_path", "opened_on"], name="work_case_register"),
            # Row security asks for the person and the compartment too: with them here, counting a programme
            # reads the index alone.
            models.Index(
                fields=["kind", "scope_path"],
                include=["person", "compartment"],
                condition=Q(closed_on=None),
                name="work_case_open",
            ),
            models.Index(fields=["changed_xid"], name="work_case_changed"),
        ]


class Record(Protected):
    """One filled form. Its id is made by the client: the same id sent twice is the same record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form_id = models.CharField(max_length=80)
    form_version = models.PositiveSmallIntegerField()
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="records", db_index=False
    )
    answers = models.JSONField()
    provenance = models.JSONField(default=dict)
    performed_on = models.DateField()
    performed_by = models.ForeignKey(
        "places.Staff", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+", db_index=False)
    entered_by = models.UUIDField(null=True, blank=True)
    entered_at = models.DateTimeField()
    assessment = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=RecordStatus, default=RecordStatus.CURRENT)
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        constraints = [
            # Two people correct the same record at once: one succeeds it, the other is told.
            models.UniqueConstraint(
                fields=["succeeds"], condition=Q(succeeds__isnull=False), name="work_record_one_successor"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "form_id", "performed_on"], name="work_record_person"),
            models.Index(fields=["form_id", "performed_on"], name="work_record_form"),
            models.Index(fields=["changed_xid"], name="work_record_changed"),
        ]


class Due(Protected):
    """One thing to be done in a window: it may be done from `opens_on`, is late from `overdue_on`, and from
    `lapses_on` it is no longer to be done (None: never). Like lateness, this is compared on reading: lists
    ask `still_due`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=80)  # capability id, repeated for the lists
    step = models.CharField(max_length=40)
    opens_on = models.DateField()
    due_on = models.DateField()
    overdue_on = models.DateField()
    lapses_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DueState, default=DueState.OPEN)
    fulfilled_by = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+", db_index=False)
    doctor = models.ForeignKey(
        "places.Staff", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    region = models.ForeignKey(
        "places.Region", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )  # the village: the due list is a route

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "opens_on", "due_on"], condition=Q(state="open"), name="work_due_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["scope_path", "overdue_on", "person"],
                condition=Q(state="open"),
                name="work_due_scope",
            ),
            models.Index(fields=["overdue_on", "id"], condition=Q(state="open"), name="work_due_day"),
            models.Index(
                fields=["region", "overdue_on", "id"], condition=Q(state="open"), name="work_due_village"
            ),
            models.Index(fields=["person"], name="work_due_person"),
            models.Index(fields=["changed_xid"], name="work_due_changed"),
        ]


def still_due(today: date) -> Q:
    """Open windows that have not lapsed by a day."""
    return Q(state=DueState.OPEN) & (Q(lapses_on=None) | Q(lapses_on__gt=today))


class Transition(Protected):
    """One step of a case: opened, closed, reopened, handed over, or moved to another state."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="transitions")
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    event = models.CharField(max_length=60)
    on = models.DateField()
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=400, default="", blank=True)


class Declaration(models.Model):
    """A declaration as it was released, from the code or composed by the county; never changed."""

    id = models.BigAutoField(primary_key=True)
    declaration_id = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)  # form, capability, indicator, report
    origin = models.CharField(max_length=10)  # code, county
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration_id", "version"], name="work_declaration_once"),
        ]


class ParameterValue(models.Model):
    """A local value of a declared parameter, from a day on, for a place or for the whole county."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parameter = models.CharField(max_length=80)
    value = models.JSONField()
    from_on = models.DateField()
    institution = models.ForeignKey(
        "places.Institution", models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_by = models.UUIDField(null=True, blank=True)
    set_at = models.DateTimeField()
    reason = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["parameter", "from_on"], name="work_parameter_value")]


class PlannedBy(models.Model):
    """By which rules the cases of a capability were planned last (`work.planning_anew`)."""

    kind = models.CharField(max_length=80, primary_key=True)
    rules = models.CharField(max_length=64)
    planned_at = models.DateTimeField(null=True, blank=True)


class ReportState(models.TextChoices):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    AUDITED = "audited"
    RETURNED = "returned"
    LOCKED = "locked"


class ReportSubmission(models.Model):
    """One institution's statistical report of one period. Not about persons: no row security."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.CharField(max_length=80)
    report_version = models.PositiveSmallIntegerField()
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    period = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)  # why a logic check that asks does not apply
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    scope_path = ScopePathField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "institution", "period"], name="work_report_once"),
        ]
        indexes = [models.Index(fields=["report", "period", "scope_path"], name="work_report_period")]


class ReportStep(models.Model):
    """One step of a submission: who moved it, when, why, and the values as they then were."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(ReportSubmission, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    values = models.JSONField(default=dict)
    reason = models.CharField(max_length=400, default="", blank=True)
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=80, default="", blank=True)
    at = models.DateTimeField()

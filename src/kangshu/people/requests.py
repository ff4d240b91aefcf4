"""What is asked about a person and waits for an answer: a transfer by another institution, a correction by
the resident. Both keep who asked, who answered, and by which day an answer was owed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id


class TransferState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "waits for an answer")
    AGREED = "agreed", pgettext_lazy("request", "agreed")
    REFUSED = "refused", pgettext_lazy("request", "refused")
    BY_RULE = "by_rule", _("moved by rule, no answer came")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


class TransferRequest(models.Model):
    """`receiver` asks `holder` for a person who lives in its area now.

    `shown_name` and `last4` are what the receiver itself typed: it sees its request, not the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="transfer_requests")
    holder = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    region = models.ForeignKey("places.Region", models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    moved_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True, default="")
    shown_name = models.CharField(max_length=50)
    last4 = models.CharField(max_length=4)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=80)
    answer_due_on = models.DateField()
    state = models.CharField(max_length=9, choices=TransferState.choices, default=TransferState.OPEN)
    answer = models.CharField(max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True, default="")
    scope_path = ScopePathField()

    class Meta:
        indexes = [models.Index(fields=["state", "answer_due_on"], name="people_transfer_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="people_transfer_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} → {self.receiver_id} {self.state}"


class CorrectionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "waits for an answer")
    DONE = "done", pgettext_lazy("request", "corrected")
    DECLINED = "declined", pgettext_lazy("request", "not changed")


class CorrectionRequest(models.Model):
    """A resident says what is wrong in their record; the responsible institution answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="correction_requests")
    record_id = models.UUIDField(null=True, blank=True)
    about = models.CharField(max_length=120)
    words = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answer_due_on = models.DateField()
    state = models.CharField(max_length=8, choices=CorrectionState.choices, default=CorrectionState.OPEN)
    answer = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True, default="")
    scope_path = ScopePathField()

    class Meta:
        indexes = [models.Index(fields=["state", "answer_due_on"], name="people_correction_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"

"""Consent, messages, and which due each message reminds of.

A consent is never changed: the latest row of a person counts. A message keeps its text and where it stands;
the number it went to is the person's own and is kept with its last four digits only.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id
from kangshu.people.changes import ChangedXidField


class How(models.TextChoices):
    """Through whom consent was given or taken back."""

    STAFF = "staff", _("told to the staff")
    OWN_PAGE = "own", _("on the own page")
    REPLY = "reply", _("by replying to a message")


class Consent(models.Model):
    """That a person (or a child's guardian) wants reminders, or no longer does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    agreed = models.BooleanField()
    how = models.CharField(max_length=6, choices=How)
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True, blank=True)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="messaging_consent_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.agreed}"


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("message", "waiting to be sent")
    ACCEPTED = "accepted", pgettext_lazy("message", "taken by the gateway")
    DELIVERED = "delivered", pgettext_lazy("message", "delivered")
    FAILED = "failed", pgettext_lazy("message", "not delivered")
    CANCELLED = "cancelled", pgettext_lazy("message", "cancelled: consent was taken back")


class Message(models.Model):
    """One short message. `send_after` holds it back over quiet hours and between attempts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    template = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    phone_last4 = models.CharField(max_length=4)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    send_after = models.DateTimeField()
    gateway = models.CharField(max_length=40, blank=True, default="")
    gateway_id = models.CharField(max_length=80, blank=True, default="")
    error = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [
            models.Index(
                fields=["send_after"], condition=Q(state="waiting"), name="messaging_message_waiting"
            ),
            models.Index(
                fields=["gateway_id"], condition=Q(state="accepted"), name="messaging_message_accepted"
            ),
            models.Index(fields=["scope_path", "created_at"], name="messaging_message_log"),
            models.Index(fields=["person"], name="messaging_message_person"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"


class Reminded(models.Model):
    """Of which due a message reminds. The pair of person and due exists once: nobody is reminded twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="dues")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    due = models.CharField(max_length=120)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "due"], name="messaging_reminded_once")]

    def __str__(self) -> str:
        return self.due


class Simulated(models.Model):
    """What the simulator was handed: no text, no number, only what it will say became of it."""

    id = models.CharField(primary_key=True, max_length=80)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=9)
    told = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.id

"""What was read and written, by whom: two append-only tables.

The application's role may insert and select, nothing else. Entries are never touched again: the sealer (see
`audit.seal`) chains them in blocks of finished transactions, so that no saver waits for another's hash.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditEntry(models.Model):
    """One act, done, refused or failed. `xid` (in the database only) is the transaction that wrote it."""

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("outcome", "done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    roles = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    person_id = models.UUIDField(null=True)
    scope_path = models.CharField(max_length=60, blank=True, db_collation="C")
    # Where the actor stood: an auditor of the place sees what its people did elsewhere.
    actor_path = models.CharField(max_length=60, blank=True, db_collation="C")
    compartment = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    reason = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    ip = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("person_id", "-id"), name="audit_by_person"),
            models.Index(fields=("account_id", "-id"), name="audit_by_account"),
            models.Index(fields=("at",), name="audit_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name} {self.action}"


class Seal(models.Model):
    """One block of the chain: entries with `after_id` < id <= `last_id`, transaction in [from_xid, to_xid).

    `hash` = SHA-256 over `prev_hash` and the entries in order of id. `after_id` changes only when the
    database was restored into another cluster, whose transaction numbers begin again (an era).
    """

    number = models.BigIntegerField(primary_key=True)
    after_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    from_xid = models.DecimalField(max_digits=20, decimal_places=0)
    to_xid = models.DecimalField(max_digits=20, decimal_places=0)
    entries = models.BigIntegerField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} ({self.entries})"

"""The tables of the stock. Nothing here tells of a person: a movement made by a record names the record, and
whoever may see the record finds out whose it is.

`Movement` is only appended (a trigger refuses anything else); `Balance` is kept by a trigger from the
movements and can be written by nobody else, and the database refuses one below zero (migration 0002).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.kernel.identifiers import new_id


class MovementKind(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("stock", "received")
    ISSUED = "issued", pgettext_lazy("stock", "issued")
    RETURNED = "returned", _("came back after being issued")
    SENT_BACK = "sent_back", _("sent back to the supplier")
    TRANSFER_OUT = "transfer_out", _("sent to another institution")
    TRANSFER_IN = "transfer_in", _("arrived from another institution")
    SPOILED = "spoiled", pgettext_lazy("stock", "spoiled")
    LOST = "lost", pgettext_lazy("stock", "lost")
    FOUND = "found", pgettext_lazy("stock", "found again")
    COUNTED = "counted", _("difference at stocktaking")
    RECORDED = "recorded", _("by a service record")
    SETTLED = "settled", pgettext_lazy("stock", "settled")


class PaperState(models.TextChoices):
    """What a numbered paper is at this moment: one of these."""

    RECEIVED = "received", _("in stock")
    ISSUED = "issued", pgettext_lazy("paper", "issued")
    USED = "used", pgettext_lazy("paper", "used")
    SPOILED = "spoiled", pgettext_lazy("paper", "spoiled")
    LOST = "lost", pgettext_lazy("paper", "lost")
    SENT = "sent", _("on its way")
    SETTLED = "settled", pgettext_lazy("paper", "settled")
    SENT_BACK = "sent_back", _("sent back to the supplier")


class Held(models.Model):
    """Whose goods these are, and which."""

    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    goods = models.CharField(max_length=80)
    batch = models.CharField(max_length=40, blank=True, default="")
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Balance(Held):
    """How many of one batch an institution has. Written by the database alone."""

    quantity = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "goods", "batch"], name="stock_balance_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="stock_balance_not_below_zero"),
        ]
        indexes = [models.Index(fields=["goods", "institution"], name="stock_balance_goods")]


class TransferState(models.TextChoices):
    SENT = "sent", _("on its way")
    ACCEPTED = "accepted", _("arrived")
    RETURNED = "returned", _("not accepted, taken back")


class Transfer(models.Model):
    """Goods on their way from one institution to another: out of the sender's stock, in the receiver's only
    when somebody there says that they arrived."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goods = models.CharField(max_length=80)
    sender = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    batch = models.CharField(max_length=40, blank=True, default="")
    expires_on = models.DateField(null=True, blank=True)
    quantity = models.PositiveIntegerField()
    first_number = models.CharField(max_length=30, blank=True, default="", db_collation="C")
    last_number = models.CharField(max_length=30, blank=True, default="", db_collation="C")
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.SENT)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=80)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    arrived = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_transfer_of_something")
        ]
        indexes = [models.Index(fields=["state", "receiver"], name="stock_transfer_waiting")]


class Movement(Held):
    """One change of what an institution has. `quantity` is the change of the balance: above zero in, below
    zero out; zero where a paper that has left the stock changes its state."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=MovementKind)
    quantity = models.IntegerField()
    papers = models.PositiveIntegerField(default=0)
    first_number = models.CharField(max_length=30, blank=True, default="", db_collation="C")
    last_number = models.CharField(max_length=30, blank=True, default="", db_collation="C")
    becomes = models.CharField(max_length=10, choices=PaperState, blank=True, default="")
    on = models.DateField()
    other = models.CharField(max_length=120, blank=True, default="")  # supplier, or who got it
    document = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, blank=True, related_name="movements")
    record_id = models.UUIDField(null=True, blank=True)
    posting = models.CharField(max_length=80, blank=True, default="")
    step = models.CharField(max_length=10, blank=True, default="")  # saved, withdrawn
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(quantity=0) | Q(papers__gt=0), name="stock_movement_moves_something"
            ),
            # A record posts once, and is taken back once, whatever is sent twice.
            models.UniqueConstraint(
                fields=["record_id", "posting", "step", "institution", "goods", "batch", "first_number"],
                condition=Q(record_id__isnull=False),
                name="stock_movement_once_a_record",
            ),
        ]
        indexes = [
            models.Index(fields=["goods", "institution", "on"], name="stock_movement_ledger"),
            models.Index(fields=["record_id"], name="stock_movement_record"),
            models.Index(fields=["goods", "first_number"], name="stock_movement_number"),
        ]


class Paper(models.Model):
    """One numbered paper, from its arrival to its end."""

    goods = models.CharField(max_length=80)
    number = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.RECEIVED)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    """Who has it, or had it when it left the stock."""
    used_at = models.ForeignKey("places.Institution", models.PROTECT, null=True, blank=True, related_name="+")
    issued_record = models.UUIDField(null=True, blank=True)
    used_record = models.UUIDField(null=True, blank=True)
    changed_on = models.DateField()
    settlement = models.ForeignKey(
        "stock.Settlement", models.PROTECT, null=True, blank=True, related_name="papers"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goods", "number"], name="stock_paper_once")]
        indexes = [
            models.Index(fields=["goods", "institution", "state"], name="stock_paper_state"),
            models.Index(fields=["goods", "used_at", "state"], name="stock_paper_used"),
        ]


class Stocktake(models.Model):
    """Somebody counted one kind of goods: what the books said and what lay there, by batch."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    goods = models.CharField(max_length=80)
    on = models.DateField()
    expected = models.IntegerField()
    counted = models.IntegerField()
    reason = models.CharField(max_length=300, blank=True, default="")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "goods", "-on"], name="stock_stocktake_last")]


class Gap(models.Model):
    """A service was given and the stock did not cover it (`Short.NOTE`): to be cleared up, never
    forgotten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    goods = models.CharField(max_length=80)
    batch = models.CharField(max_length=40, blank=True, default="")
    quantity = models.PositiveIntegerField()
    on = models.DateField()
    record_id = models.UUIDField()
    posting = models.CharField(max_length=80)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "posting"], name="stock_gap_once")]
        indexes = [
            models.Index(fields=["institution", "goods"], condition=Q(closed_on=None), name="stock_gap_open")
        ]


class Settlement(models.Model):
    """Used papers of one institution, paid for together; the money is in the ledger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goods = models.CharField(max_length=80)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    on = models.DateField()
    papers_settled = models.PositiveIntegerField()
    worth = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

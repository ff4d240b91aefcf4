"""The tables of the money.

`Posting` moves an amount from one account of a fund to another, so that the books balance by construction;
it is only appended. `YearBalance` is kept by triggers and can be written by nobody else; the database
refuses to spend more than was allotted (migration 0002).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id

MONEY = {"max_digits": 14, "decimal_places": 2}


class PostingKind(models.TextChoices):
    GRANT = "grant", _("money received")
    SPEND = "spend", pgettext_lazy("fund", "spent")
    REFUND = "refund", pgettext_lazy("fund", "paid back to the fund")
    REVERSAL = "reversal", pgettext_lazy("fund", "reversed")


class Account(models.TextChoices):
    """The accounts of a fund: where its money comes from, what it holds, what it was spent on."""

    SOURCES = "sources"
    PURSE = "purse"
    SPENT = "spent"


class Allotment(models.Model):
    """What one source promises for a year, by a numbered document; a change is another line, above or below
    zero."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fund = models.CharField(max_length=80)
    year = models.SmallIntegerField()
    source = models.CharField(max_length=40)
    amount = models.DecimalField(**MONEY)
    document = models.CharField(max_length=120, blank=True, default="")
    on = models.DateField()
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["fund", "year"], name="ledger_allotment_year")]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledger_allotment_of_something")]


class YearBalance(models.Model):
    """A fund in a year: allotted, received, spent. Written by the database alone."""

    fund = models.CharField(max_length=80)
    year = models.SmallIntegerField()
    allotted = models.DecimalField(default=0, **MONEY)
    received = models.DecimalField(default=0, **MONEY)
    spent = models.DecimalField(default=0, **MONEY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "year"], name="ledger_yearbalance_once"),
            models.CheckConstraint(condition=Q(spent__gte=0), name="ledger_spent_not_below_zero"),
            models.CheckConstraint(
                condition=Q(spent__lte=F("allotted")), name="ledger_spent_within_allotted"
            ),
        ]


class Posting(models.Model):
    """One movement of money. `subject_kind` and `subject_id` say what for: a record, a claim, a settlement;
    `person` and `scope_path` whose it is, where it is about a person (row security)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fund = models.CharField(max_length=80)
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=PostingKind)
    debit = models.CharField(max_length=10, choices=Account)
    credit = models.CharField(max_length=10, choices=Account)
    amount = models.DecimalField(**MONEY)
    source = models.CharField(max_length=40, blank=True, default="")
    on = models.DateField()
    institution = models.ForeignKey(
        "places.Institution", models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject_kind = models.CharField(max_length=30, blank=True, default="")
    subject_id = models.UUIDField(null=True, blank=True)
    posting = models.CharField(max_length=80, blank=True, default="")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, default="", blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    document = models.CharField(max_length=120, blank=True, default="")
    memo = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_posting_of_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="ledger_posting_between_accounts"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "posting"],
                condition=Q(subject_id__isnull=False, reverses__isnull=True),
                name="ledger_posting_once_a_subject",
            ),
        ]
        indexes = [models.Index(fields=["fund", "year", "on"], name="ledger_posting_fund")]

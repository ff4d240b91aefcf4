"""An appraisal of institutions: its sheet, the records drawn and checked, points, appeals and payments.

What tells of one institution or of residents carries its `scope_path` and is under row security; when an
appraisal is final, a trigger refuses every change of it and of what belongs to it (migration 0002).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.appraisal.models.package import two_languages
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text


class Appraisal(models.Model):
    """One appraisal of a period with the terms of its money. `look` is the authenticity check whose signs
    made records likelier to be drawn; `seed` is what the draw began from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=100)
    period = models.CharField(max_length=24)
    state = models.CharField(max_length=8, default="draft")
    pool = models.DecimalField(max_digits=14, decimal_places=2, help_text="yuan")
    advance_percent = models.DecimalField(max_digits=5, decimal_places=2)
    full_from = models.DecimalField(max_digits=5, decimal_places=2)
    nothing_under = models.DecimalField(max_digits=5, decimal_places=2)
    rest = models.CharField(max_length=8)
    deduction = models.DecimalField(max_digits=10, decimal_places=2, help_text="yuan for each false record")
    sample_size = models.PositiveSmallIntegerField(help_text="records of each institution and sample line")
    sign_weight = models.PositiveSmallIntegerField(
        help_text="how many times likelier a record with a sign is"
    )
    multiplies = models.BooleanField(help_text="whether the true share of the sample multiplies quantities")
    seed = models.CharField(max_length=40, blank=True)
    look = models.ForeignKey("authenticity.Look", models.PROTECT, null=True, blank=True, related_name="+")
    snapshot = models.CharField(max_length=64, blank=True)
    appeals_until = models.DateField(null=True, blank=True)
    withheld = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    made_by = models.UUIDField()
    made_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    scored_at = models.DateTimeField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    final_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pool__gte=0)
                & Q(advance_percent__gte=0, advance_percent__lte=100)
                & Q(full_from__gt=0, full_from__lte=100)
                & Q(nothing_under__gte=0, nothing_under__lte=models.F("full_from")),
                name="appraisal_terms_are_sound",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """One line of the sheet: where its value comes from and how it becomes points. `forms` are the forms a
    sample line draws from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=9)
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    rule = models.CharField(max_length=14)
    floor = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    goal = models.DecimalField(max_digits=12, decimal_places=2, default=100)
    falling = models.BooleanField(default=False)
    indicator = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=12, default="%")
    forms = ArrayField(models.CharField(max_length=80), default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=100), name="appraisal_line_weight")
        ]

    @property
    def title(self) -> Text:
        return two_languages(self.title_zh, self.title_en)


class Entry(models.Model):
    """An institution in an appraisal: what it got in advance, and, when all is done, its score and money."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="entries")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    residents = models.PositiveIntegerField(help_text="what divides the pool")
    base = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    advance = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    true_share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    false_records = models.PositiveIntegerField(default=0)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    coefficient = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    deducted = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    balance = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["scope_path"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "institution"], name="appraisal_entry_once")
        ]

    @property
    def paid(self):
        return None if self.balance is None else self.advance + self.balance

    @property
    def difference(self):
        """The reward (above zero) or penalty beside the share by population."""
        return None if self.balance is None else self.paid - self.base


class LineScore(models.Model):
    """The value and points of one line for one institution. `first_points` is what stood before an appeal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="scores")
    line = models.ForeignKey(Line, models.CASCADE, related_name="scores")
    scope_path = ScopePathField()
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    first_points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "line"], name="appraisal_score_once")]


class Stratum(models.Model):
    """What a sample was drawn from: an institution's records for a line, with a sign or without; how many
    there were and how many were drawn, and the random start of the systematic draw."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="strata")
    line = models.ForeignKey(Line, models.CASCADE, related_name="strata")
    scope_path = ScopePathField()
    signed = models.BooleanField()
    size = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    start = models.DecimalField(max_digits=7, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "line", "signed"], name="appraisal_stratum_once")
        ]


class Check(models.TextChoices):
    """What an assessor found of a record."""

    REAL = "real", _("real, as recorded")
    WRONG = "wrong", _("real, but values are wrong")
    FALSE = "false", _("not real")
    UNREACHED = "unreached", _("cannot be reached")


class Method(models.TextChoices):
    PHONE = "phone", _("by telephone")
    ON_SITE = "on_site", _("on site")


class Drawn(models.Model):
    """One record of the sample. The assessor is not told whether it has a sign."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="drawn")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="drawn")
    record = models.ForeignKey("work.Record", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    position = models.PositiveIntegerField(help_text="in the order of checking, mixed")
    outcome = models.CharField(max_length=9, choices=Check, blank=True)
    method = models.CharField(max_length=7, choices=Method, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["entry", "position"], name="appraisal_drawn_order")]
        constraints = [models.UniqueConstraint(fields=["stratum", "record"], name="appraisal_drawn_once")]


class Evidence(models.Model):
    """A photo or paper about a check or a line of an institution, kept under its content's hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="evidence")
    drawn = models.ForeignKey(Drawn, models.CASCADE, null=True, blank=True, related_name="evidence")
    line = models.ForeignKey(Line, models.CASCADE, null=True, blank=True, related_name="evidence")
    scope_path = ScopePathField()
    content_hash = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(help_text="bytes")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()


class Answer(models.TextChoices):
    """What became of an appeal."""

    UPHELD = "upheld", _("upheld")
    REFUSED = "refused", _("not upheld")


class Appeal(models.Model):
    """An institution disputes a line (or one record of its sample), and what the bureau answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="appeals")
    line = models.ForeignKey(Line, models.CASCADE, related_name="appeals")
    drawn = models.ForeignKey(Drawn, models.CASCADE, null=True, blank=True, related_name="appeals")
    scope_path = ScopePathField()
    text = models.CharField(max_length=1000)
    by_account = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    answer_text = models.CharField(max_length=1000, blank=True)
    points_before = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    points_after = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    answered_name = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "line"],
                condition=Q(answer="", drawn__isnull=True),
                name="appraisal_appeal_one_open",
            )
        ]


class Payment(models.Model):
    """Money of an appraisal to an institution: the advance when it starts, the balance when it is final.
    `posted` is the ledger's entry."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="payments")
    scope_path = ScopePathField()
    kind = models.CharField(max_length=7, choices=[("advance", _("advance")), ("balance", _("balance"))])
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField()
    posted = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["on", "kind"]
        constraints = [models.UniqueConstraint(fields=["entry", "kind"], name="appraisal_payment_once")]

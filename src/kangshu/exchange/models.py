"""What crosses the border: keys for programs that call the interface, and files that were brought in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id


class ApiKey(models.Model):
    """A program's key to the interface: it acts as its account, with that account's roles and scope.

    Only a digest is kept. The secret has 256 random bits, so a plain SHA-256 needs no stretching.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ImportState(models.TextChoices):
    """uploaded → checking → checked → loading → done; failed and cancelled end it earlier."""

    UPLOADED = "uploaded", _("waiting to be checked")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", pgettext_lazy("import", "checked")
    LOADING = "loading", _("being loaded")
    DONE = "done", pgettext_lazy("import", "done")
    FAILED = "failed", _("could not be read")
    CANCELLED = "cancelled", _("cancelled")


class ImportChoice(models.TextChoices):
    """What becomes of the good rows when there are bad ones."""

    GOOD_ROWS = "good_rows", _("load the good rows")
    ALL_OR_NOTHING = "all_or_nothing", _("load all rows or none")


class ImportJob(models.Model):
    """One file brought in: checked first (nothing is written), then loaded as the person chose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=80)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    choice = models.CharField(max_length=14, choices=ImportChoice, blank=True, default="")
    rows_total = models.PositiveIntegerField(default=0)
    rows_seen = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    rows_loaded = models.PositiveIntegerField(default=0)
    refusal_zh = models.CharField(max_length=400, blank=True, default="")
    refusal_en = models.CharField(max_length=400, blank=True, default="")
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("account", "-created_at")),)

    def __str__(self) -> str:
        return self.filename

    @property
    def is_running(self) -> bool:
        return self.state in (ImportState.UPLOADED, ImportState.CHECKING, ImportState.LOADING)

    @property
    def rows_good(self) -> int:
        return self.rows_seen - self.rows_bad

    @property
    def percent(self) -> int:
        done = self.rows_loaded if self.state == ImportState.LOADING else self.rows_seen
        out_of = (self.rows_total - self.rows_bad) if self.state == ImportState.LOADING else self.rows_total
        return min(100, done * 100 // out_of) if out_of else 0


class ImportProblem(models.Model):
    """One thing wrong in the file: row and column as the spreadsheet counts them, the value, and why."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=100)
    value = models.CharField(max_length=200)
    code = models.CharField(max_length=60)
    reason_zh = models.CharField(max_length=400)
    reason_en = models.CharField(max_length=400)
    scope_path = ScopePathField()

    class Meta:
        ordering = ("row", "id")
        indexes = (models.Index(fields=("job", "row")),)

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.reason_en}"

    @property
    def reason(self):
        from kangshu.kernel.text import Text

        return Text(self.reason_zh, self.reason_en)

"""Dated values of indicators, the targets set for them, and the register of snapshots they were computed on.

A figure is never only a number (design, decision 6): it says which indicator in which version, for which
period and place, of which of the two kinds, and from which snapshot or which report it came. None of these
tables is about a person; they hold counts only, and small counts are suppressed where they are shown.
"""

from __future__ import annotations

from django.db import models

from kangshu.kernel.identifiers import new_id


class PlaceKind(models.TextChoices):
    """What the place of a figure is told by."""

    INSTITUTION = "institution"
    REGION = "region"


class FigureKind(models.TextChoices):
    """Where a figure comes from: counted from records, or written by an institution into a report."""

    COMPUTED = "computed"
    REPORTED = "reported"


class Snapshot(models.Model):
    """One frozen copy of the records for analysis; its name is the hash of its manifest.

    The files live under the snapshot directory (`KANGSHU_HOME/snapshots`); this row is what lists, prunes and
    freezes refer to. `pinned` keeps a snapshot that a frozen summary rests on.
    """

    class State(models.TextChoices):
        READY = "ready"
        FAILED = "failed"
        PRUNED = "pruned"

    name = models.CharField(primary_key=True, max_length=64)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    taken_at = models.DateTimeField()
    changed_below = models.BigIntegerField(help_text="every change below this transaction is in the snapshot")
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    seconds = models.DecimalField(max_digits=9, decimal_places=3)
    pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """One value of one indicator for one period and place.

    `numerator` and `denominator` are what the engine counted (integers, or exact decimals of sums); `value`
    is their ratio in the indicator's unit, or null with a `note` that says why there is none. `lineage` holds
    what is needed to compute it again: parameters, the hash of the definition, the hash of the statement; for
    a reported figure, the submission it was read from.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    indicator = models.CharField(max_length=100)
    version = models.CharField(max_length=40)
    period = models.CharField(max_length=24)
    place_kind = models.CharField(max_length=11, choices=PlaceKind.choices)
    place = models.CharField(max_length=36, help_text="institution id, or region code")
    kind = models.CharField(max_length=8, choices=FigureKind.choices)
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.PROTECT)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    lineage = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="figures_figure_computed_has_snapshot",
                condition=~models.Q(kind="computed") | models.Q(snapshot__isnull=False),
            ),
            models.UniqueConstraint(
                name="figures_figure_one_per_snapshot",
                fields=[
                    "indicator",
                    "version",
                    "period",
                    "place_kind",
                    "place",
                    "kind",
                    "snapshot",
                    "source",
                ],
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["indicator", "period", "place"], name="figures_figure_lookup")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.place} = {self.value}"


class Target(models.Model):
    """What a place is meant to reach, in the indicator's unit, for a year, from a date on.

    A later target for the same place and year does not overwrite the earlier one: the one whose `from_on` is
    the latest not after the day asked about is in force.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    indicator = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    place_kind = models.CharField(max_length=11, choices=PlaceKind.choices, default=PlaceKind.INSTITUTION)
    place = models.CharField(max_length=36)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="the document that set it")
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="figures_target_one_per_day",
                fields=["indicator", "year", "place_kind", "place", "from_on"],
            ),
            models.CheckConstraint(
                name="figures_target_dates_in_order",
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.place} ≥ {self.value}"


class AlertKind(models.TextChoices):
    """Why a figure has left its course: the control chart's signal, or the straight way to the target."""

    SIGNAL = "signal"
    BEHIND = "behind"


class Alert(models.Model):
    """A figure of a place that left its course in a month, until somebody has looked at it.

    One for each figure, place, kind and month, however many nights it is seen. `told` says what was seen in
    both languages. It holds counts of places, never of persons.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    indicator = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=AlertKind.choices)
    month = models.CharField(max_length=7)
    institution = models.ForeignKey("places.Institution", on_delete=models.PROTECT)
    told = models.JSONField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.UUIDField(null=True, blank=True)
    acknowledged_by_name = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-raised_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="figures_alert_once", fields=["indicator", "kind", "month", "institution"]
            ),
            models.CheckConstraint(
                name="figures_alert_acknowledged_with_note",
                condition=models.Q(acknowledged_at__isnull=True) | ~models.Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month} {self.kind}"


class SavedTable(models.Model):
    """A table that somebody put together: figures, splits, period and place, as the address says them.

    The owner sees it, and those it is shared with: everybody of a role, or of an institution and what is
    under it. What is in the table is computed for its reader, so sharing shows nobody more than they may see.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    owner = models.UUIDField()
    owner_name = models.CharField(max_length=60)
    shared_role = models.CharField(max_length=40, blank=True)
    shared_path = models.CharField(max_length=60, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(name="figures_savedtable_name_once", fields=["owner", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

"""The check of vaccination certificates at entry into nursery and school: one list a school and year, and its
pupils. A pupil's identity number is kept as the keyed index and the last four digits only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id
from kangshu.people.changes import ChangedXidField


class SchoolKind(models.TextChoices):
    NURSERY = "nursery", _("nursery or kindergarten")
    PRIMARY = "primary", _("primary school")
    OTHER = "other", _("other school")


class EntryCheck(models.Model):
    """The new entrants of one school in one year, checked by one vaccination unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=SchoolKind, default=SchoolKind.NURSERY)
    year = models.PositiveSmallIntegerField()
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    scope_path = ScopePathField()
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "school", "year"], name="immunisation_entry_check_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.year}"


class Match(models.TextChoices):
    """Whether a pupil of the list is somebody of the register."""

    FOUND = "found", pgettext_lazy("pupil", "in the register")
    AMBIGUOUS = "ambiguous", pgettext_lazy("pupil", "several fit: choose")
    ELSEWHERE = "elsewhere", pgettext_lazy("pupil", "registered with another unit")
    UNKNOWN = "unknown", pgettext_lazy("pupil", "not in the register")


class EntryPupil(models.Model):
    """One new entrant. `missing` are the doses that were missing when the certificate was checked; for a
    pupil of the register what is missing today is asked of the forecaster anew."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    check_list = models.ForeignKey(EntryCheck, models.PROTECT, related_name="pupils")
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=50)
    class_name = models.CharField(max_length=40, blank=True, default="")
    birth_date = models.DateField(null=True, blank=True)
    number_index = models.BinaryField(max_length=32, null=True, blank=True)
    last4 = models.CharField(max_length=4, blank=True, default="")
    match = models.CharField(max_length=10, choices=Match)
    # Not `person`: rows with that column move with the person, and the school's list stays with its unit.
    resident = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    elsewhere = models.CharField(max_length=120, blank=True, default="")
    has_certificate = models.BooleanField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.UUIDField(null=True, blank=True)
    missing = models.JSONField(default=list)
    caught_up_on = models.DateField(null=True, blank=True)
    scope_path = ScopePathField()
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [models.Index(fields=["check_list", "row"], name="immunisation_pupil_list")]

    def __str__(self) -> str:
        return self.name


from kangshu.immunisation.supplies import Delivery, Package  # noqa: E402, F401 - tables of this app too

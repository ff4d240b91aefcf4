"""What happened to a person at an institution: encounters, diagnoses, results, prescriptions.

Entered lightly at a clinic or imported from a hospital's system; `(source, external_id)` makes an import that
is sent twice count once. Rows carry the scope of the institution responsible for the person.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kangshu.access.fields import ScopePathField
from kangshu.kernel.identifiers import new_id
from kangshu.people.changes import ChangedXidField


class EncounterKind(models.TextChoices):
    OUTPATIENT = "outpatient", _("clinic visit")
    INPATIENT = "inpatient", _("hospital stay")
    HOME = "home", _("home visit")
    PHONE = "phone", _("by phone")


class Encounter(models.Model):
    """One visit or stay. `institution` is where it happened, not who is responsible for the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="encounters", db_index=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    staff = models.ForeignKey("places.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=EncounterKind.choices, default=EncounterKind.OUTPATIENT)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    complaint = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    source = models.CharField(max_length=40, default="kangshu")
    external_id = models.CharField(max_length=64, blank=True, default="")
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, blank=True, default="")
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-started_on"], name="care_encounter_person"),
            models.Index(fields=["changed_xid"], name="care_encounter_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="care_encounter_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="care_encounter_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_on}"


class DiagnosisKind(models.TextChoices):
    MAIN = "main", _("main diagnosis")
    OTHER = "other", _("other diagnosis")


class Diagnosis(models.Model):
    """A diagnosis with its ICD-10 code (national clinical edition, e.g. `I10.x00`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="diagnoses")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="diagnoses", db_index=False)
    code = models.CharField(max_length=12, db_collation="C")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=5, choices=DiagnosisKind.choices, default=DiagnosisKind.MAIN)
    diagnosed_on = models.DateField()
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, blank=True, default="")
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-diagnosed_on"], name="care_diagnosis_person"),
            models.Index(fields=["code", "scope_path", "person"], name="care_diagnosis_code"),
            models.Index(fields=["changed_xid"], name="care_diagnosis_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Result(models.Model):
    """One measured value: a laboratory or bedside result. Numbers in `value`, words in `text`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, models.PROTECT, null=True, blank=True, related_name="results")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="results", db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80, blank=True, default="")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.CharField(max_length=200, blank=True, default="")
    unit = models.CharField(max_length=20, blank=True, default="")
    measured_on = models.DateField()
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, blank=True, default="")
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "code", "-measured_on"], name="care_result_person"),
            models.Index(fields=["changed_xid"], name="care_result_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"

    @property
    def amount(self) -> str:
        """The value as people write it (`7.2`, not `7.2000`), or the finding in words."""
        return self.text if self.value is None else f"{self.value.normalize():f}"


class Prescription(models.Model):
    """One medicine ordered: name, dose, how often (CV06.00.228), for how many days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="prescriptions")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="prescriptions")
    medicine = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True, default="")
    dose = models.CharField(max_length=40, blank=True, default="")
    frequency = models.CharField(max_length=20, blank=True, default="")
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True, default="")
    prescribed_on = models.DateField()
    scope_path = ScopePathField()
    compartment = models.CharField(max_length=40, blank=True, default="")
    changed_xid = ChangedXidField()

    class Meta:
        indexes = [models.Index(fields=["changed_xid"], name="care_prescription_changed")]

    def __str__(self) -> str:
        return self.medicine

"""Where things are and who works there: regions, institutions, staff, population, swapped working days.

Nothing here is about residents, so no row is hidden by scope. Names, mergers and splits keep their dates:
a report about last year shows the village as it was called last year.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.kernel.identifiers import new_id


class Region(models.Model):
    """An administrative division by its twelve-digit statistical code, padded with zeros at higher levels."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("province")
        PREFECTURE = 2, _("prefecture")
        COUNTY = 3, _("county")
        TOWNSHIP = 4, _("township")
        VILLAGE = 5, _("village")

    code = models.CharField(max_length=12, primary_key=True, db_collation="C")
    name = models.CharField(max_length=60)
    level = models.SmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    urban_rural = models.CharField(max_length=3, blank=True)  # 111–123 urban, 210–220 rural
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # last day, included

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{12}$"), name="region_code_has_12_digits"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="region_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegionChange(models.Model):
    """A dated change: renamed (code to itself), merged (many to one), split (one to many), recoded."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", pgettext_lazy("region", "renamed")
        MERGED = "merged", pgettext_lazy("region", "merged")
        SPLIT = "split", pgettext_lazy("region", "split")
        RECODED = "recoded", pgettext_lazy("region", "given a new code")

    kind = models.CharField(max_length=10, choices=Kind)
    from_region = models.ForeignKey(Region, models.PROTECT, related_name="changes_away")
    to_region = models.ForeignKey(Region, models.PROTECT, related_name="changes_here")
    on = models.DateField()  # first day of the new state
    old_name = models.CharField(max_length=60, blank=True)
    new_name = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "from_region", "to_region", "on"), name="region_change_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_region_id} {self.kind} → {self.to_region_id} ({self.on})"


class Institution(models.Model):
    """A bureau, hospital, centre, clinic or office. `path` is its place in the county's tree of institutions.

    Every protected row about a person carries the path of the institution responsible, and scope is a range
    of paths (see `places.scope`), so a path is given once and only `move_institution` changes it.
    """

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("health bureau")
        HOSPITAL = "hospital", _("hospital")
        TOWNSHIP_CENTRE = "township_centre", _("township health centre")
        COMMUNITY_CENTRE = "community_centre", _("community health centre")
        VILLAGE_CLINIC = "village_clinic", _("village clinic")
        CDC = "cdc", _("disease control centre")
        MCH = "mch", _("maternal and child health hospital")
        SUPERVISION = "supervision", _("health supervision office")
        INSURANCE = "insurance", _("insurance office")
        OTHER = "other", _("other institution")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=22, unique=True, db_collation="C")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="institutions")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=60, unique=True, db_collation="C")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("path",)
        constraints = [
            models.CheckConstraint(
                condition=Q(path__regex=r"^([0-9a-z]{4}\.)+$"), name="institution_path_is_segments"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="institution_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InstitutionChange(models.Model):
    """A dated change of an institution; `other` is the one it merged into, was split from, or moved under."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", pgettext_lazy("institution", "renamed")
        MERGED = "merged", pgettext_lazy("institution", "merged")
        SPLIT = "split", pgettext_lazy("institution", "split")
        MOVED = "moved", pgettext_lazy("institution", "moved")
        CLOSED = "closed", pgettext_lazy("institution", "closed")

    kind = models.CharField(max_length=10, choices=Kind)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="changes")
    other = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="changes_of_others"
    )
    on = models.DateField()
    old_name = models.CharField(max_length=100, blank=True)
    new_name = models.CharField(max_length=100, blank=True)
    old_path = models.CharField(max_length=60, blank=True, db_collation="C")
    new_path = models.CharField(max_length=60, blank=True, db_collation="C")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.institution_id} {self.kind} ({self.on})"


class Staff(models.Model):
    """Somebody who works at an institution: the present posting. `StaffPosting` has the history."""

    class Kind(models.TextChoices):
        DOCTOR = "doctor", _("doctor")
        VILLAGE_DOCTOR = "village_doctor", _("village doctor")
        NURSE = "nurse", _("nurse")
        PUBLIC_HEALTH = "public_health", _("public health worker")
        CLERK = "clerk", _("clerk")
        OTHER = "other", _("other staff")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=50)
    name_pinyin = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=20, choices=Kind)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="staff")
    licence = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)  # last working day

    class Meta:
        ordering = ("name_pinyin", "id")
        verbose_name_plural = "staff"
        indexes = [models.Index(fields=("institution", "name_pinyin"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="staff_leave_after_they_come",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StaffPosting(models.Model):
    """Where a member of staff worked in which days, both included."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="postings")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="postings")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("from_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="posting_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("staff",), condition=Q(to_on__isnull=True), name="one_open_posting_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.institution_id} from {self.from_on}"


class Population(models.Model):
    """How many usual residents a region has: the denominator of many figures.

    A correction is a new `version` of the year; the highest version counts. `age_to` is included and null in
    the open last band; sex is GB/T 2261.1 with "0" for both together.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="population")
    year = models.SmallIntegerField()
    version = models.SmallIntegerField(default=1)
    sex = models.CharField(max_length=1, default="0")
    age_from = models.SmallIntegerField(default=0)
    age_to = models.SmallIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("region", "year", "version", "sex", "age_from")
        constraints = [
            models.UniqueConstraint(
                fields=("region", "year", "version", "sex", "age_from"), name="population_band_once"
            ),
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="population_band_has_width",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} v{self.version} {self.sex} {self.age_from}+: {self.count}"


class WorkdayOverride(models.Model):
    """A day the county works although the calendar says not, or the other way round, with who said so."""

    date = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date}: {'working' if self.is_working else 'off'}"

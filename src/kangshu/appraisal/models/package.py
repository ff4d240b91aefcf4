"""The services of a year and what each costs. Nothing here is about a person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text


def two_languages(zh: str, en: str) -> Text:
    """What an officer wrote in one language stands for both; a dash for nothing at all."""
    return Text(zh or en or "—", en or zh or "—")


class Package(models.Model):
    """The basic public-health services of one year: how much money for each resident, by which document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField(unique=True)
    per_person = models.DecimalField(max_digits=8, decimal_places=2, help_text="yuan")
    source = models.CharField(max_length=200)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(per_person__gt=0), name="appraisal_package_has_money")
        ]


class Item(models.Model):
    """One service of a year. `quantity` is the indicator that counts what was done (computed, or reported),
    whose targets are the tasks; `rates` say how well. `unit_cost` is empty until the county has set it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    package = models.ForeignKey(Package, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    category_zh = models.CharField(max_length=60)
    category_en = models.CharField(max_length=100, blank=True)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=100, blank=True)
    standard_zh = models.CharField(max_length=300, blank=True)
    standard_en = models.CharField(max_length=400, blank=True)
    people_zh = models.CharField(max_length=120, blank=True)
    people_en = models.CharField(max_length=160, blank=True)
    frequency_zh = models.CharField(max_length=80, blank=True)
    frequency_en = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=12)
    unit_cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    quantity = models.CharField(max_length=100, blank=True)
    rates = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["package", "title_zh"], name="appraisal_item_once"),
            models.CheckConstraint(
                condition=Q(unit_cost__isnull=True) | Q(unit_cost__gte=0), name="appraisal_item_cost"
            ),
        ]

    @property
    def category(self) -> Text:
        return two_languages(self.category_zh, self.category_en)

    @property
    def title(self) -> Text:
        return two_languages(self.title_zh, self.title_en)

    @property
    def standard(self) -> Text:
        return two_languages(self.standard_zh, self.standard_en)

    @property
    def people(self) -> Text:
        return two_languages(self.people_zh, self.people_en)

    @property
    def frequency(self) -> Text:
        return two_languages(self.frequency_zh, self.frequency_en)

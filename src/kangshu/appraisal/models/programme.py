"""Major public-health projects (重大公共卫生服务项目) of a year, and what was settled for each person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kangshu.kernel.identifiers import new_id


class Programme(models.Model):
    """A project of a year: so many people are to have a service, and each time (up to `times` a person) is
    worth `subsidy` yuan. A record of `form` entitles; with `field` only one that answers it with `code`, with
    ages only people of them on the day. The ledger of persons is read from the records; what was paid for
    stands in the money ledger, once for each record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    population = models.CharField(max_length=200)
    form = models.CharField(max_length=80)
    field = models.CharField(max_length=60, blank=True, default="")
    code = models.CharField(max_length=40, blank=True, default="")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    task = models.PositiveIntegerField()
    subsidy = models.DecimalField(max_digits=10, decimal_places=2)
    times = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=200, blank=True, default="")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "title"]
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="appraisal_programme_once"),
            models.CheckConstraint(
                condition=Q(task__gt=0) & Q(subsidy__gte=0) & Q(times__gt=0)
                & (Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from"))),
                name="appraisal_programme_sound",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} {self.title}"

"""The tables of vaccine deliveries: what came, by which note, how warm, and the code of every package.

How many doses there are is the stock's to say; a delivery that is accepted is received there in the same
transaction. Nothing here tells of a person.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kangshu.kernel.identifiers import new_id


class Delivery(models.Model):
    """One batch of one vaccine as it arrived. `noted` are the doses by the delivery note, `scanned` those of
    the packages whose codes were read; a difference stays open until somebody explains it. One that was too
    warm or too cold on the way is refused (`accepted` is False) and does not enter the stock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")
    goods = models.CharField(max_length=80)
    batch = models.CharField(max_length=40)
    expires_on = models.DateField()
    source = models.CharField(max_length=120, blank=True, default="")
    document = models.CharField(max_length=60)
    on = models.DateField()
    noted = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField()
    doses_a_code = models.PositiveSmallIntegerField(default=1)
    temperature = models.DecimalField(max_digits=4, decimal_places=1)
    accepted = models.BooleanField(default=True)
    explained = models.CharField(max_length=300, blank=True, default="")
    explained_on = models.DateField(null=True, blank=True)
    explained_by = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "goods", "batch", "document"],
                condition=Q(accepted=True),
                name="immunisation_delivery_once",
            ),
        ]
        indexes = [models.Index(fields=["institution", "on"], name="immunisation_delivery_place")]

    def __str__(self) -> str:
        return f"{self.goods} {self.batch} {self.on}"

    @property
    def difference(self) -> int:
        return self.scanned - self.noted

    @property
    def is_open(self) -> bool:
        return self.accepted and self.difference != 0 and self.explained_on is None


class Package(models.Model):
    """A package with its code: received once by an institution."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="packages")
    code = models.CharField(_("Supervision code"), max_length=40, db_collation="C")
    institution = models.ForeignKey("places.Institution", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "institution"], name="immunisation_package_once"),
        ]

    def __str__(self) -> str:
        return self.code


OPEN = Q(accepted=True, explained_on=None) & ~Q(scanned=F("noted"))
"""Deliveries whose difference nobody has explained."""

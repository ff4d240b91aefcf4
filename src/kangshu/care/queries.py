"""Questions about care, inside an entered scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kangshu.care.codes import code_ranges
from kangshu.care.models import Diagnosis, Encounter, Result


def encounters_of(person_id: UUID, *, limit: int = 20) -> QuerySet[Encounter]:
    """A person's encounters, newest first, those of records merged into theirs included."""
    return (
        Encounter.objects.filter(Q(person=person_id) | Q(person__merged_into=person_id))
        .select_related("institution", "staff")
        .prefetch_related("diagnoses", "results", "prescriptions")
        .order_by("-started_on", "-id")[:limit]
    )


def encounters_between(first: date, last: date) -> QuerySet[Encounter]:
    """Encounters in scope that began in these days, both included, the earliest first."""
    return (
        Encounter.objects.filter(started_on__range=(first, last))
        .select_related("person", "institution", "staff")
        .prefetch_related("diagnoses")
        .order_by("started_on", "id")
    )


def diagnosed_with(prefixes: Iterable[str]) -> QuerySet[Diagnosis]:
    """Diagnoses in scope whose code begins with one of the prefixes (`I10`, `E11`), newest first."""
    wanted = Q(pk__in=[])
    for low, high in code_ranges(prefixes):
        wanted |= Q(code__gte=low, code__lt=high)
    return Diagnosis.objects.filter(wanted).order_by("-diagnosed_on", "-id")


def diagnoses_of(person_id: UUID) -> QuerySet[Diagnosis]:
    """A person's diagnoses, newest first."""
    return Diagnosis.objects.filter(Q(person=person_id) | Q(person__merged_into=person_id)).order_by(
        "-diagnosed_on", "-id"
    )


def results_of(person_id: UUID, codes: Iterable[str]) -> QuerySet[Result]:
    """A person's measured values of these codes, oldest first: what a chart needs."""
    mine = Q(person=person_id) | Q(person__merged_into=person_id)
    return Result.objects.filter(mine, code__in=list(codes), value__isnull=False).order_by(
        "measured_on", "id"
    )

"""The tables of `appraisal`, by what they are about."""

from kangshu.appraisal.models.appraisal import (
    Answer,
    Appeal,
    Appraisal,
    Check,
    Drawn,
    Entry,
    Evidence,
    Line,
    LineScore,
    Method,
    Payment,
    Stratum,
)
from kangshu.appraisal.models.package import Item, Package
from kangshu.appraisal.models.programme import Programme
from kangshu.appraisal.models.project import Project, ProjectMonth, ProjectPhoto

__all__ = [
    "Answer",
    "Appeal",
    "Appraisal",
    "Check",
    "Drawn",
    "Entry",
    "Evidence",
    "Item",
    "Line",
    "LineScore",
    "Method",
    "Package",
    "Payment",
    "Programme",
    "Project",
    "ProjectMonth",
    "ProjectPhoto",
    "Stratum",
]

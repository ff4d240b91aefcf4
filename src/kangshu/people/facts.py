"""What is said about a person when they are registered or changed: plain values, as a page or an import
gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kangshu.people.models import BirthPrecision, DocumentKind, ResidenceType, Sex, Undocumented


@dataclass(frozen=True)
class DocumentGiven:
    """A number as it stands on a document; `kind` is CV02.01.101."""

    number: str
    kind: str = DocumentKind.RESIDENT_ID


@dataclass(frozen=True)
class NewPerson:
    """A person to register. `region` and `institution_id` say where they live and who is responsible.

    With a resident identity number, birth date and sex may be left out: the number says them. Without any
    document `undocumented` says why; a newborn names its mother. `id` is made by the client, so that saving
    twice registers once.
    """

    name: str
    region: str
    institution_id: UUID
    document: DocumentGiven | None = None
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None
    birth_precision: str = BirthPrecision.DAY
    ethnic_group: str = "01"
    phone: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    residence_type: str = ResidenceType.HUKOU
    undocumented: str = Undocumented.NO
    mother_id: UUID | None = None
    lives_here_since: date | None = None
    id: UUID | None = None


CHANGEABLE = (
    "name",
    "sex",
    "birth_date",
    "birth_precision",
    "ethnic_group",
    "phone",
    "address",
    "contact_name",
    "contact_phone",
    "residence_type",
)
"""Fields of a person that `change_person` may correct. Status, place and identity have actions of their
own."""

"""What an action about a person cannot do, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kangshu.kernel.errors import Conflict, NotFound
from kangshu.kernel.text import Text


class PersonNotFound(NotFound):
    """No such person in the reader's scope; whether they exist elsewhere is not said."""

    def __init__(self) -> None:
        super().__init__(
            "person.not_found",
            Text(
                "没有找到这位居民，或者不在您的管辖范围内。请核对后重新查找。",
                "This person was not found, or is not in your area. Check and search again.",
            ),
        )


class AlreadyRegistered(Conflict):
    """The number is held by somebody; `person_id` only when the reader may see them."""

    def __init__(self, institution: str, phone: str, person_id: UUID | None) -> None:
        contact = f"（{phone}）" if phone else ""
        if person_id is not None:
            message = Text(
                f"该证件号码已在{institution}登记，请直接使用原有档案。",
                f"This number is already registered at {institution}. Use the existing record.",
            )
        else:
            message = Text(
                f"该证件号码已在{institution}登记，不在您的管辖范围。请联系该机构{contact}办理迁转。",
                f"This number is already registered at {institution}, outside your area. "
                f"Ask them {phone or ''} to transfer the person.",
            )
        super().__init__("person.already_registered", message, where="id_number")
        self.institution = institution
        self.person_id = person_id


@dataclass(frozen=True)
class NearMatch:
    """Somebody in scope who may be the same person."""

    person_id: UUID
    name: str
    sex: str
    birth_date: date | None
    address: str
    institution: str


class NearMatches(Conflict):
    """Somebody much alike is registered already; the clerk looks and confirms."""

    def __init__(self, matches: Sequence[NearMatch]) -> None:
        super().__init__(
            "person.near_match",
            Text(
                f"已有 {len(matches)} 位相似的居民。请先核对，确认不是同一人后再保存。",
                f"{len(matches)} similar residents are registered. Look first; save again if it is not them.",
            ),
        )
        self.matches = tuple(matches)


class WrongPlace(Conflict):
    """The region or institution is unknown, closed, or outside the actor's scope."""

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__(f"person.{field}", Text(zh, en), where=field)


class WrongStatus(Conflict):
    """The person's status does not permit the act."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("person.status", Text(zh, en))


class WrongDate(Conflict):
    """The day does not fit what is known of the person."""

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__("person.date", Text(zh, en), where=field)


class NumbersExhausted(Conflict):
    """A village has allotted all 99,999 serial numbers."""

    def __init__(self, region: str) -> None:
        super().__init__(
            "person.numbers_exhausted",
            Text(
                f"{region} 的档案序号已用完（99999）。请联系管理员。",
                f"{region} has used all its 99999 record numbers. Ask your administrator.",
            ),
        )


class CannotMerge(Conflict):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__("person.cannot_merge", Text(zh, en))


class BadFile(Conflict):
    """An attachment of the wrong kind or size."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"attachment.{code}", Text(zh, en), where="file")

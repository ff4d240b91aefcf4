"""Questions about people. Each starts inside an entered scope: row security answers for what the reader
may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, UUIDField, When
from django.utils.translation import gettext as _

from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import NotFound
from kangshu.kernel.periods import Period
from kangshu.kernel.pinyin import sort_key
from kangshu.kernel.text import Text
from kangshu.people.facts import NewPerson
from kangshu.people.models import (
    Attachment,
    DuplicatePair,
    PairState,
    Person,
    PersonStatus,
    Relation,
    RelationKind,
    Residence,
)
from kangshu.people.refusals import NearMatch, PersonNotFound
from kangshu.people.requests import (
    CorrectionRequest,
    CorrectionState,
    TransferRequest,
    TransferState,
)
from kangshu.people.search import Found, search_people
from kangshu.people.vault import vault
from kangshu.places.scope import path_range

__all__ = [
    "CREDITED_INSTITUTION_SQL",
    "Found",
    "RegisteredAt",
    "canonical_id",
    "canonical_person",
    "credited_institution",
    "find_registered",
    "near_matches",
    "person",
    "person_for_update",
    "register_list",
    "search_people",
    "with_credited_institution",
]

MANY_NEAR = 10


@dataclass(frozen=True)
class RegisteredAt:
    """Where a number is registered, and no more: the answer may come from outside the reader's scope."""

    institution: str
    phone: str
    in_scope: bool
    status: str


def person(person_id: UUID) -> Person:
    """The person, in scope. Raises PersonNotFound."""
    found = Person.objects.select_related("institution", "region").filter(pk=person_id).first()
    if found is None:
        raise PersonNotFound
    return found


def person_for_update(person_id: UUID) -> Person:
    """The person, locked until the transaction ends. Raises PersonNotFound."""
    found = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if found is None:
        raise PersonNotFound
    return found


def canonical_id(person_id: UUID) -> UUID:
    """The id of whoever stands for this person after merges; their own when nobody does."""
    kept = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
    return kept or person_id


def canonical_person(person_id: UUID) -> Person:
    """The person who stands for this one, in scope. Raises PersonNotFound."""
    return person(canonical_id(person_id))


def find_registered(number: str) -> RegisteredAt | None:
    """Whether a document's number is registered anywhere in the county. The caller audits the question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT institution_name, institution_phone, in_scope, person_status"
            " FROM people_find_registered(%s)",
            [vault().index(number)],
        )
        row = cursor.fetchone()
    return RegisteredAt(*row) if row else None


def near_matches(facts: NewPerson) -> Sequence[NearMatch]:
    """People in scope with the same birth date and the same name, read or written (王伟, 王玮)."""
    if facts.birth_date is None:
        return ()
    alike = Q(name=facts.name) | Q(name_pinyin=sort_key(facts.name))
    same = Person.objects.filter(alike, birth_date=facts.birth_date, merged_into=None)
    if facts.sex in ("1", "2"):
        same = same.exclude(sex="1" if facts.sex == "2" else "2")
    return [
        NearMatch(p.pk, p.name, p.sex, p.birth_date, p.address, p.institution.name)
        for p in same.select_related("institution").order_by("name", "id")[:MANY_NEAR]
    ]


def register_list(
    *,
    status: str = PersonStatus.ACTIVE,
    region: str = "",
    sex: str = "",
    born: tuple[date, date] | None = None,
) -> QuerySet[Person]:
    """The residents in scope in the order of their pinyin, merged ones left out."""
    people = Person.objects.filter(merged_into=None).select_related("institution", "region")
    if status:
        people = people.filter(status=status)
    if region:
        people = people.filter(region_id=region)
    if sex:
        people = people.filter(sex=sex)
    if born:
        people = people.filter(birth_date__range=born)
    return people.order_by("name_pinyin", "id")


# --- the rule of credit ------------------------------------------------------------------------------------
# One rule for every indicator (docs/people.md): a person counts for the institution responsible for them on
# the last day of the period, or, if they were under care no longer by then, on their last day under care
# in it.

CREDITED_INSTITUTION_SQL = """
SELECT DISTINCT ON (person_id) person_id, institution_id, region_id
FROM people_residence
WHERE from_on <= {last} AND (to_on IS NULL OR to_on >= {first})
ORDER BY person_id, from_on DESC, id DESC
"""
"""The rule for a whole period, with `{first}` and `{last}` as SQL dates; snapshots compile the same words."""


def credited_institution(person_id: UUID, period: Period) -> UUID | None:
    """The institution a person counts for in a period; None when they were not under care in it at all.

    Residences of records merged into the person count as theirs; of two on one day the kept record's decides.
    """
    kept = canonical_id(person_id)
    overlapping = Residence.objects.filter(
        Q(person=kept) | Q(person__merged_into=kept),
        Q(to_on__isnull=True) | Q(to_on__gte=period.first),
        from_on__lte=period.last,
    ).annotate(is_own=Case(When(person=kept, then=1), default=0))
    return overlapping.order_by("-from_on", "-is_own", "-id").values_list("institution", flat=True).first()


def with_credited_institution(people: QuerySet[Person], period: Period) -> QuerySet[Person]:
    """The people with `credited_institution_id`: the same rule as a sub-select, for lists."""
    residence = Residence.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=period.first), person=OuterRef("pk"), from_on__lte=period.last
    ).order_by("-from_on", "-id")
    return people.annotate(
        credited_institution_id=Subquery(residence.values("institution")[:1], output_field=UUIDField())
    )


def current_households(person_id: UUID) -> QuerySet:
    """Everybody who lives with the person now, the head first."""
    from kangshu.people.models import HouseholdMember

    own = HouseholdMember.objects.filter(person=person_id, to_on=None).values("household")
    return (
        HouseholdMember.objects.filter(household__in=own, to_on=None)
        .select_related("person", "household")
        .order_by("role", F("person__birth_date").asc(nulls_last=True))
    )


def after(people: QuerySet[Person], pinyin: str, person_id: str) -> QuerySet[Person]:
    """The rest of a `register_list` behind a place in it. A bad id is the beginning of that name."""
    try:
        place = UUID(person_id)
    except ValueError:
        return people.filter(name_pinyin__gte=pinyin)
    return people.filter(Q(name_pinyin__gt=pinyin) | Q(name_pinyin=pinyin, id__gt=place))


def open_pairs() -> QuerySet[DuplicatePair]:
    """Suspected duplicates in scope that wait for a decision, the likeliest first."""
    return (
        DuplicatePair.objects.filter(
            state=PairState.OPEN, person_a__merged_into=None, person_b__merged_into=None
        )
        .select_related(
            "person_a__institution", "person_b__institution", "person_a__region", "person_b__region"
        )
        .order_by("-probability", "id")
    )


def open_pairs_of(person_id: UUID) -> QuerySet[DuplicatePair]:
    """The suspected duplicates of one person."""
    return open_pairs().filter(Q(person_a=person_id) | Q(person_b=person_id))


def relations_of(person_id: UUID) -> list[tuple[Relation, Person, str]]:
    """The person's present relations as (relation, the other person, what the other is to them)."""
    own = Relation.objects.filter(person=person_id, to_on=None).select_related("other")
    found = [(relation, relation.other, relation.get_kind_display()) for relation in own]
    mirrored = Relation.objects.filter(other=person_id, to_on=None).exclude(kind=RelationKind.SPOUSE)
    found += [
        (relation, relation.person, _("child or ward")) for relation in mirrored.select_related("person")
    ]
    return [(relation, other, kind) for relation, other, kind in found if other is not None]


def attachments_of(person_id: UUID) -> QuerySet[Attachment]:
    """The files about a person that are in use, newest first."""
    return Attachment.objects.filter(person=person_id, withdrawn_at=None).order_by("-added_at")


def transfer_request(request_id: UUID) -> TransferRequest:
    """A request that the reader's institution asked, or that concerns a person in scope. Raises NotFound."""
    found = _transfers().filter(pk=request_id).first()
    if found is None:
        raise NotFound("transfer.no_request", Text("没有这项申请。", "There is no such request."))
    return found


def transfers_to_answer(by: Actor) -> QuerySet[TransferRequest]:
    """Open requests about people of the reader's own institution and those under it, soonest due first."""
    low, high = path_range(by.scope_path)
    waiting = _transfers().filter(state=TransferState.OPEN, scope_path__gte=low, scope_path__lt=high)
    return waiting.order_by("answer_due_on", "asked_at")


def transfers_asked(by: Actor) -> QuerySet[TransferRequest]:
    """What the reader's own institution, or one under it, asked of others; newest first."""
    low, high = path_range(by.scope_path)
    return _transfers().filter(receiver__path__gte=low, receiver__path__lt=high).order_by("-asked_at")


def transfers_given(by: Actor) -> QuerySet[TransferRequest]:
    """What was asked of the reader's own institution, or one under it, and is settled; newest first."""
    low, high = path_range(by.scope_path)
    given = _transfers().filter(holder__path__gte=low, holder__path__lt=high)
    return given.exclude(state=TransferState.OPEN).order_by("-answered_at")


def _transfers() -> QuerySet[TransferRequest]:
    # Never joined to the person: whoever asks may not see them, and the row would vanish.
    return TransferRequest.objects.select_related("holder", "receiver", "region")


def corrections_to_answer() -> QuerySet[CorrectionRequest]:
    """Open requests of residents in scope, soonest due first."""
    waiting = CorrectionRequest.objects.filter(state=CorrectionState.OPEN).select_related("person")
    return waiting.order_by("answer_due_on", "asked_at")

"""Links between people: mother, father, guardian, spouse."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.people import queries
from kangshu.people.models import Person, Relation, RelationKind, Sex
from kangshu.people.refusals import PersonNotFound

YOUNGEST_PARENT_YEARS = 10


@transaction.atomic
def relate_people(
    *, person_id: UUID, other_id: UUID, kind: str, from_on: date | None = None, by: Actor, now: datetime
) -> Relation:
    """Say that `other` is the `kind` of `person`. A spouse is linked both ways; a repeat changes nothing."""
    check_allowed(by, "edit.resident")
    person, other = queries.person(person_id), queries.person(other_id)
    if problem := _problem(person, other, kind):
        raise BadInput([Problem("relation", "relation.impossible", problem, kind)])
    relation = _link(person, other, kind, from_on)
    if kind == RelationKind.SPOUSE:
        _link(other, person, kind, from_on)
    log.write(
        by=by,
        action="relation.recorded",
        about=relation,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"kind": kind, "other": str(other.pk)},
    )
    return relation


@transaction.atomic
def end_relation(*, relation_id: UUID, on: date, by: Actor, now: datetime) -> None:
    """The link ended on that day, or was an error; it stays in the history."""
    check_allowed(by, "edit.resident")
    relation = Relation.objects.filter(pk=relation_id, to_on=None).first()
    if relation is None:
        raise PersonNotFound
    ended = Relation.objects.filter(pk=relation.pk)
    if relation.kind == RelationKind.SPOUSE:
        ended = ended | Relation.objects.filter(
            person=relation.other_id, other=relation.person_id, kind=relation.kind, to_on=None
        )
    ended.update(to_on=on)
    log.write(
        by=by,
        action="relation.ended",
        about=relation,
        person_id=relation.person_id,
        scope_path=relation.scope_path,
    )


def _link(person: Person, other: Person, kind: str, from_on: date | None) -> Relation:
    relation, _made = Relation.objects.get_or_create(
        person=person,
        other=other,
        kind=kind,
        to_on=None,
        defaults={"from_on": from_on, "scope_path": person.scope_path},
    )
    return relation


def _problem(person: Person, other: Person, kind: str) -> Text | None:
    if person.pk == other.pk:
        return Text("不能与本人建立关系。", "A person cannot be related to themselves.")
    if kind not in RelationKind.values:
        return Text("请选择关系。", "Choose the relation.")
    if kind == RelationKind.MOTHER and other.sex == Sex.MALE:
        return Text("母亲应为女性，请核对。", "A mother is recorded as male here. Check.")
    if kind == RelationKind.FATHER and other.sex == Sex.FEMALE:
        return Text("父亲应为男性，请核对。", "A father is recorded as female here. Check.")
    is_parent = kind in (RelationKind.MOTHER, RelationKind.FATHER)
    if is_parent and person.birth_date and other.birth_date:
        years = person.birth_date.year - other.birth_date.year
        if years < YOUNGEST_PARENT_YEARS:
            return Text(
                f"父母与子女只相差 {years} 岁，请核对出生日期或关系方向。",
                f"Parent and child are {years} years apart. Check the birth dates or the direction.",
            )
    return None

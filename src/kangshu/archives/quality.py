"""What is wrong with records: missing items, contradictions, duplicates. Each check names the people.

A check is a condition in SQL on the person `p`; it is asked within the reader's scope. None is a verdict:
somebody looks, and corrects the record or leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection

from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.places.scope import path_range

_FORM = "records.personal_information"


class Kind(StrEnum):
    MISSING = "missing"
    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Check:
    """`condition` holds for a person whose record has the fault."""

    id: str
    kind: Kind
    title: Text
    remedy: Text
    condition: str


def _has(table: str, where: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {where})"


CHECKS: tuple[Check, ...] = (
    Check(
        "no_document",
        Kind.MISSING,
        Text("没有身份证件号码", "no identity number"),
        Text("向本人核对后补录证件号码", "ask the person, then add the number"),
        "NOT " + _has("people_identitydocument d", "d.person_id = p.id AND d.withdrawn_at IS NULL"),
    ),
    Check(
        "no_phone",
        Kind.MISSING,
        Text("没有本人和联系人电话", "no telephone, own or of a contact"),
        Text("下次随访时询问并补录", "ask at the next visit"),
        "p.phone = '' AND p.contact_phone = ''",
    ),
    Check(
        "no_birth_date",
        Kind.MISSING,
        Text("出生日期缺失或不完整", "birth date missing or not complete"),
        Text("核对证件后补全", "complete it from a document"),
        "(p.birth_date IS NULL OR p.birth_precision <> 'day')",
    ),
    Check(
        "no_sex",
        Kind.MISSING,
        Text("性别未知", "sex not known"),
        Text("核对后补录", "ask and add it"),
        "p.sex NOT IN ('1', '2')",
    ),
    Check(
        "no_address",
        Kind.MISSING,
        Text("没有现住址", "no address"),
        Text("核对后补录", "ask and add it"),
        "p.address = ''",
    ),
    Check(
        "no_form",
        Kind.MISSING,
        Text("没有个人基本信息表", "no personal information form"),
        Text("填写个人基本信息表", "fill the personal form"),
        "NOT "
        + _has("work_record r", f"r.person_id = p.id AND r.form_id = '{_FORM}' AND r.status = 'current'"),
    ),
    Check(
        "too_old",
        Kind.CONTRADICTION,
        Text("年龄超过110岁仍为在管", "over 110 years old and not closed"),
        Text("核实是否健在、出生日期是否有误", "find out whether the person lives, and the birth date"),
        "p.birth_date < current_date - interval '110 years'",
    ),
    Check(
        "died_and_open",
        Kind.CONTRADICTION,
        Text("有死亡日期但档案未关闭", "has a day of death, but the record is open"),
        Text("登记死亡或更正日期", "record the death, or correct the day"),
        "p.death_on IS NOT NULL",
    ),
    Check(
        "record_before_birth",
        Kind.CONTRADICTION,
        Text("服务日期早于出生日期", "a service before the birth"),
        Text("更正出生日期或撤回记录", "correct the birth date, or withdraw the record"),
        _has(
            "work_record r",
            "r.person_id = p.id AND r.status = 'current' AND r.performed_on < p.birth_date",
        ),
    ),
    Check(
        "mother_too_young",
        Kind.CONTRADICTION,
        Text("母亲与子女年龄相差不足12岁", "a mother less than 12 years older than her child"),
        Text("核对亲属关系和出生日期", "check the relation and the birth dates"),
        _has(
            "people_relation k JOIN people_person m ON m.id = k.other_id",
            "k.person_id = p.id AND k.kind = 'mother' AND k.to_on IS NULL"
            " AND m.birth_date > p.birth_date - interval '12 years'",
        ),
    ),
    Check(
        "pregnant_man",
        Kind.CONTRADICTION,
        Text("性别为男却在孕产妇管理中", "a man under maternal care"),
        Text("更正性别或结束管理", "correct the sex, or close the case"),
        "p.sex = '1' AND "
        + _has("work_case c", "c.person_id = p.id AND c.kind LIKE 'maternal.%%' AND c.closed_on IS NULL"),
    ),
    Check(
        "no_residence",
        Kind.CONTRADICTION,
        Text("在管档案没有现居住记录", "an open record without a residence"),
        Text("登记迁入或迁出", "record the move"),
        "NOT " + _has("people_residence h", "h.person_id = p.id AND h.to_on IS NULL"),
    ),
    Check(
        "duplicate",
        Kind.DUPLICATE,
        Text("疑似重复建档", "perhaps registered twice"),
        Text("在“重复档案”中核对合并", "compare under “duplicates”, and merge"),
        _has(
            "people_duplicatepair d",
            "(d.person_a_id = p.id OR d.person_b_id = p.id) AND d.state = 'open'",
        ),
    ),
)

_FROM = (
    " FROM people_person p WHERE p.merged_into_id IS NULL AND p.status IN ('active', 'lost')"
    " AND p.scope_path >= %s AND p.scope_path < %s"
)


def by_id(id: str) -> Check | None:
    return next((check for check in CHECKS if check.id == id), None)


def counts(path: str) -> Mapping[str, int]:
    """How many valid records at a path and under it have each fault, `people` how many were looked at and
    `faulty` how many have any."""
    low, high = path_range(path)
    columns = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in CHECKS)
    anything = " OR ".join(f"({check.condition})" for check in CHECKS)
    sql = f"SELECT count(*), count(*) FILTER (WHERE {anything}), {columns}" + _FROM
    with connection.cursor() as cursor:
        cursor.execute(sql, [low, high])
        row = cursor.fetchone() or ()
    return dict(zip(("people", "faulty", *(check.id for check in CHECKS)), row, strict=True))


def people_with(check: Check, path: str, limit: int, after: UUID | None = None) -> list[Person]:
    """People whose record has the fault, in a fixed order, after one of them."""
    low, high = path_range(path)
    sql = f"SELECT p.id{_FROM} AND ({check.condition})"
    parameters: list[object] = [low, high]
    if after is not None:
        sql += " AND p.id > %s"
        parameters.append(after)
    with connection.cursor() as cursor:
        cursor.execute(sql + " ORDER BY p.id LIMIT %s", [*parameters, limit])
        ids = [id for (id,) in cursor]
    found = Person.objects.select_related("region", "institution").in_bulk(ids)
    return [found[id] for id in ids if id in found]

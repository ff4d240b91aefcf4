"""What may be written about a person: checks over plain values, with words for whoever typed them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kangshu.kernel.errors import Problem
from kangshu.kernel.identifiers import BadIdentifier, check_resident_id
from kangshu.kernel.text import Text
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import BirthPrecision, DocumentKind, Sex, Undocumented
from kangshu.people.vault import normal_number

OLDEST_YEARS = 150
LONGEST_ADDRESS, LONGEST_NAME = 200, 50
_NAME = re.compile(r"^[^\W\d_][\w\s·•.'’\-()（）]{0,49}$")
_PHONE = re.compile(r"^\+?[0-9][0-9\-]{5,18}$")
_PASSPORT = re.compile(r"^[A-Z0-9]{5,20}$")


@dataclass(frozen=True)
class CheckedPerson:
    """A person's facts after checking: completed from the identity number, with every problem found."""

    facts: NewPerson
    problems: tuple[Problem, ...]


def check_new_person(given: NewPerson, today: date) -> CheckedPerson:
    """Check what was given for a registration and fill what the identity number says."""
    facts, problems = _read_document(_tidied(given), today)
    problems += list(
        check_facts(
            name=facts.name,
            sex=facts.sex,
            birth_date=facts.birth_date,
            birth_precision=facts.birth_precision,
            phone=facts.phone,
            contact_phone=facts.contact_phone,
            today=today,
        )
    )
    problems += list(_check_lengths(facts))
    problems += list(_check_papers(facts, today))
    return CheckedPerson(facts, tuple(problems))


def check_facts(
    *,
    name: str,
    sex: str,
    birth_date: date | None,
    birth_precision: str,
    phone: str,
    contact_phone: str,
    today: date,
) -> Iterator[Problem]:
    """Check the facts that can be changed later too."""
    if not name:
        yield _problem("name", "missing", "请填写姓名。", "Give the name.", name)
    elif not _NAME.match(name):
        yield _problem(
            "name",
            "name",
            "姓名只能有文字、空格、点和短横，最多 50 个字。",
            "A name has letters, spaces, dots and hyphens, at most 50.",
            name,
        )
    if sex not in Sex.values:
        yield _problem("sex", "code", "请选择性别。", "Choose the sex.", sex)
    yield from _check_birth(birth_date, birth_precision, today)
    for field, value in (("phone", phone), ("contact_phone", contact_phone)):
        if value and not _PHONE.match(value):
            yield _problem(
                field,
                "phone",
                "电话号码应为 6 至 19 位数字，可以有短横。",
                "A phone number has 6 to 19 digits; hyphens are allowed.",
                value,
            )


def _check_birth(birth_date: date | None, precision: str, today: date) -> Iterator[Problem]:
    if birth_date is None:
        if precision != BirthPrecision.UNKNOWN:
            yield _problem(
                "birth_date",
                "missing",
                "请填写出生日期；确实不知道时，请在“日期精度”中选择“不详”。",
                "Give the birth date; if it is really unknown, say so under precision.",
            )
    elif birth_date > today:
        yield _problem(
            "birth_date",
            "future",
            f"出生日期 {birth_date} 晚于今天，请核对年份。",
            f"The birth date {birth_date} is after today. Check the year.",
            birth_date,
        )
    elif birth_date.year < today.year - OLDEST_YEARS:
        yield _problem(
            "birth_date",
            "too_old",
            f"出生日期 {birth_date} 已超过 {OLDEST_YEARS} 年，请核对年份。",
            f"The birth date {birth_date} is more than {OLDEST_YEARS} years ago. Check the year.",
            birth_date,
        )


def _read_document(facts: NewPerson, today: date) -> tuple[NewPerson, list[Problem]]:
    """Fill sex and birth date from a resident identity number, or say how they disagree with it."""
    document = facts.document
    if document is None or document.kind != DocumentKind.RESIDENT_ID:
        return facts, []
    try:
        read = check_resident_id(document.number, on=today)
    except BadIdentifier as error:
        return facts, [Problem("id_number", error.code, error.message, document.number)]
    problems = []
    if facts.birth_date and read.birth_date and facts.birth_date != read.birth_date:
        problems.append(
            _problem(
                "birth_date",
                "not_as_identity",
                f"出生日期与证件号码不一致：证件为 {read.birth_date}。请核对证件。",
                f"The birth date differs from the identity number, which says {read.birth_date}.",
                facts.birth_date,
            )
        )
    knows_sex = read.sex in (Sex.MALE, Sex.FEMALE)
    if knows_sex and facts.sex in (Sex.MALE, Sex.FEMALE) and facts.sex != read.sex:
        problems.append(
            _problem(
                "sex",
                "not_as_identity",
                "性别与证件号码不一致（第 17 位单数为男、双数为女）。请核对证件。",
                "The sex differs from the identity number (17th digit: odd is male, even is female).",
                facts.sex,
            )
        )
    filled = replace(
        facts,
        document=DocumentGiven(read.number, document.kind),
        birth_date=read.birth_date,
        birth_precision=BirthPrecision.DAY,
        sex=read.sex if knows_sex else facts.sex,
        undocumented=Undocumented.NO,
    )
    return (facts if problems else filled), problems


def _check_lengths(facts: NewPerson) -> Iterator[Problem]:
    """What does not fit is told, never cut: a sheet may hold a story where an address belongs."""
    for field, value, most in (
        ("address", facts.address, LONGEST_ADDRESS),
        ("contact_name", facts.contact_name, LONGEST_NAME),
    ):
        if len(value) > most:
            yield _problem(field, "too_long", f"最多 {most} 个字。", f"At most {most} characters.", value)


def _check_papers(facts: NewPerson, today: date) -> Iterator[Problem]:
    document = facts.document
    if document is None and not facts.undocumented:
        yield _problem(
            "id_number",
            "missing",
            "请填写证件号码；没有证件时，请说明原因（新生儿、外籍人员、身份不明等）。",
            "Give a document's number; if there is none, say why (newborn, foreigner, unknown …).",
        )
    if document is not None and document.kind not in DocumentKind.values:
        yield _problem(
            "document_kind", "code", "请选择证件类型。", "Choose the kind of document.", document.kind
        )
    is_other = document is not None and document.kind != DocumentKind.RESIDENT_ID
    if is_other and not _PASSPORT.match(document.number):
        yield _problem(
            "id_number",
            "form",
            "该类证件号码应为 5 至 20 位字母或数字。",
            "This kind of number has 5 to 20 letters or digits.",
            document.number,
        )
    if facts.undocumented == Undocumented.NEWBORN:
        if facts.mother_id is None:
            yield _problem(
                "mother", "missing", "登记新生儿须先选择母亲。", "Choose the mother of a newborn first."
            )
        if facts.birth_date and (today - facts.birth_date).days > 366:
            yield _problem(
                "birth_date",
                "not_newborn",
                "出生已超过一年，请按无证件的其他原因登记。",
                "Born more than a year ago: register under another reason.",
                facts.birth_date,
            )


def _tidied(given: NewPerson) -> NewPerson:
    document = given.document
    if document is not None:
        number = normal_number(document.number)
        document = DocumentGiven(number, document.kind) if number else None
    return replace(
        given,
        name=" ".join(given.name.split()),
        phone=tidy_phone(given.phone),
        contact_phone=tidy_phone(given.contact_phone),
        address=given.address.strip(),
        contact_name=given.contact_name.strip(),
        document=document,
    )


def tidy_phone(phone: str) -> str:
    """Without spaces, brackets and full-width digits; hyphens stay (0311-1234567)."""
    half_width = phone.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    return re.sub(r"[\s()]", "", half_width)


def _problem(field: str, code: str, zh: str, en: str, value: object = None) -> Problem:
    return Problem(field, f"person.{code}", Text(zh, en), value)

"""National identifiers with their check characters: GB 11643, GB 11714, GB 32100, WS 218, record numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kangshu.kernel.dates import age_on, china_today
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class BadIdentifier(Refusal, ValueError):
    """An identifier that cannot be a real one. `code` says which rule it breaks."""


class ResidentIdKind(StrEnum):
    CITIZEN = "citizen"  # GB 11643, 18 digits
    CITIZEN_OLD = "citizen_old"  # the 15-digit number issued until 1999
    HONG_KONG = "hong_kong"  # residence permit, division 810000
    MACAU = "macau"  # residence permit, division 820000
    TAIWAN = "taiwan"  # residence permit, division 830000
    FOREIGN = "foreign"  # permanent residence card of 2023, 18 characters from 9
    FOREIGN_OLD = "foreign_old"  # permanent residence card before 2023, 15 characters


@dataclass(frozen=True)
class ResidentId:
    """An identity number that passed its checks.

    `number` is the normal form (a 15-digit citizen number is lengthened to 18). `division` is the six-digit
    code of first issue. `birth_date` and `sex` (GB/T 2261.1: "1" male, "2" female) are as the number says;
    the old foreign card tells no sex ("9").
    """

    number: str
    kind: ResidentIdKind
    division: str
    birth_date: date
    sex: str


OLDEST_AGE = 150
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
# GB/T 2260 provinces; 81–83 stand for the residence permits.
_PROVINCES = frozenset(
    code
    for codes in (
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46",
        "50 51 52 53 54 61 62 63 64 65 71 81 82 83",
    )
    for code in codes.split()
)
_PERMITS = {"81": ResidentIdKind.HONG_KONG, "82": ResidentIdKind.MACAU, "83": ResidentIdKind.TAIWAN}


def resident_id_check_character(first_17: str) -> str:
    """Check character of an 18-character identity number from its first 17 digits (GB 11643-1999)."""
    if not re.fullmatch(r"[0-9]{17}", first_17):
        raise ValueError(f"17 digits expected, got {first_17!r}")
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def check_resident_id(text: str, *, on: date | None = None) -> ResidentId:
    """Read an identity number; raise `BadIdentifier` when it cannot be one.

    Accepted: citizen numbers of 18 and 15 digits, residence permits of Hong Kong, Macau and Taiwan residents
    (81/82/83…), foreign permanent residence cards of both kinds. `on`: the birth must not be later than this
    day (today when not given) nor more than 150 years before it.
    """
    number = "".join(text.split()).upper()
    on = on or china_today()
    if re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return _eighteen(number, on)
    if re.fullmatch(r"[0-9]{15}", number):
        return _fifteen(number, on)
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return _old_foreign(number, on)
    raise _bad(
        "identifier.form",
        "证件号码应为 18 位（末位可为 X）或 15 位，请核对后重新输入。",
        "An identity number has 18 characters (the last may be X) or 15. Compare it with the document.",
    )


def _eighteen(number: str, on: date) -> ResidentId:
    expected = resident_id_check_character(number[:17])
    if number[17] != expected:
        raise _bad(
            "identifier.check_character",
            "证件号码校验位不符，可能有一位输错，请对照证件核对。",
            "The check character of the identity number does not fit: one digit is probably mistyped.",
        )
    sex = "1" if int(number[16]) % 2 else "2"
    birth = _birth(number[6:14], on)
    if number[0] == "9":
        return ResidentId(number, ResidentIdKind.FOREIGN, number[:6], birth, sex)
    _check_province(number)
    return ResidentId(number, _PERMITS.get(number[:2], ResidentIdKind.CITIZEN), number[:6], birth, sex)


def _fifteen(number: str, on: date) -> ResidentId:
    _check_province(number)
    first_17 = number[:6] + "19" + number[6:]
    birth = _birth(first_17[6:14], on)
    sex = "1" if int(number[14]) % 2 else "2"
    full = first_17 + resident_id_check_character(first_17)
    return ResidentId(full, ResidentIdKind.CITIZEN_OLD, number[:6], birth, sex)


def _old_foreign(number: str, on: date) -> ResidentId:
    """Three letters of the country, four digits of the issuing place, yymmdd, one serial digit, one check."""
    digits = number[3:]
    if number[14] != old_foreign_card_check_digit(number[:14]):
        raise _bad(
            "identifier.check_character",
            "永久居留证号码校验位不符，请对照证件核对。",
            "The check digit of the permanent residence card does not fit. Please compare it with the card.",
        )
    birth = _birth(_with_century(digits[4:10], on), on)
    return ResidentId(number, ResidentIdKind.FOREIGN_OLD, digits[:4] + "00", birth, "9")


def old_foreign_card_check_digit(first_14: str) -> str:
    """Check digit of the 15-character card: ICAO 9303 weights 7, 3, 1 with letters from A = 10."""
    total = sum(int(character, 36) * (7, 3, 1)[index % 3] for index, character in enumerate(first_14))
    return str(total % 10)


def _with_century(yymmdd: str, on: date) -> str:
    """The card is for people of all ages and writes two digits of the year: take the latest past century."""
    century = on.year // 100 if int(yymmdd[:2]) <= on.year % 100 else on.year // 100 - 1
    return f"{century}{yymmdd}"


def _birth(yyyymmdd: str, on: date) -> date:
    try:
        birth = date(int(yyyymmdd[:4]), int(yyyymmdd[4:6]), int(yyyymmdd[6:]))
    except ValueError:
        raise _bad(
            "identifier.birth_date",
            f"证件号码中的出生日期（{yyyymmdd}）不存在，请核对。",
            f"The birth date in the identity number ({yyyymmdd}) does not exist. Please check it.",
        ) from None
    if birth > on or age_on(birth, on) > OLDEST_AGE:
        raise _bad(
            "identifier.birth_date",
            f"证件号码中的出生日期（{birth}）晚于今天或早于 {OLDEST_AGE} 年前，请核对。",
            f"The birth date in the identity number ({birth}) is in the future or {OLDEST_AGE} years ago.",
        )
    return birth


def _check_province(number: str) -> None:
    if number[:2] not in _PROVINCES:
        raise _bad(
            "identifier.division",
            f"证件号码前两位（{number[:2]}）不是有效的省级代码，请核对。",
            f"The first two digits of the identity number ({number[:2]}) are no province. Please check them.",
        )


# --- organisation code, GB 11714 -----------------------------------------------------------------------

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code_check_character(first_8: str) -> str:
    """Check character of an organisation code from its eight letters or digits (GB 11714)."""
    if not re.fullmatch(r"[0-9A-Z]{8}", first_8):
        raise ValueError(f"8 digits or capital letters expected, got {first_8!r}")
    total = sum(int(c, 36) * weight for c, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def check_organisation_code(text: str) -> str:
    """The nine characters without the hyphen; raises `BadIdentifier` when the last does not fit."""
    code = "".join(text.split()).upper().replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        raise _bad(
            "identifier.form",
            "组织机构代码应为 8 位数字或大写字母加 1 位校验码。",
            "An organisation code has 8 digits or capital letters and a check character.",
        )
    if organisation_code_check_character(code[:8]) != code[8]:
        raise _bad(
            "identifier.check_character",
            "组织机构代码校验码不符，请核对。",
            "The check character of the organisation code does not fit. Please check it.",
        )
    return code


# --- unified social credit code, GB 32100 ----------------------------------------------------------------

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


def unified_social_credit_code_check_character(first_17: str) -> str:
    """Check character of a unified social credit code from its first 17 characters (GB 32100-2015)."""
    if len(first_17) != 17 or any(c not in _CREDIT_ALPHABET for c in first_17):
        raise ValueError(f"17 characters of {_CREDIT_ALPHABET} expected, got {first_17!r}")
    total = sum(_CREDIT_ALPHABET.index(c) * w for c, w in zip(first_17, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def check_unified_social_credit_code(text: str) -> str:
    """The 18 characters in normal form; raises `BadIdentifier` when the last does not fit."""
    code = "".join(text.split()).upper()
    if not re.fullmatch(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}", code):
        raise _bad(
            "identifier.form",
            "统一社会信用代码应为 18 位，不含字母 I、O、S、V、Z。",
            "A unified social credit code has 18 characters and none of the letters I, O, S, V, Z.",
        )
    if unified_social_credit_code_check_character(code[:17]) != code[17]:
        raise _bad(
            "identifier.check_character",
            "统一社会信用代码校验位不符，请核对。",
            "The check character of the unified social credit code does not fit. Please check it.",
        )
    return code


# --- health institution code, WS 218-2002 ----------------------------------------------------------------


@dataclass(frozen=True)
class InstitutionCode:
    """The parts of a 22-character institution code. `organisation` begins with PDY when unregistered."""

    organisation: str
    division: str
    registration_type: str
    category: str
    management_class: str

    def __str__(self) -> str:
        return (
            self.organisation + self.division + self.registration_type + self.category + self.management_class
        )


def institution_code(
    organisation: str, division: str, registration_type: str, category: str, management_class: str
) -> str:
    """Put a 22-character code together; `organisation` has 9 characters. Raises `BadIdentifier`."""
    parts = InstitutionCode(organisation, division, registration_type, category, management_class)
    return str(check_institution_code(str(parts)))


def unregistered_organisation_code(serial: int) -> str:
    """The organisation code PDY + 5 digits + check that WS 218 gives to institutions without a real one."""
    if not 0 <= serial <= 99999:
        raise ValueError(f"the serial has five digits, got {serial}")
    first_8 = f"PDY{serial:05d}"
    return first_8 + organisation_code_check_character(first_8)


def check_institution_code(text: str) -> InstitutionCode:
    """Read a code of 9 organisation + 6 division + 2 + 4 + 1 characters; raises `BadIdentifier`."""
    code = "".join(text.split()).upper().replace("-", "")
    match = re.fullmatch(r"([0-9A-Z]{8}[0-9X])([0-9]{6})([0-9]{2})([A-HJ-Q][0-9]{3})([129])", code)
    if match is None:
        raise _bad(
            "identifier.form",
            "卫生机构代码应为 22 位：组织机构代码 9 位、区划 6 位、登记类型 2 位、类别 4 位、分类管理 1 位。",
            "An institution code has 22 characters: organisation 9, division 6, registration type 2, "
            "category 4, management class 1.",
        )
    organisation, division, registration_type, category, management_class = match.groups()
    check_organisation_code(organisation)
    return InstitutionCode(organisation, division, registration_type, category, management_class)


# --- health record number, 17 digits ---------------------------------------------------------------------


@dataclass(frozen=True)
class RecordNumber:
    """The four segments of a health record number (norm A1.1). `short` is what paper forms carry (编号)."""

    county: str
    township: str
    village: str
    serial: int

    def __str__(self) -> str:
        return f"{self.county}{self.township}{self.village}{self.serial:05d}"

    @property
    def short(self) -> str:
        return f"{self.village}-{self.serial:05d}"

    @property
    def region(self) -> str:
        """The twelve-digit statistical division code the number was given in."""
        return self.county + self.township + self.village

    @property
    def has_usual_village(self) -> bool:
        """Whether segment 3 is in the customary ranges: 001–199 committees, 901–999 other. Only a warning."""
        return 1 <= int(self.village) <= 199 or int(self.village) >= 901


def record_number(region: str, serial: int) -> str:
    """The 17-digit number of the `serial`-th record of a village given by its 12-digit division code."""
    if not re.fullmatch(r"[0-9]{12}", region):
        raise ValueError(f"a village has a code of 12 digits, got {region!r}")
    if not 1 <= serial <= 99999:
        raise ValueError(f"the serial of a record number is 1 to 99999, got {serial}")
    return f"{region}{serial:05d}"


def parse_record_number(text: str) -> RecordNumber:
    """Split a record number of 17 digits, hyphens and spaces ignored; raises `BadIdentifier`."""
    number = "".join(text.split()).replace("-", "")
    if not re.fullmatch(r"[0-9]{17}", number):
        raise _bad(
            "identifier.form",
            "健康档案编号应为 17 位数字。",
            "A health record number has 17 digits.",
        )
    return RecordNumber(number[:6], number[6:9], number[9:12], int(number[12:]))


def _bad(code: str, zh: str, en: str) -> BadIdentifier:
    return BadIdentifier(code, Text(zh, en))

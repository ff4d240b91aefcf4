"""Reading the electronic supervision code 药品追溯码 of a package, as a scanner types it.

Two kinds are in use: twenty digits (the first seven name the product, the rest is the package; nothing more
is in it), and GS1 element strings with the trade item, the batch, the expiry day and the serial number. A QR
code whose text is an address carries the twenty digits in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text

SEPARATOR = "\x1d"
DIGITS = re.compile(r"(?<!\d)\d{20}(?!\d)")
FIXED = {"01": 14, "11": 6, "17": 6}
ENDED = {"10": 20, "21": 20}


@dataclass(frozen=True)
class TraceCode:
    """`code` names one package everywhere; `batch` and `expires_on` are known of GS1 codes only."""

    code: str
    product: str
    batch: str = ""
    expires_on: date | None = None


def read_code(typed: str) -> TraceCode | None:
    """What a scanner gave; None when it is no supervision code."""
    text = typed.strip().removeprefix("]d2").removeprefix("]C1").lstrip(SEPARATOR)
    elements = _bracketed(text) if text.startswith("(") else _elements(text)
    if elements is not None and elements.keys() >= {"01", "21"} and is_trade_item(elements["01"]):
        return TraceCode(
            f"{elements['01']}.{elements['21']}",
            elements["01"],
            elements.get("10", ""),
            _day(elements.get("17", "")),
        )
    found = DIGITS.findall(text)
    return TraceCode(found[0], found[0][:7]) if len(found) == 1 else None


def read_codes(typed: str, batch: str, expires_on: date | None) -> tuple[list[TraceCode], list[Problem]]:
    """The codes of one delivery, one a line. What cannot be read, is there twice, or is of another batch or
    expiry day than the delivery note says is a problem with its line."""
    codes: dict[str, TraceCode] = {}
    problems = []
    for number, line in enumerate((line for line in typed.splitlines() if line.strip()), start=1):
        read = read_code(line)
        message = _fault(read, codes, batch, expires_on)
        if message is not None:
            problems.append(Problem("codes", "code", message.format(line=number, code=line.strip()[:60])))
        elif read is not None:
            codes[read.code] = read
    return list(codes.values()), problems


def _fault(read: TraceCode | None, known: Iterable[str], batch: str, expires_on: date | None) -> Text | None:
    if read is None:
        return Text("第{line}行不是追溯码：{code}", "Line {line} is no supervision code: {code}")
    if read.code in known:
        return Text("第{line}行重复扫码：{code}", "Line {line} was scanned twice: {code}")
    if read.batch and batch and read.batch != batch:
        return Text(
            f"第{{line}}行的批号是{read.batch}，与随货单不符：{{code}}",
            f"Line {{line}} is of batch {read.batch}, not of the delivery note's: {{code}}",
        )
    if read.expires_on and expires_on and read.expires_on != expires_on:
        return Text(
            f"第{{line}}行的有效期是{read.expires_on}，与随货单不符：{{code}}",
            f"Line {{line}} expires on {read.expires_on}, not as the delivery note says: {{code}}",
        )
    return None


def is_trade_item(number: str) -> bool:
    """Whether fourteen digits end in their check digit (GS1 General Specifications 7.9)."""
    if len(number) != 14 or not number.isdigit():
        return False
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(number[:13]))
    return (10 - weighed % 10) % 10 == int(number[13])


def _bracketed(text: str) -> dict[str, str]:
    return {key: value.strip() for key, value in re.findall(r"\((\d{2})\)([^(]*)", text)}


def _elements(text: str) -> dict[str, str] | None:
    """An element string without brackets; None when it is none."""
    found: dict[str, str] = {}
    while text:
        key, rest = text[:2], text[2:]
        if key in FIXED:
            value, text = rest[: FIXED[key]], rest[FIXED[key] :]
            if len(value) != FIXED[key] or not value.isdigit():
                return None
        elif key in ENDED:
            value, _, text = rest.partition(SEPARATOR)
            if not value or len(value) > ENDED[key]:
                return None
        else:
            return None
        found[key] = value
        text = text.lstrip(SEPARATOR)
    return found


def _day(digits: str) -> date | None:
    """YYMMDD; day 00 is the month's last."""
    if len(digits) != 6 or not digits.isdigit():
        return None
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        if day:
            return date(year, month, day)
        following = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return date.fromordinal(following.toordinal() - 1)

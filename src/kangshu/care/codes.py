"""Codes that light entry offers: common ICD-10 diagnoses of primary care, chapters, and measurable results.

A small list for people in a hurry, not the whole classification: any code of the right form is accepted,
and a county loads the national clinical edition (2.0) when it has the licence (norms I1.4, M21).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources

from kangshu.kernel.pinyin import initials, sort_key
from kangshu.kernel.text import Text

FORM = re.compile(r"^[A-Z]\d{2}(\.\w{1,4})?$")
"""The form of an ICD-10 code, with the national extension (I10.x00); norms I1.4."""


@dataclass(frozen=True)
class DiagnosisCode:
    """One common diagnosis; `finds` is what it is found by besides its code."""

    code: str
    name: Text
    finds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultCode:
    """One measurable result with its unit and the values that can be (norms A17)."""

    code: str
    name: Text
    unit: str
    lowest: Decimal
    highest: Decimal
    data_element: str


def is_icd10(code: str) -> bool:
    """Whether the text has the form of an ICD-10 code."""
    return bool(FORM.match(code))


def search_diagnoses(text: str, *, limit: int = 12) -> list[DiagnosisCode]:
    """Common diagnoses by code, part of the name, pinyin or its initials; codes and beginnings first."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    ranked = []
    for diagnosis in common_diagnoses():
        texts = (diagnosis.code.lower(), *diagnosis.finds)
        if any(each.startswith(wanted) for each in texts):
            ranked.append((0, diagnosis))
        elif any(wanted in each for each in texts):
            ranked.append((1, diagnosis))
    ranked.sort(key=lambda pair: pair[0])
    return [diagnosis for _, diagnosis in ranked[:limit]]


def name_of(code: str) -> Text:
    """The wording of a code: its own, its category's, or its chapter's."""
    known = {diagnosis.code: diagnosis.name for diagnosis in common_diagnoses()}
    if code in known:
        return known[code]
    category = code[:3]
    for first, last, name in chapters():
        if first <= category <= last:
            return name
    return Text(code, code)


@lru_cache(maxsize=1)
def common_diagnoses() -> tuple[DiagnosisCode, ...]:
    """The shipped list, in the order of the codes."""
    found = []
    for row in _rows("diagnoses.csv"):
        finds = (row["zh"], sort_key(row["zh"]).replace(" ", ""), initials(row["zh"]), row["en"].lower())
        found.append(DiagnosisCode(row["code"], Text(row["zh"], row["en"]), finds))
    return tuple(found)


@lru_cache(maxsize=1)
def chapters() -> tuple[tuple[str, str, Text], ...]:
    """The chapters as (first category, last category, name)."""
    return tuple((row["first"], row["last"], Text(row["zh"], row["en"])) for row in _rows("chapters.csv"))


@lru_cache(maxsize=1)
def result_codes() -> dict[str, ResultCode]:
    """Measurable results by code."""
    return {
        row["code"]: ResultCode(
            row["code"],
            Text(row["zh"], row["en"]),
            row["unit"],
            Decimal(row["lowest"]),
            Decimal(row["highest"]),
            row["data_element"],
        )
        for row in _rows("results.csv")
    }


def code_ranges(prefixes: Iterable[str]) -> list[tuple[str, str]]:
    """Half-open ranges of codes that begin with the prefixes; `LIKE` would lose its index under row
    security."""
    return [(prefix, prefix + "\U0010ffff") for prefix in prefixes]


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("kangshu.care").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

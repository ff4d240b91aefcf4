"""Worked cases of the one rule."""

from __future__ import annotations

from datetime import date

from kangshu.declare import Example, Text

FIRST = "maternal.certificate_first"
CHILD = {"sex": "1", "birth_date": "2026-03-02"}

EXAMPLES = (
    Example(
        "at_discharge",
        Text("出院时签发，当年", "At discharge, in the year of the birth"),
        FIRST,
        date(2026, 3, 5),
        {"certificate": "L350247695"},
        {"outcome": "issued", "same_year": True},
        person=CHILD,
        clause="norms H2",
    ),
    Example(
        "next_year",
        Text("次年签发，不计入当年", "In the next year: not of the same year"),
        FIRST,
        date(2027, 1, 8),
        {"certificate": "L350247696"},
        {"outcome": "issued", "same_year": False},
        person=CHILD,
        clause="norms H2",
    ),
    Example(
        "twice",
        Text("已首次签发，不得再次首次签发", "A second first issue is refused"),
        FIRST,
        date(2026, 6, 1),
        {"certificate": "L350247697"},
        {},
        person=CHILD,
        earlier=({"performed_on": "2026-03-05", "answers": {"certificate": "L350247695"}},),
        refused="birth_certificate.issued_before",
        clause="norms H2",
    ),
)

"""Worked cases of the ceiling."""

from __future__ import annotations

from datetime import date

from kangshu.declare import Example, Text

PAYMENT = "benefits.infectious_payment"
PAST = {"performed_on": "2026-03-02", "answers": {"category": "2", "amount": "5000.00"}}

EXAMPLES = (
    Example(
        "first",
        Text("首次发放，限额以内", "The first payment, within the ceiling"),
        PAYMENT,
        date(2026, 5, 12),
        {"category": "2", "amount": "8000.00"},
        {"outcome": "paid", "year_total": "8000.00"},
    ),
    Example(
        "up_to_the_ceiling",
        Text("累计正好等于限额", "Together exactly the ceiling"),
        PAYMENT,
        date(2026, 5, 12),
        {"category": "2", "amount": "3000.00"},
        {"outcome": "paid", "year_total": "8000.00"},
        earlier=(PAST,),
    ),
    Example(
        "above",
        Text("累计超过限额一分", "One fen above the ceiling"),
        PAYMENT,
        date(2026, 5, 12),
        {"category": "2", "amount": "3000.01"},
        {},
        earlier=(PAST,),
        refused="benefit.above_ceiling",
    ),
    Example(
        "next_year",
        Text("次年重新计算", "A new year begins again"),
        PAYMENT,
        date(2027, 1, 5),
        {"category": "2", "amount": "8000.00"},
        {"outcome": "paid", "year_total": "8000.00"},
        earlier=(PAST,),
    ),
    Example(
        "another_category",
        Text("另一病种单独计算", "Another disease has its own ceiling"),
        PAYMENT,
        date(2026, 5, 12),
        {"category": "1", "amount": "5000.00"},
        {"outcome": "paid", "year_total": "5000.00"},
        earlier=(PAST,),
    ),
)

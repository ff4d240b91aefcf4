"""What is said in the words of the engine's own database.

DuckDB's own functions do in one step what a portable expression does in thirty, and its arg_max does
without the sorting that Ibis asks of it; over half a million cases and twelve months that is the difference
between one second and ten. Another engine needs these functions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import ibis
import ibis.expr.datatypes as dt


@ibis.udf.scalar.builtin(name="datesub")
def date_parts_between(part: str, first: ibis.dtype("date"), last: ibis.dtype("date")) -> int:  # type: ignore[valid-type,empty-body]
    """Full months (or other parts) from one date to another. For months it is
    `kernel.dates.months_between`, ends of months and negative spans included: a test compares them."""


@ibis.udf.scalar.builtin(name="add")
def plus_days(start: ibis.dtype("date"), days: int) -> ibis.dtype("date"):  # type: ignore[valid-type,empty-body]
    """The date some days later. An interval would make it a moment."""


@cache
def picking(which: str, kind: dt.DataType) -> Callable[..., Any]:
    """The aggregate `(value, order, where=)` that gives the value at the `last` or `first` place of an
    integer order. Values must be known: missing ones are passed over."""
    name = "arg_max" if which == "last" else "arg_min"

    def pick(value: Any, order: int) -> Any: ...

    return ibis.udf.agg.builtin(pick, name=name, signature=((kind, dt.int64), kind))

"""What is said in the words of the engine's own database.

DuckDB's own functions do in one step what a portable expression does in thirty; over half a million cases and
twelve months that is the difference between one second and ten. Another engine needs these functions.
"""

from __future__ import annotations

from kangshu.indicators.sql import value as v
from kangshu.indicators.sql.value import Value


def months_between(first: Value, last: Value) -> Value:
    """Full months from one date to another, as `kernel.dates.months_between`, ends of months and negative
    spans included: a test compares them."""
    return v.function("DATESUB", v.INTEGER, v.literal("month"), first, last)


def days_between(first: Value, last: Value) -> Value:
    return v.function("DATE_DIFF", v.INTEGER, v.literal("day"), first, last)


def seconds_between(first: Value, last: Value) -> Value:
    return v.function("DATE_DIFF", v.INTEGER, v.literal("second"), first, last)


def plus_days(start: Value, days: Value) -> Value:
    """The date some days later. An interval would make it a moment."""
    return v.function("ADD", v.DATE, start, days.cast(v.Type("INTEGER")))


def plus_months(start: Value, months: Value) -> Value:
    """The same day some months later, or the last of that month."""
    later = v.function("TO_MONTHS", v.Type("INTERVAL"), months.cast(v.Type("INTEGER")))
    return Value(f"({start.text} + {later.text})", v.MOMENT, start.columns | later.columns).cast(v.DATE)


def as_far_as_it_is(value: Value, kind: v.Type) -> Value:
    """The text as another type, missing where it is none."""
    return Value(f"TRY_CAST({value.text} AS {kind})", kind, value.columns)


def has_item(items: Value, item: str) -> Value:
    """Whether a list holds something; missing when the list is."""
    found = v.function("LIST_CONTAINS", v.BOOLEAN, items, v.literal(item))
    return v.cases((items.is_known(), found.or_else(False)))


def has_part(text: Value, part: str) -> Value:
    return v.function("CONTAINS", v.BOOLEAN, text, v.literal(part))


def starts_with(text: Value, prefix: str) -> Value:
    return v.function("STARTS_WITH", v.BOOLEAN, text, v.literal(prefix))


def text_in_json(json: Value, name: str) -> Value:
    """The text under a name; missing when something else than a text is there."""
    path = v.literal('$."' + name + '"')
    kind = v.function("JSON_TYPE", v.TEXT, json, path)
    return v.cases((kind == "VARCHAR", v.function("JSON_EXTRACT_STRING", v.TEXT, json, path)))


def at_place(which: str, value: Value, order: Value, where: Value) -> Value:
    """The value at the `last` or `first` place of an integer order, of the rows where a condition holds.
    Values must be known: missing ones are passed over."""
    name = "ARG_MAX" if which == "last" else "ARG_MIN"
    return v.only(v.function(name, value.type, value, order), where)


def no_answer() -> Value:
    """A text that nobody writes."""
    return Value("CHR(1)", v.TEXT)


def list_of(item: Value) -> Value:
    return Value(f"[{item.text}]", v.Type(f"{item.type}[]"), item.columns)

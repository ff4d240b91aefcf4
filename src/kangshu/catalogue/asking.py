"""Short ways to write the fields of the national forms.

A form of the norm has dozens of questions of the same few kinds; written out in full they hide what differs.
"""

from __future__ import annotations

from kangshu.declare import Choice, Field, FieldType, Range, Text, numbered
from kangshu.declare.expression import Expression

NORMAL_ABNORMAL = numbered(("正常", "normal"), ("异常", "abnormal"))
NEGATIVE_POSITIVE = numbered(("阴性", "negative"), ("阳性", "positive"))
NONE_PRESENT = numbered(("无", "none"), ("有", "present"))
NO_YES = numbered(("否", "no"), ("是", "yes"))
GOOD_FAIR_POOR = numbered(("良好", "good"), ("一般", "fair"), ("差", "poor"))

Limits = tuple[int | str | None, int | str | None]


def coded(*titles: tuple[str, str, str]) -> tuple[Choice, ...]:
    """Choices with codes of their own, as forms have them that do not number from 1: (code, zh, en)."""
    return tuple(Choice(code, Text(zh, en)) for code, zh, en in titles)


def number(
    name: str,
    zh: str,
    en: str,
    unit: str,
    hard: Limits,
    soft: Limits | None = None,
    *,
    places: int = 0,
    measured: bool = True,
    carried: bool | None = None,
    required: bool | Expression = False,
    visible: Expression | None = None,
    hint: Text | None = None,
    de: str = "",
    fhir: str = "",
) -> Field:
    """A measured number, whole unless it has decimal places; with `measured=False` one that may be carried
    over (unless `carried=False` says it is told anew each time)."""
    return Field(
        name,
        Text(zh, en),
        FieldType.DECIMAL if places else FieldType.INTEGER,
        unit=unit,
        places=places or None,
        hard=Range.of(*hard),
        soft=None if soft is None else Range.of(*soft),
        measured=measured,
        carried=not measured if carried is None else carried,
        required=required,
        visible=visible,
        hint=hint,
        de=de,
        fhir=fhir,
    )


def one_of(
    name: str,
    zh: str,
    en: str,
    choices: tuple[Choice, ...],
    *,
    required: bool | Expression = False,
    visible: Expression | None = None,
    carried: bool = True,
    measured: bool = False,
    assessed: str = "",
    hint: Text | None = None,
    de: str = "",
) -> Field:
    """One code. A finding of the examination is `measured`: never taken over from the last visit."""
    return Field(
        name,
        Text(zh, en),
        FieldType.CHOICE,
        choices=choices,
        required=required,
        visible=visible,
        carried=carried and not measured and not assessed,
        measured=measured,
        assessed=assessed,
        hint=hint,
        de=de,
    )


def several_of(
    name: str,
    zh: str,
    en: str,
    choices: tuple[Choice, ...],
    *,
    alone: str = "",
    required: bool | Expression = False,
    visible: Expression | None = None,
    carried: bool = True,
    hint: Text | None = None,
    de: str = "",
) -> Field:
    """A field of several codes; `alone` is the code that excludes the others."""
    return Field(
        name,
        Text(zh, en),
        FieldType.CHOICES,
        choices=choices,
        exclusive=frozenset({alone} if alone else ()),
        required=required,
        visible=visible,
        carried=carried,
        hint=hint,
        de=de,
    )


def yes_no(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool | Expression = False,
    visible: Expression | None = None,
    carried: bool = False,
    hint: Text | None = None,
) -> Field:
    return Field(
        name,
        Text(zh, en),
        FieldType.YES_NO,
        required=required,
        visible=visible,
        carried=carried,
        hint=hint,
    )


def words(
    name: str,
    zh: str,
    en: str,
    *,
    length: int = 100,
    required: bool | Expression = False,
    visible: Expression | None = None,
    carried: bool = True,
    hint: Text | None = None,
) -> Field:
    """A line of text; from 300 characters on a field of several lines."""
    return Field(
        name,
        Text(zh, en),
        FieldType.LONG_TEXT if length >= 300 else FieldType.TEXT,
        max_length=length,
        required=required,
        visible=visible,
        carried=carried,
        hint=hint,
    )


def day(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool | Expression = False,
    visible: Expression | None = None,
    carried: bool = True,
    assessed: str = "",
    hint: Text | None = None,
) -> Field:
    return Field(
        name,
        Text(zh, en),
        FieldType.DATE,
        required=required,
        visible=visible,
        carried=carried and not assessed,
        assessed=assessed,
        hint=hint,
    )

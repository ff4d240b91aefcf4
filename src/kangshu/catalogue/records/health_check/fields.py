"""Short ways to write the many fields of the health-check form. Ranges are those of norms A17."""

from __future__ import annotations

from kangshu.declare import Choice, Field, FieldType, Range, Text, numbered
from kangshu.declare.expression import Expression

NORMAL_ABNORMAL = numbered(("正常", "normal"), ("异常", "abnormal"))
NEGATIVE_POSITIVE = numbered(("阴性", "negative"), ("阳性", "positive"))
NONE_PRESENT = numbered(("无", "none"), ("有", "present"))
NO_YES = numbered(("否", "no"), ("是", "yes"))

Limits = tuple[int | str | None, int | str | None]


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
    required: bool | Expression = False,
    visible: Expression | None = None,
    de: str = "",
    fhir: str = "",
) -> Field:
    """A measured number, whole unless it has decimal places; with `measured=False` one that may be carried
    over."""
    return Field(
        name,
        Text(zh, en),
        FieldType.DECIMAL if places else FieldType.INTEGER,
        unit=unit,
        places=places or None,
        hard=Range.of(*hard),
        soft=None if soft is None else Range.of(*soft),
        measured=measured,
        carried=not measured,
        required=required,
        visible=visible,
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
    de: str = "",
) -> Field:
    return Field(
        name,
        Text(zh, en),
        FieldType.CHOICE,
        choices=choices,
        required=required,
        visible=visible,
        carried=True,
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
        carried=True,
        de=de,
    )


def words(
    name: str, zh: str, en: str, *, length: int = 100, visible: Expression | None = None, carried: bool = True
) -> Field:
    return Field(name, Text(zh, en), FieldType.TEXT, max_length=length, visible=visible, carried=carried)


def day(name: str, zh: str, en: str, *, visible: Expression | None = None) -> Field:
    return Field(name, Text(zh, en), FieldType.DATE, visible=visible, carried=True)

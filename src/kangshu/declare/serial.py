"""Declarations as JSON and back, and the hash that names their content.

A field left at its default is left out, so that adding an optional word to the language does not change
the hash of what was released before.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast

from kangshu.kernel.text import Text

T = TypeVar("T")
Json = Any


def encode(value: Any) -> Json:
    """A declaration, or a value inside one, as plain JSON values."""
    if isinstance(value, Text):
        return value.to_json()
    tagged = getattr(type(value), "encode_tagged", None)
    if tagged is not None:
        return tagged(value)
    if is_dataclass(value) and not isinstance(value, type):
        return encode_fields(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(encode(item) for item in value)
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"a declaration cannot hold {value!r} ({type(value).__name__})")


def encode_fields(value: Any) -> dict[str, Json]:
    encoded = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if not _is_default(field, item):
            encoded[field.name] = encode(item)
    return encoded


def _is_default(field: Field[Any], item: Any) -> bool:
    if field.default is not MISSING:
        return type(item) is type(field.default) and bool(item == field.default)
    if field.default_factory is not MISSING:
        return bool(item == field.default_factory())
    return False


def decode(kind: Any, value: Json) -> Any:
    """A value of `kind` (a declared class or a type annotation) from JSON. Construction validates it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(arguments, value)
    if origin is tuple:
        return tuple(decode(arguments[0], item) for item in value)
    if origin is frozenset:
        return frozenset(decode(arguments[0], item) for item in value)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {decode(arguments[0], key): decode(arguments[1], item) for key, item in value.items()}
    if kind is Text:
        return Text.from_json(value)
    tagged = getattr(kind, "decode_tagged", None)
    if tagged is not None:
        return tagged(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return decode_fields(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    return value


def decode_fields(kind: type[T], value: Mapping[str, Json]) -> T:
    hints = type_hints(cast(Any, kind))
    unknown = set(value) - set(hints)
    if unknown:
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: decode(hints[name], item) for name, item in value.items()})


@cache
def type_hints(kind: type[Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: hint for name, hint in typing.get_type_hints(kind).items() if name in names}


def _decode_union(arguments: tuple[Any, ...], value: Json) -> Any:
    """The unions of the language: something or None; a bool or an expression; a number."""
    if value is None:
        return None
    candidates = [kind for kind in arguments if kind is not type(None)]
    if bool in candidates and isinstance(value, bool):
        return value
    if int in candidates and isinstance(value, int):
        return value
    rest = [kind for kind in candidates if kind not in (bool, int)]
    return decode(rest[0], value) if rest else value


def canonical(value: Json) -> str:
    """One spelling of a JSON value: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(value: Json) -> str:
    """SHA-256 of the canonical spelling, as hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class Declared:
    """Mixed into every top-level dataclass of the language."""

    def to_json(self) -> dict[str, Json]:
        return encode_fields(self)

    @classmethod
    def from_json(cls: type[T], value: Mapping[str, Json]) -> T:
        return decode_fields(cls, value)

    def content_hash(self) -> str:
        return hash_of(self.to_json())

"""Indicators as the outside sees them: the list, and the explanation of one."""

from __future__ import annotations

from typing import Any

from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.expression import Expression, ParameterValue
from kangshu.declare.indicator import Indicator
from kangshu.declare.wording import words
from kangshu.kernel.text import Text


def listing() -> list[dict[str, Any]]:
    """Every indicator in the order of its id."""
    return [described(indicator) for indicator in registry.indicators()]


def described(indicator: Indicator) -> dict[str, Any]:
    """The fields of `kangshu indicators list`."""
    owner = registry.indicator_owner(indicator.id)
    return {
        "id": indicator.id,
        "version": indicator.version,
        "name": indicator.title.to_json(),
        "aliases": list(indicator.aliases),
        "unit": indicator.unit,
        "numerator": _words(indicator.numerator_words),
        "denominator": _words(indicator.denominator_words),
        "source": indicator.source,
        "capabilities": list(owner.rows),
        "capability": owner.id,
        "direction": str(indicator.direction),
        "counts": str(indicator.counts),
        "valid_from": indicator.valid_from.isoformat(),
        "valid_to": indicator.valid_to.isoformat() if indicator.valid_to else None,
    }


def explained(indicator: Indicator) -> dict[str, Any]:
    """The list's fields with the definition itself, its hash, and the parameters it asks for."""
    parameters = sorted(
        {node.id for part in parts(indicator) for node in walk(part) if isinstance(node, ParameterValue)}
    )
    return described(indicator) | {
        "hash": indicator.content_hash(),
        "parameters": [_parameter(id) for id in parameters],
        "in_words": {
            name: None if node is None else {"zh": words(node, "zh"), "en": words(node, "en")}
            for name, node in _parts(indicator)
        },
        "definition": {name: None if node is None else node.to_json() for name, node in _parts(indicator)},
    }


def parts(indicator: Indicator) -> list[Expression]:
    found = (indicator.numerator, indicator.denominator, indicator.estimate)
    return [node for node in found if node is not None]


def _parts(indicator: Indicator) -> tuple[tuple[str, Expression | None], ...]:
    return (
        ("numerator", indicator.numerator),
        ("denominator", indicator.denominator),
        ("estimate", indicator.estimate),
    )


def _parameter(id: str) -> dict[str, Any]:
    declared = registry.parameter(id)
    return {
        "id": id,
        "name": declared.title.to_json(),
        "unit": declared.unit,
        "values": [[str(value.from_on), str(value.value)] for value in declared.values],
        "local": declared.local,
    }


def _words(words: Text | None) -> dict[str, str] | None:
    return None if words is None else words.to_json()

"""Sums and statements kept beside the snapshots: what was counted on one never changes.

Sums are kept by institution, from which the county, a centre and an institution are added up without another
look at the records; a page that shows twenty figures reads twenty small files. Sums for readers of
different compartments are kept apart.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kangshu.declare.indicator import Indicator
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

Number = int | Decimal


@dataclass(frozen=True)
class Kept:
    """The sums of an indicator in several periods. `groups` are the values of the raw columns, `numerators`
    and `denominators` have for each period a number for each group. `statement` is the hash of the SQL."""

    groups: Sequence[tuple[Any, ...]]
    numerators: Sequence[Sequence[Number]]
    denominators: Sequence[Sequence[Number]]
    statement: str = ""

    def only(self, at: int) -> Kept:
        """Of one of its periods."""
        return Kept(self.groups, [self.numerators[at]], [self.denominators[at]], self.statement)


def path_of_sums(
    store: Store, indicator: Indicator, periods: Sequence[Period], raw: Sequence[str], parameters: Values
) -> Path:
    compartments = None if store.compartments is None else sorted(store.compartments)
    asked = [(str(period.first), str(period.last)) for period in periods]
    key = (indicator.content_hash(), asked, tuple(raw), compartments, parameters.to_json())
    return store.root / "results" / store.name / f"{_hash(key)}.json"


def read_sums(path: Path) -> Kept | None:
    try:
        content = json.loads(path.read_bytes())
        columns = content["groups"]
    except (FileNotFoundError, ValueError, KeyError):
        return None
    groups = list(zip(*columns, strict=True))
    return Kept(
        groups,
        [_decoded(numbers, content) for numbers in content["numerators"]],
        [_decoded(numbers, content) for numbers in content["denominators"]],
        content["statement"],
    )


def write_sums(path: Path, raw: Sequence[str], kept: Kept) -> None:
    """By columns: a list of numbers is written and read at once. Decimals are kept as text."""
    columns = [list(column) for column in zip(*kept.groups, strict=True)] or [[] for _ in raw]
    if "value" in raw:
        at = list(raw).index("value")
        columns[at] = [str(value) for value in columns[at]]
    exact = any(isinstance(one, Decimal) for each in (*kept.numerators, *kept.denominators) for one in each)
    content = {
        "groups": columns,
        "numerators": [_encoded(numbers, exact) for numbers in kept.numerators],
        "denominators": [_encoded(numbers, exact) for numbers in kept.denominators],
        "exact": exact,
        "statement": kept.statement,
    }
    _write(path, content)


def _encoded(numbers: Sequence[Number], exact: bool) -> list[Any]:
    return [str(number) for number in numbers] if exact else list(numbers)


def _decoded(numbers: list[Any], content: Mapping[str, Any]) -> Sequence[Number]:
    return [Decimal(number) for number in numbers] if content["exact"] else numbers


def path_of_statement(root: Path, key: tuple[object, ...]) -> Path:
    return root / "statements" / f"{_hash(key)}.json"


def read_statement(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return content


def write_statement(path: Path, content: Mapping[str, Any]) -> None:
    _write(path, content)


def _hash(key: object) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:40]


def _write(path: Path, content: Any) -> None:
    """What cannot be kept is counted again: a full or read-only disk stops nobody."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.writing")
        beside.write_text(json.dumps(content, ensure_ascii=False))
        beside.replace(path)
    except OSError:
        logging.getLogger(__name__).warning("could not keep %s", path, exc_info=True)

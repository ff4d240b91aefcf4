"""Sums and statements kept beside the snapshots: what was counted on one never changes.

Sums are kept by institution, from which the county, a centre and an institution are added up without another
look at the records; a page that shows twenty figures reads twenty small files. Sums for readers of
different compartments are kept apart.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kangshu.declare.indicator import Indicator
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

RawSums = list[tuple[Mapping[str, Any], int, int]]
"""For every raw group: its columns, numerator, denominator."""


def path_of_sums(
    store: Store, indicator: Indicator, period: Period, raw: Sequence[str], parameters: Values
) -> Path:
    compartments = None if store.compartments is None else sorted(store.compartments)
    key = (indicator.content_hash(), str(period), tuple(raw), compartments, parameters.to_json())
    return store.root / "results" / store.name / f"{_hash(key)}.json"


def read_sums(path: Path) -> RawSums | None:
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    names = content["raw"]
    return [(dict(zip(names, row[:-2], strict=True)), row[-2], row[-1]) for row in content["rows"]]


def write_sums(path: Path, raw: Sequence[str], sums: RawSums) -> None:
    rows = [
        [*(group[name] for name in raw), numerator, denominator] for group, numerator, denominator in sums
    ]
    _write(path, {"raw": list(raw), "rows": rows})


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
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.writing")
    beside.write_text(json.dumps(content, ensure_ascii=False))
    beside.replace(path)

"""Results kept beside the snapshot they were computed on: a snapshot never changes, so neither does its
result.

A page that shows twenty figures reads twenty small files. The key holds everything a result depends on;
results for readers of different compartments are kept apart.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kangshu.declare.indicator import Indicator
from kangshu.indicators.engine.compute import Question, check, compute_all
from kangshu.indicators.results import Result, Row
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.text import Text


def results(indicators: Sequence[Indicator], question: Question, store: Store) -> list[Result]:
    """As `compute_all`, from what was kept where it was. Raises CannotCompute, BadSplit."""
    for indicator in indicators:
        check(indicator, question, store)
    found = {indicator.id: _read(indicator, question, store) for indicator in indicators}
    unknown = [indicator for indicator in indicators if found[indicator.id] is None]
    for result in compute_all(unknown, question, store) if unknown else []:
        found[result.indicator.id] = result
        _write(result, question, store)
    return [result for indicator in indicators if (result := found[indicator.id]) is not None]


def _path(indicator: Indicator, question: Question, store: Store) -> Path:
    key = repr(
        (
            indicator.content_hash(),
            str(question.period),
            question.by,
            question.within,
            question.suppress_below,
            None if store.compartments is None else sorted(store.compartments),
        )
    )
    return store.root / "results" / store.name / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.json"


def _read(indicator: Indicator, question: Question, store: Store) -> Result | None:
    path = _path(indicator, question, store)
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    rows = tuple(_row(value) for value in content["rows"])
    by = tuple(map(str, question.by))
    return Result(indicator, store.name, question.period, by, rows, lineage=content["lineage"])


def _row(value: dict[str, Any]) -> Row:
    note = value["note"]
    return Row(
        by=value["by"],
        numerator=_number(value["numerator"]),
        denominator=_number(value["denominator"]),
        value=None if value["value"] is None else Decimal(value["value"]),
        suppressed=value["suppressed"],
        note=None if note is None else Text(note["zh"], note["en"]),
    )


def _number(text: str | None) -> int | Decimal | None:
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if "." not in text else number


def _write(result: Result, question: Question, store: Store) -> None:
    path = _path(result.indicator, question, store)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "by": dict(row.by),
            "numerator": None if row.numerator is None else str(row.numerator),
            "denominator": None if row.denominator is None else str(row.denominator),
            "value": None if row.value is None else str(row.value),
            "suppressed": row.suppressed,
            "note": None if row.note is None else row.note.to_json(),
        }
        for row in result.rows
    ]
    beside = path.with_suffix(f".{os.getpid()}.writing")
    beside.write_text(json.dumps({"rows": rows, "lineage": dict(result.lineage)}, ensure_ascii=False))
    beside.replace(path)

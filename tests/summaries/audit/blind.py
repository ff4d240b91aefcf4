"""Scores the audit on documents with planted mistakes: `python -m tests.summaries.audit.blind
FOLDER [--list]`.

A folder holds `NAME.txt` (or .docx, .html) beside `NAME.json`: `planted` with quotes, kind, level
and why, and
`traps`, true statements (quote, why_true) that must not be accused. A mistake is found when a finding touches
one of its quotes and is of its kind or of one that is told apart by taste only.
"""

# ruff: noqa: T201
from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kangshu.summaries.audit.auditing import audit_file
from kangshu.summaries.audit.values import Audit, Finding, Level

# 109 of 100 done is a completion, a rate and a part above its whole at once.
KINDRED = (
    {"rate", "completion", "unreachable_rate", "part_exceeds_whole"},
    {"parts_and_total", "part_exceeds_whole"},
    {"rates_incompatible", "part_exceeds_whole", "rate", "parts_and_total"},
    {"unit", "magnitude"},
    {"product", "rate"},
    {"change", "unit", "rates_incompatible"},
    {"same_quantity_two_values", "parts_and_total", "rate", "date"},
)


@dataclass
class Score:
    """What one document's audit found. `false` are findings that touch no planted quote."""

    planted: list[dict[str, Any]] = field(default_factory=list)
    found: list[tuple[dict[str, Any], Finding]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)
    false: list[tuple[str, Finding]] = field(default_factory=list)
    accused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("planted", "found", "missed", "false", "accused"):
            getattr(self, name).extend(getattr(other, name))

    def at_level(self) -> int:
        """How many were found as surely as they are known, or more surely."""
        order = list(Level)
        return sum(
            order.index(finding.level) <= order.index(Level(one["level"])) for one, finding in self.found
        )


def score(file: Path) -> Score:
    """Audit one document and hold it against what was planted in it."""
    wanted = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    audit = audit_file(file)
    one = Score(planted=wanted["planted"])
    spans = [
        span for mistake in wanted["planted"] for quote in mistake["quotes"] for span in _spans(audit, quote)
    ]
    for mistake in wanted["planted"]:
        match = _match(audit, mistake)
        if match is None:
            one.missed.append(mistake | {"file": file.name})
        else:
            one.found.append((mistake, match))
    matched = [finding for _, finding in one.found]
    for finding in audit.findings:
        if finding not in matched and not _touches(finding, spans):
            one.false.append((file.name, finding))
    for trap in wanted.get("traps", []):
        inside = list(_spans(audit, trap["quote"]))
        if any(_touches(finding, inside) for _, finding in one.false):
            one.accused.append((file.name, trap["quote"]))
    return one


def _match(audit: Audit, mistake: dict[str, Any]) -> Finding | None:
    spans = [span for quote in mistake["quotes"] for span in _spans(audit, quote)]
    kinds = {mistake["kind"]}.union(*(group for group in KINDRED if mistake["kind"] in group))
    fitting = [one for one in audit.findings if str(one.kind) in kinds and _touches(one, spans)]
    fitting.sort(key=lambda one: (str(one.kind) != mistake["kind"], list(Level).index(one.level)))
    return fitting[0] if fitting else None


def _spans(audit: Audit, words: str) -> Iterator[tuple[int, int]]:
    start = audit.text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = audit.text.find(words, start + 1)


def _touches(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    return any(quote.start < end and start < quote.end for quote in finding.quotes for start, end in spans)


def total(folder: Path) -> Score:
    """The score of every document of a folder."""
    one = Score()
    for file in sorted(folder.iterdir()):
        if file.suffix != ".json" and file.with_suffix(".json").is_file():
            one.add(score(file))
    return one


def main() -> None:
    folder, listed = Path(sys.argv[1]), "--list" in sys.argv
    one = total(folder)
    by_kind = Counter(mistake["kind"] for mistake in one.planted)
    found = Counter(mistake["kind"] for mistake, _ in one.found)
    levels = Counter(str(finding.level) for _, finding in one.false)
    print(f"found {len(one.found)} of {len(one.planted)}, {one.at_level()} at their level or above")
    print(f"findings on nothing planted: {dict(levels)}; true statements accused: {len(one.accused)}")
    for kind, count in sorted(by_kind.items()):
        print(f"    {kind}: {found[kind]} of {count}")
    if listed:
        _list(one)


def _list(one: Score) -> None:
    for mistake in one.missed:
        print("MISSED", mistake["file"], mistake["kind"], mistake["level"], mistake["quotes"], mistake["why"])
    for name, finding in one.false:
        print(
            "FALSE",
            name,
            finding.kind,
            finding.level,
            finding.why.zh,
            [quote.text for quote in finding.quotes],
        )
    for mistake, finding in one.found:
        if str(finding.level) != mistake["level"]:
            print("LEVEL", finding.level, "for", mistake["level"], mistake["quotes"], finding.why.zh)


if __name__ == "__main__":
    main()

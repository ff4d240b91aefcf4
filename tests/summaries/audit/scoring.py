"""Scores the audit against the real documents: `python -m tests.summaries.audit.scoring` prints a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.summaries.audit.documents import expected, folder

from kangshu.summaries.audit.auditing import audit_file
from kangshu.summaries.audit.values import Audit, Finding, Quote


@dataclass(frozen=True)
class Score:
    """Of one document: which expected findings and holds were met, and what was found beyond."""

    document: str
    found: dict[str, str]  # id → level found, '' when missed
    wanted: dict[str, str]
    held: tuple[int, int]
    missing_holds: tuple[str, ...]
    beyond: tuple[Finding, ...]


def score(place: Path, name: str, wanted: dict[str, Any]) -> Score:
    """Audit one document and compare."""
    audit = audit_file(place / name)
    used: list[Finding] = []
    found = {}
    for one in wanted["findings"]:
        match = next(
            (f for f in audit.findings if str(f.kind) == one["kind"] and _meets(audit, f, one)), None
        )
        found[one["id"]] = str(match.level) if match else ""
        used += [match] if match else []
    missing = [hold for hold in wanted["holds"] if not _is_held(audit, hold)]
    return Score(
        name,
        found,
        {one["id"]: one["level"] for one in wanted["findings"]},
        (len(wanted["holds"]) - len(missing), len(wanted["holds"])),
        tuple(hold["quotes"][0] for hold in missing),
        tuple(finding for finding in audit.findings if finding not in used),
    )


def _meets(audit: Audit, finding: Finding, wanted: dict[str, Any]) -> bool:
    """Whether every quote that is wanted is touched by a quote of the finding."""
    return all(any(_touches(audit, quote, one) for quote in finding.quotes) for one in wanted["quotes"])


def _is_held(audit: Audit, hold: dict[str, Any]) -> bool:
    return any(
        all(any(_touches(audit, quote, one) for quote in held.quotes) for one in hold["quotes"])
        for held in audit.held
    )


def _touches(audit: Audit, quote: Quote, words: str) -> bool:
    start = audit.text.find(words)
    while start >= 0:
        if quote.start < start + len(words) and start < quote.end:
            return True
        start = audit.text.find(words, start + 1)
    return False


def main() -> None:
    place = folder()
    if place is None:
        raise SystemExit("no documents: set KANGSHU_SUMMARIES to their folder")
    for name, wanted in expected(place).items():
        one = score(place, name, wanted)
        print(f"{name}: found {sum(map(bool, one.found.values()))}/{len(one.found)}, held {one.held}")  # noqa: T201
        for key, level in one.found.items():
            print(f"    {key} wanted {one.wanted[key]}, found {level or 'NOTHING'}")  # noqa: T201
        for words in one.missing_holds:
            print(f"    not reported as held: {words}")  # noqa: T201
        for finding in one.beyond:
            print(f"    beyond: {finding.kind} {finding.level} {finding.why.zh}")  # noqa: T201


if __name__ == "__main__":
    main()

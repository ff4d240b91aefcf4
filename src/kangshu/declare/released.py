"""Released declarations: what was once published stays as it was.

Every form, indicator, capability, logbook and report of code origin has one file per version under
`released/` in its folder, with its content and the hash of the content. Records made with a version can be
read as long as the file is there, and a test fails when the content in code differs from what was released
under the same version.
"""

from __future__ import annotations

import io
import json
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kangshu.declare.capability import Capability
from kangshu.declare.form import Form
from kangshu.declare.indicator import Indicator, IndicatorOwner, IndicatorSet
from kangshu.declare.logbook import Logbook
from kangshu.declare.report import Report
from kangshu.declare.serial import hash_of

FOLDER = "released"
Releasable = Capability | Report | Logbook | IndicatorSet
# Of the capability itself: its examples, screens and tests prove it, they are not part of what was promised.
NOT_PART = ("forms", "indicators", "decisions", "examples", "screens", "tests", "rows", "row_note")


@dataclass(frozen=True)
class Release:
    """One thing with an id, a version and a content."""

    kind: str
    id: str
    version: int
    content: dict[str, Any]

    @property
    def hash(self) -> str:
        return hash_of(self.content)

    @property
    def file_name(self) -> str:
        return f"{self.kind}.{self.id}@{self.version}.json"


def releases_of(declared: Releasable, folder: Path) -> Iterator[Release]:
    """Everything of a capability, logbook or report that is released, as it stands in code."""
    if isinstance(declared, Report):
        yield Release("report", declared.id, declared.version, declared.to_json())
    elif isinstance(declared, Logbook):
        yield from _of_logbook(declared, folder)
    elif isinstance(declared, IndicatorSet):
        yield from _indicators_of(declared)
    else:
        yield from _of_capability(declared, folder)


def _of_logbook(logbook: Logbook, folder: Path) -> Iterator[Release]:
    """A site kind that several logbooks are about is released with each of them."""
    for form in logbook.forms:
        yield Release("form", form.id, form.version, form.to_json())
    core = {name: value for name, value in logbook.to_json().items() if name not in NOT_PART}
    core |= {"rules": _hash_of_rules(folder)} if (folder / "rules.py").exists() else {}
    core["form"] = f"{logbook.form.id}@{logbook.form.version}"
    if logbook.site is not None:
        core["site"] |= {"form": f"{logbook.site.form.id}@{logbook.site.form.version}"}
    for stage, content in zip(logbook.stages, core.get("stages", ()), strict=False):
        if stage.form is not None:
            content["form"] = f"{stage.form.id}@{stage.form.version}"
    yield Release("logbook", logbook.id, logbook.version, core)


def _indicators_of(declared: Capability | IndicatorSet) -> Iterator[Release]:
    for indicator in declared.indicators:
        yield Release("indicator", indicator.id, indicator.version, indicator.to_json())


def _hash_of_rules(folder: Path) -> str:
    return hash_of(code_of((folder / "rules.py").read_text(encoding="utf-8")))


def _of_capability(capability: Capability, folder: Path) -> Iterator[Release]:
    for form in capability.forms:
        yield Release("form", form.id, form.version, form.to_json())
    yield from _indicators_of(capability)
    core = {name: value for name, value in capability.to_json().items() if name not in NOT_PART}
    core["forms"] = [f"{form.id}@{form.version}" for form in capability.forms]
    core["indicators"] = [f"{indicator.id}@{indicator.version}" for indicator in capability.indicators]
    if (folder / "rules.py").exists():
        core["rules"] = _hash_of_rules(folder)
    yield Release("capability", capability.id, capability.version, core)


def code_of(source: str) -> str:
    """What a module does, without comments, docstrings and layout: these may change under one version."""
    layout = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)
    lines: list[str] = []
    line: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NEWLINE:
            is_docstring = len(line) == 1 and line[0].type == tokenize.STRING
            if not is_docstring:
                lines.append(" ".join(part.string for part in line))
            line = []
        elif token.type not in layout:
            line.append(token)
    return "\n".join(lines)


@dataclass(frozen=True)
class Finding:
    """`changed`: other content under a released version; `unreleased`: no file yet; `damaged`: a file
    that does not hold what its hash says."""

    kind: str
    release: Release
    path: Path

    def __str__(self) -> str:
        name = f"{self.release.kind} {self.release.id}@{self.release.version}"
        return {
            "changed": f"{name} was changed after its release: give it a new version",
            "unreleased": f"{name} is not released: run `kangshu declarations release`",
            "damaged": f"{self.path.name} does not hold what its hash says",
        }[self.kind]


def check(declared: Releasable, folder: Path) -> list[Finding]:
    """What is wrong with the releases of one declaration; empty when all is well."""
    findings = []
    for release in releases_of(declared, folder):
        path = folder / FOLDER / release.file_name
        if not path.exists():
            findings.append(Finding("unreleased", release, path))
            continue
        stored = json.loads(path.read_text(encoding="utf-8"))
        if hash_of(stored["content"]) != stored["hash"]:
            findings.append(Finding("damaged", release, path))
        elif stored["hash"] != release.hash:
            findings.append(Finding("changed", release, path))
    return findings


def release(declared: Releasable, folder: Path, on: date) -> list[Release]:
    """Write what is not released yet; what is, stays. Returns what was written."""
    written = []
    for finding in check(declared, folder):
        if finding.kind != "unreleased":
            continue
        finding.path.parent.mkdir(exist_ok=True)
        content = {
            "kind": finding.release.kind,
            "id": finding.release.id,
            "version": finding.release.version,
            "released_on": on.isoformat(),
            "hash": finding.release.hash,
            "content": finding.release.content,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        finding.path.write_text(text + "\n", encoding="utf-8")
        written.append(finding.release)
    return written


def older_forms(declared: Capability | Logbook, folder: Path) -> tuple[Form, ...]:
    """Released versions of forms that the code no longer holds."""
    current = {f"form.{form.id}@{form.version}.json" for form in declared.forms}
    return tuple(Form.from_json(content) for content in _contents(folder, "form", current))


def older_indicators(declared: IndicatorOwner, folder: Path) -> tuple[Indicator, ...]:
    """Released versions of indicators that the code no longer holds."""
    current = {f"indicator.{indicator.id}@{indicator.version}.json" for indicator in declared.indicators}
    return tuple(Indicator.from_json(content) for content in _contents(folder, "indicator", current))


def _contents(folder: Path, kind: str, current: set[str]) -> Iterator[dict[str, Any]]:
    for path in sorted((folder / FOLDER).glob(f"{kind}.*.json")):
        if path.name not in current:
            yield json.loads(path.read_text(encoding="utf-8"))["content"]

"""One audit: read the text, ask every rule, sort what they say, and link figures to the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kangshu.summaries.audit.earlier import Reported, check_against, period_reported, reported_by
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.linking import indicator_of
from kangshu.summaries.audit.readers.document import read_file
from kangshu.summaries.audit.reading import Reading, plain, read_text
from kangshu.summaries.audit.rules import (
    among,
    averages,
    beyond,
    births,
    changes,
    classes,
    columns,
    compared,
    dates,
    deadlines,
    defined,
    density,
    each,
    events,
    graded,
    incidence,
    lists,
    masked,
    numbering,
    pairs,
    parts,
    peopled,
    phrases,
    products,
    rates,
    ratios,
    respective,
    retold,
    shares,
    siblings,
    spans,
    targets,
    twice,
    units,
)
from kangshu.summaries.audit.rules.twice import period_of
from kangshu.summaries.audit.values import LEVEL_ORDER, Audit, Finding, Held, ReadFigure

Rule = Callable[[Reading], Iterable[Finding | Held]]
RULES: tuple[Rule, ...] = (
    rates.check,
    parts.check,
    respective.check,
    shares.check,
    averages.check,
    births.check,
    incidence.check,
    density.check,
    defined.check,
    graded.check,
    pairs.check,
    products.check,
    changes.check,
    ratios.check,
    twice.check,
    units.check,
    dates.check,
    deadlines.check,
    spans.check,
    classes.check,
    numbering.check,
    masked.check,
    lists.check,
    columns.check,
    among.check,
    targets.check,
    compared.check,
    retold.check,
    each.check,
    peopled.check,
    siblings.check,
    beyond.check,
    events.check,
    phrases.check,
)


def audit_text(text: str, document: str = "", earlier: Iterable[Reported] = ()) -> Audit:
    """Audit a text as it was read from a document, against what `earlier` ones of the same bureau reported.
    Pure: the same texts give the same audit."""
    reading = read_text(text)
    findings: list[Finding] = []
    held: list[Held] = []
    for said in (*_said(reading), *check_against(reading, earlier)):
        if isinstance(said, Finding):
            findings.append(said)
        else:
            held.append(said)
    return Audit(
        document,
        text,
        tuple(_once(findings)),
        tuple(_once_held(held)),
        tuple(_figure(reading, figure) for figure in reading.figures),
        tuple(masked.determined(reading)),
    )


def audit_file(path: Path, earlier: Iterable[Reported] = ()) -> Audit:
    """Read a file and audit it; UnreadableDocument when it cannot be read."""
    document = read_file(path)
    return audit_text(document.text, document.name, earlier)


def history_of(text: str, document: str, period: str = "") -> tuple[Reported, ...]:
    """What a document reports for its own period, which it says itself where `period` is empty; () when
    neither says."""
    reading = read_text(text)
    period = period or period_reported(reading) or ""
    return reported_by(reading, period, document) if period else ()


def _figure(reading: Reading, figure: Figure) -> ReadFigure:
    """The figure as the outside sees it: the number as printed, with its printed unit."""
    subject = figure.subject or figure.after[:12]
    return ReadFigure(
        reading.layout.quote(figure.paragraph, figure.start, figure.end),
        None if figure.is_masked else plain(figure.printed.value),
        figure.scale_words + (f"元/{figure.per}" if figure.per else figure.unit.name),
        subject,
        " ".join(period_of(figure)) or None,
        indicator_of(figure),
    )


def _said(reading: Reading) -> Iterator[Finding | Held]:
    for rule in RULES:
        yield from rule(reading)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, the surest saying of it, in the order of the text."""
    kept: dict[object, Finding] = {}
    for finding in sorted(findings, key=lambda one: LEVEL_ORDER.index(one.level)):
        kept.setdefault((finding.kind, finding.quotes), finding)
    return sorted(kept.values(), key=lambda one: (one.quotes, one.kind))


def _once_held(held: Iterable[Held]) -> list[Held]:
    return sorted({(one.kind, one.quotes): one for one in held}.values(), key=lambda one: one.quotes)

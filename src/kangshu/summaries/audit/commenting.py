"""Gives a document back as .docx with each finding as a comment at the words it is about."""

from __future__ import annotations

import copy
import io
from typing import Any

from docx import Document as NewDocument
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kangshu.kernel.text import Text
from kangshu.summaries.audit.readers.word import W, lines, open_word, pieces
from kangshu.summaries.audit.values import Audit, Finding, Level, Quote

AUTHOR, INITIALS = "康枢 kangshu", "KS"
LEVELS = {
    Level.PROVEN: Text("确证有误", "Proven"),
    Level.NEAR_CERTAIN: Text("几乎确定有误", "Near certain"),
    Level.ASK: Text("请核对", "Please check"),
}


def with_comments(audit: Audit, content: bytes | None, *, language: str = "zh-hans") -> bytes:
    """The .docx it was read from with comments; a new one where it was read from something else (None)."""
    document = open_word(content, audit.document) if content is not None else _new(audit.text)
    for finding in audit.findings:
        _comment(document, finding, language)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _new(text: str) -> Any:
    document = NewDocument()
    for line in text.split("\n"):
        document.add_paragraph(line.rstrip("\r"))
    return document


def _comment(document: Any, finding: Finding, language: str) -> None:
    """One comment on the words that are wrong: the last quote, which is what was reckoned."""
    runs = _runs_of(document, finding.quotes[-1])
    if not runs:
        return
    said = f"【{LEVELS[finding.level].in_language(language)}】{finding.why.in_language(language)}"
    comment = document.add_comment(runs, text=said, author=AUTHOR, initials=INITIALS)
    others = [f"“{' '.join(quote.text.split())}”" for quote in finding.quotes[:-1]]
    if others:
        comment.add_paragraph("；".join(others))
    if finding.suggestion is not None:
        comment.add_paragraph(finding.suggestion.in_language(language))


def _runs_of(document: Any, quote: Quote) -> list[Run]:
    """Runs that carry exactly the quoted words, cut out of the runs they stand in."""
    offset = 0
    found: list[Run] = []
    for text, paragraphs in list(lines(document)):
        if offset < quote.end and quote.start < offset + len(text) and len(paragraphs) == 1:
            low, high = max(quote.start - offset, 0), min(quote.end - offset, len(text))
            found += _cut(paragraphs[0], low, high)
        offset += len(text) + 1
    return found


def _cut(paragraph: Any, low: int, high: int) -> list[Run]:
    holder = Paragraph(paragraph, paragraph.getparent())
    position, found = 0, []
    for element, text in list(pieces(paragraph)):
        begin, end = max(low - position, 0), min(high - position, len(text))
        position += len(text)
        if begin >= end or element.tag != f"{W}t" or element.getparent().tag != f"{W}r":
            continue
        found.append(Run(_middle(element, begin, end), holder))
    return found


def _middle(element: Any, begin: int, end: int) -> Any:
    """The run with only these words of its text; what stood before and behind goes into runs beside it."""
    run, text = element.getparent(), element.text
    if len([one for one in run if one.tag != f"{W}rPr"]) > 1:
        return run  # a run with tabs or pictures stays whole
    if begin:
        before = copy.deepcopy(run)
        _set_words(before, text[:begin])
        run.addprevious(before)
    if end < len(text):
        behind = copy.deepcopy(run)
        _set_words(behind, text[end:])
        run.addnext(behind)
    _set_words(run, text[begin:end])
    return run


def _set_words(run: Any, words: str) -> None:
    holder = run.find(f"{W}t")
    holder.text = words
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

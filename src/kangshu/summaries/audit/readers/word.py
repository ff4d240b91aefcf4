"""The text of a .docx: paragraphs and rows of tables in their order. What expands too much is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kangshu.summaries.audit.readers import refusals

MAX_EXPANDED = 200 * 1024 * 1024
MAX_RATIO = 150
MAX_PARTS = 5000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def word_text(content: bytes, name: str) -> str:
    """One line per paragraph, cells of a row with tabs between."""
    return "\n".join(text for text, _ in paragraphs(content, name))


def paragraphs(content: bytes, name: str) -> list[tuple[str, list[Any]]]:
    """The lines of the text, each with the paragraph elements it was made of."""
    return list(lines(open_word(content, name)))


def open_word(content: bytes, name: str) -> Any:
    """The document as python-docx has it, after its size was checked."""
    _check_zip(content, name)
    import docx

    try:
        return docx.Document(io.BytesIO(content))
    except Exception:  # python-docx says what is wrong in many ways; none helps the person
        raise refusals.damaged(name) from None


def lines(document: Any) -> Iterator[tuple[str, list[Any]]]:
    """Lines with their paragraph elements, in the order of the body."""
    yield from _blocks(document.element.body)


def _check_zip(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, ValueError):
        raise refusals.damaged(name) from None
    expanded = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if (
        expanded > MAX_EXPANDED
        or len(parts) > MAX_PARTS
        or (expanded > 10_000_000 and expanded / packed > MAX_RATIO)
    ):
        raise refusals.bomb(name)
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.encrypted(name)
    if "word/document.xml" not in names:
        raise refusals.wrong_type(name)


def _blocks(element: Any) -> Iterator[tuple[str, list[Any]]]:
    for child in element.iterchildren():
        if child.tag == f"{W}p":
            yield paragraph_text(child), [child]
        elif child.tag == f"{W}tbl":
            for row in child.iter(f"{W}tr"):
                cells = [list(cell.iter(f"{W}p")) for cell in row.iterchildren(f"{W}tc")]
                texts = ["".join(paragraph_text(one) for one in cell) for cell in cells]
                yield "\t".join(texts), [one for cell in cells for one in cell]
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml"}:
            yield from _blocks(child)


def paragraph_text(paragraph: Any) -> str:
    """Words of a paragraph, with insertions that are not yet accepted and without what was deleted."""
    return "".join(text for _, text in pieces(paragraph))


def pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The text-bearing elements of a paragraph with their words."""
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}t":
            yield element, element.text or ""
        elif element.tag in {f"{W}tab", f"{W}br", f"{W}cr"}:
            yield element, "\t" if element.tag == f"{W}tab" else "\n"
        elif element.tag == f"{W}noBreakHyphen":
            yield element, "-"
        elif element.tag not in {FALLBACK, f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}instrText", f"{W}p"}:
            stack.extend(reversed(list(element)))

"""The text of a web page: what a reader sees, one line per block."""

from __future__ import annotations

import re
from typing import Any

from kangshu.summaries.audit.readers import refusals

UNSEEN = {"script", "style", "noscript", "template", "head", "nav", "iframe", "svg", "button", "select"}
BLOCKS = {
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "header", "footer", "blockquote", "dd", "dt", "pre", "hr", "center",
}  # fmt: skip


def web_text(content: bytes, name: str) -> str:
    """The visible words. The encoding is the page's own, or UTF-8, or GB 18030."""
    from lxml import etree, html

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    try:
        parser = html.HTMLParser(huge_tree=False, remove_comments=True)
        # As bytes, because lxml refuses a string that declares its encoding.
        root = html.fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", remove_comments=True)
        )
        del parser
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise refusals.damaged(name) from None
    pieces: list[str] = []
    _walk(root, pieces)
    lines = ("".join(pieces)).split("\n")
    tidy = ("\t".join(" ".join(cell.split()) for cell in line.rstrip("\t ").split("\t")) for line in lines)
    return "\n".join(line for line in tidy if line.strip())


def _told(element: Any, words: str | None) -> str:
    """Words as a browser shows them: line breaks of the source are blanks, except in what is preformatted."""
    if not words or element.tag == "pre" or next(element.iterancestors("pre"), None) is not None:
        return words or ""
    return re.sub(r"\s+", " ", words)


def _walk(root: Any, pieces: list[str]) -> None:
    """Depth first without recursion: a page may be nested deeper than Python allows."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if left:
            pieces.append("\n" if tag in BLOCKS else "\t" if tag in {"td", "th"} else "")
            pieces.append(_told(element, element.tail))
            continue
        if tag in UNSEEN or not tag:
            pieces.append(_told(element, element.tail))
            continue
        in_cell = next(element.iterancestors("td", "th"), None) is not None
        pieces.append("\n" if tag in BLOCKS and not in_cell else "")
        pieces.append(_told(element, element.text))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))

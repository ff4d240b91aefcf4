"""The text of a web page: what a reader sees, one line per block."""

from __future__ import annotations

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
    return "\n".join(line for line in (" ".join(one.split()) for one in lines) if line)


def _walk(root: Any, pieces: list[str]) -> None:
    """Depth first without recursion: a page may be nested deeper than Python allows."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if left:
            pieces.append("\n" if tag in BLOCKS else "\t" if tag in {"td", "th"} else "")
            pieces.append(element.tail or "")
            continue
        if tag in UNSEEN or not tag:
            pieces.append(element.tail or "")
            continue
        pieces.append("\n" if tag in BLOCKS else "")
        pieces.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))

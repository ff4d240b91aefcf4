"""The text of a PDF, page after page."""

from __future__ import annotations

import re

from kangshu.summaries.audit.readers import refusals

MAX_PAGES = 1000
LEAST_CHARACTERS_A_PAGE = 8


def pdf_text(content: bytes, name: str) -> str:
    """The words of every page. A file of pictures without text is refused, not read as empty."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise refusals.encrypted(name) from None
        raise refusals.damaged(name) from None
    try:
        pages = len(document)
        if pages > MAX_PAGES:
            raise refusals.too_large(name, f"{MAX_PAGES} 页 / pages")
        texts = [_page(document, number) for number in range(pages)]
    finally:
        document.close()
    letters = sum(len(re.sub(r"\s", "", text)) for text in texts)
    if letters < max(pages * LEAST_CHARACTERS_A_PAGE, 1):
        raise refusals.without_text(name)
    return "\n".join(_without_page_number(text) for text in texts)


def _page(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "")
        finally:
            words.close()
    finally:
        page.close()


def _without_page_number(text: str) -> str:
    """A page's number stands alone on its last line; left in, it would stand inside a sentence."""
    return re.sub(r"\n\s*[-—–]?\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*[-—–]?\s*$", "", text.rstrip())

"""Reading one file within limits, whatever it is, or saying clearly why not."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from kangshu.summaries.audit.readers import refusals
from kangshu.summaries.audit.readers.pdf import pdf_text
from kangshu.summaries.audit.readers.web import web_text
from kangshu.summaries.audit.readers.word import word_text

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 2_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|meta|table)\b",
    re.I | re.S,
)


@dataclass(frozen=True)
class Document:
    """A file's name and its words."""

    name: str
    text: str


def read_file(path: Path) -> Document:
    """The words of a file on disk; UnreadableDocument says why not."""
    name = path.name
    if not path.is_file():
        raise refusals.not_found(str(path))
    if path.stat().st_size > MAX_BYTES:
        raise refusals.too_large(name, f"{MAX_BYTES // 1024 // 1024} MB")
    return read_bytes(path.read_bytes(), name)


def read_bytes(content: bytes, name: str) -> Document:
    """The words of a file's bytes. What it is, is decided by its bytes."""
    if len(content) > MAX_BYTES:
        raise refusals.too_large(name, f"{MAX_BYTES // 1024 // 1024} MB")
    if not content.strip(b" \r\n\t\x00\xef\xbb\xbf"):
        raise refusals.empty(name)
    text = _text(content, name)
    if not text.strip():
        raise refusals.without_text(name)
    if len(text) > MAX_CHARACTERS:
        raise refusals.too_large(name, f"{MAX_CHARACTERS} 字 / characters")
    return Document(name, text)


def _text(content: bytes, name: str) -> str:
    if content.startswith(b"PK"):
        return word_text(content, name)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return pdf_text(content, name)
    if content.startswith(OLE):
        # An encrypted .docx is an OLE file that names its streams in UTF-16.
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise refusals.encrypted(name) if is_encrypted else refusals.old_word(name)
    if content.startswith(IMAGES):
        raise refusals.without_text(name)
    if HTML.match(content[:4096]):
        return web_text(content, name)
    return plain_text(content, name)


def plain_text(content: bytes, name: str) -> str:
    """UTF-8 or GB 18030, with or without a byte order mark."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if b"\x00" in content[:8192]:
        raise refusals.wrong_type(name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(content, "gb18030", name)
    controls = sum(ord(one) < 32 and one not in "\r\n\t\x0c" for one in text[:8192])
    if controls > len(text[:8192]) / 50 or text.startswith("{\\rtf"):
        raise refusals.wrong_type(name)
    return text


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refusals.wrong_type(name) from None

"""Photos and attachments on disk: what may come in, and under which name it is kept.

A file is kept under the SHA-256 of its content in `MEDIA_ROOT`, so nothing a person typed becomes a path and
one file sent twice is kept once. Photos are drawn anew: what a camera hid in them (place, time, device) goes.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import warnings
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from kangshu.people.refusals import BadFile

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PHOTO_SIDE = 800
LARGEST_PIXELS = 40_000_000
_SIGNATURES = {b"%PDF-": "application/pdf", b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
MEDIA_TYPES = tuple(_SIGNATURES.values())


@dataclass(frozen=True)
class Kept:
    """A file as it is kept."""

    content_hash: str
    media_type: str
    size: int


def keep_file(content: bytes, *, is_photo: bool = False) -> Kept:
    """Check and keep a file. Raises BadFile for what is empty, too large, or not a PDF, PNG or JPEG."""
    if not content:
        raise BadFile("empty", "文件是空的，请重新选择。", "The file is empty. Choose another.")
    if len(content) > LARGEST_FILE:
        raise BadFile("too_large", "文件超过 5 MB，请压缩后再上传。", "The file is larger than 5 MB.")
    media_type = next((kind for mark, kind in _SIGNATURES.items() if content.startswith(mark)), "")
    if not media_type or (is_photo and not media_type.startswith("image/")):
        raise BadFile(
            "type",
            "只接受 JPG、PNG 图片" + ("。" if is_photo else "和 PDF 文件。"),
            "Only JPEG and PNG pictures" + (" are accepted." if is_photo else " and PDF files are accepted."),
        )
    if media_type.startswith("image/"):
        content, media_type = _redraw(content, small=is_photo), "image/jpeg"
    name = hashlib.sha256(content).hexdigest()
    _write(_path(name), content)
    return Kept(name, media_type, len(content))


def read_file(content_hash: str) -> bytes:
    """The content again. Raises BadFile when it is gone from the disk."""
    if len(content_hash) != 64 or not content_hash.isalnum():
        raise ValueError("not a content hash")
    try:
        return _path(content_hash).read_bytes()
    except FileNotFoundError as error:
        raise BadFile(
            "missing",
            "文件已不在服务器上，请联系管理员从备份恢复。",
            "The file is not on the server any more. Ask your administrator to restore it.",
        ) from error


def _redraw(content: bytes, *, small: bool) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content))
            if picture.width * picture.height > LARGEST_PIXELS:
                raise BadFile("too_large", "图片的像素过大，请缩小。", "The picture has too many pixels.")
            picture = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombWarning) as error:
        raise BadFile("broken", "图片无法读取，可能已损坏。", "The picture cannot be read.") from error
    if small:
        picture.thumbnail((LARGEST_PHOTO_SIDE, LARGEST_PHOTO_SIDE))
    drawn = io.BytesIO()
    picture.save(drawn, "JPEG", quality=82 if small else 90)
    return drawn.getvalue()


def _path(content_hash: str) -> Path:
    return Path(settings.MEDIA_ROOT) / content_hash[:2] / content_hash


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)

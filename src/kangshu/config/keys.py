"""Secrets of one installation: made on first use, kept in `KANGSHU_HOME/keys`, readable by nobody else.

Every secret may instead be given by the environment as `KANGSHU_KEY_<NAME>`, so that a production site can
keep its keys in its own vault; `docs/production.md` says which keys exist and what losing one means.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class KeysUnreadable(Exception):
    """A key file exists but cannot be read, or cannot be made."""


def url_safe_secret() -> str:
    """A new random secret of 256 bits, as text that needs no quoting anywhere."""
    return secrets.token_urlsafe(32)


def read_or_create(folder: Path, name: str, make: Callable[[], str] = url_safe_secret) -> str:
    """The secret called `name`, from the environment or from `folder`; made there (0600) if there is none.

    Two processes that start at once get the same secret: the file is written aside and linked into place,
    and the one that comes second reads what the first has linked.
    """
    given = os.environ.get(f"KANGSHU_KEY_{name.upper()}")
    if given:
        return given
    path = folder / name
    try:
        if not path.exists():
            _link_into_place(path, make())
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise KeysUnreadable(f"cannot read or make the key {path}: {error.strerror}") from error


def _link_into_place(path: Path, secret: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)

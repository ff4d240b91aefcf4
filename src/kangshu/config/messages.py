"""Compiles the message catalogues that are newer than their compiled form, without GNU gettext."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def compile_catalogues(package: Path = PACKAGE) -> int:
    """Write a `.mo` beside every `.po` that has changed since; the number written."""
    stale = [
        source
        for source in package.glob("*/locale/*/LC_MESSAGES/django.po")
        if not (compiled := source.with_suffix(".mo")).exists()
        or compiled.stat().st_mtime < source.stat().st_mtime
    ]
    for source in stale:
        _compile(source)
    return len(stale)


def _compile(source: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    aside = source.with_name(f".{os.getpid()}.mo")
    with aside.open("wb") as file:
        write_mo(file, catalogue)
    # In one step: another process may be reading the old one.
    aside.replace(source.with_suffix(".mo"))

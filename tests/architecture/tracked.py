"""The files that git keeps, which the architecture tests read."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

from kangshu.config.home import PROJECT

TEXT = {
    ".py",
    ".html",
    ".md",
    ".toml",
    ".txt",
    ".js",
    ".mjs",
    ".css",
    ".sh",
    ".json",
    ".po",
    ".in",
    ".csv",
    "",
}


@lru_cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps and that is there, relative to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (PROJECT / name).is_file())


def read(path: Path) -> str:
    """A tracked file's text."""
    return (PROJECT / path).read_text(encoding="utf-8")


def sources(folder: str = "src/kangshu", *, migrations: bool = False) -> list[Path]:
    """Tracked Python files under `folder`."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.is_relative_to(folder)
        and (migrations or "migrations" not in path.parts)
    ]

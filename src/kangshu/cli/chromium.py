"""Finds Debian's Chromium for the browser tests, and installs it where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

PACKAGES = ("chromium", "fonts-noto-cjk")
NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> Path | None:
    """The browser that tests drive: `KANGSHU_CHROMIUM`, else what is on the path, else none."""
    given = os.environ.get("KANGSHU_CHROMIUM")
    for name in (given,) if given else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def has_chinese_font() -> bool:
    """Whether some font can draw Chinese; without one a screenshot shows boxes."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def bring_chromium(progress: Callable[[str], None]) -> bool:
    """Chromium and a Chinese font are there, installed if need be and allowed; whether Chromium is there."""
    if find_chromium() and has_chinese_font():
        return True
    before = ["sudo", "-n"] if os.geteuid() != 0 else []
    apt = shutil.which("apt-get")
    if apt is None or not _may_install(before):
        return find_chromium() is not None
    progress(f"installing Debian's {' and '.join(PACKAGES)} for the browser tests")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"check": False, "stdout": subprocess.DEVNULL, "env": environment}
    subprocess.run([*before, apt, "update", "-qq"], **quiet)  # type: ignore[call-overload]
    subprocess.run(  # type: ignore[call-overload]
        [*before, apt, "install", "-y", "-qq", "--no-install-recommends", *PACKAGES], **quiet
    )
    return find_chromium() is not None


def _may_install(before: list[str]) -> bool:
    if not before:
        return True
    if shutil.which("sudo") is None:
        return False
    return subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 0

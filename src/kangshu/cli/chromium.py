"""Finds Debian's Chromium for the browser tests, and installs it where that is allowed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

# Playwright's driver brings its own node, and that needs libatomic.
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")
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


def driver_starts() -> bool:
    """Whether the program by which Playwright drives a browser finds its libraries."""
    spec = importlib.util.find_spec("playwright")
    nodes = (
        [Path(place) / "driver" / "node" for place in (spec.submodule_search_locations or [])] if spec else []
    )
    return any(
        node.exists()
        and subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0
        for node in nodes
    )


def bring_chromium(progress: Callable[[str], None]) -> bool:
    """Chromium, what drives it and a Chinese font are there, installed if need be and allowed; whether a
    browser can be driven."""
    if find_chromium() and has_chinese_font() and driver_starts():
        return True
    before = ["sudo", "-n"] if os.geteuid() != 0 else []
    apt = shutil.which("apt-get")
    if apt is None or not _may_install(before):
        return find_chromium() is not None and driver_starts()
    progress(f"installing Debian's {', '.join(PACKAGES)} for the browser tests")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"check": False, "stdout": subprocess.DEVNULL, "env": environment}
    subprocess.run([*before, apt, "update", "-qq"], **quiet)  # type: ignore[call-overload]
    subprocess.run(  # type: ignore[call-overload]
        [*before, apt, "install", "-y", "-qq", "--no-install-recommends", *PACKAGES], **quiet
    )
    return find_chromium() is not None and driver_starts()


def _may_install(before: list[str]) -> bool:
    if not before:
        return True
    if shutil.which("sudo") is None:
        return False
    return subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 0

"""Runs the tests of a source tree: `kangshu test`.

The checks (lint, types, layers, migrations …) are tests too, in `tests/architecture`, so that pytest's last
line counts everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from kangshu.cli.chromium import bring_chromium
from kangshu.cli.errors import CommandFailed
from kangshu.config.home import PROJECT

OURS = {"DJANGO_SETTINGS_MODULE", "KANGSHU_HOME", "KANGSHU_DATABASE_URL", "KANGSHU_OWNER_DATABASE_URL"}


def run_tests(words: Sequence[str], *, progress: Callable[[str], None]) -> int:
    """Run all tests (or those that `words`, handed to pytest, name); pytest's exit code."""
    if not (PROJECT / "tests" / "conftest.py").exists():
        raise CommandFailed("the tests are part of the source tree, and this is an installed package")
    if not bring_chromium(progress):
        progress("no Chromium here and none may be installed: the tests marked `browser` will be skipped")
    workers = str(max(2, os.cpu_count() or 2))
    everything = ["-n", workers, "--dist", "loadgroup", "-m", "not slow", "-q"]
    # Nothing of this installation reaches the tests: they have a state folder of their own.
    passed_on = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, "-m", "pytest", *(words or everything)]
    return subprocess.run(command, cwd=PROJECT, env=passed_on, check=False).returncode

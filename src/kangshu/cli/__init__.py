"""The command line: `kangshu …`.

Every package may bring commands in `<package>/commands.py` (see `kernel.commands`); they are found, not
listed. Answers go to standard output, progress and logs to standard error. The exit code is 0 when the
work was done, 1 when something is broken, 2 on bad input, then with `{"error": …}`
on standard output if `--json` was given.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and exit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kangshu.config.settings")
    from kangshu.cli.run import run

    sys.exit(run(list(sys.argv[1:] if words is None else words)))

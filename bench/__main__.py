"""Runs benches: `python -m bench [NAME …] [--residents N] [--records N] [--home FOLDER]`.

Each `bench/<name>.py` has `run(options) -> dict`. It gets a scratch KANGSHU_HOME with a migrated database of
its own (kept when `--home` names a folder, so that a filled database can be used again) and its figures are
written to `bench/results/<name>.json`, with the machine they were measured on.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"


def names() -> list[str]:
    """Every bench there is."""
    return sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))


def main() -> int:
    """Run the benches asked for, or all, one after another."""
    options = _options()
    for name in options.names or names():
        home = Path(options.home or tempfile.mkdtemp(prefix="kangshu-bench-"))
        try:
            _run_one(name, home, options)
        finally:
            if not options.home:
                shutil.rmtree(home, ignore_errors=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--residents", type=int, help="size of the county, where the bench has one")
    parser.add_argument("--records", type=int, help="number of records, where the bench has one")
    parser.add_argument("--before", type=int, help="records that the database makes first (import_records)")
    parser.add_argument("--home", help="a folder to keep the database in, for another run")
    return parser.parse_args()


def _run_one(name: str, home: Path, options: argparse.Namespace) -> None:
    """In a process of its own: settings are read once, and memory is the bench's alone."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        if os.waitstatus_to_exitcode(status):
            raise SystemExit(f"bench {name} failed")
        return
    code = 1
    try:
        _write(name, _measured(name, home, options))
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _measured(name: str, home: Path, options: argparse.Namespace) -> dict[str, Any]:
    os.environ["KANGSHU_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kangshu.config.settings")
    from kangshu.cli.migration import migrate_database
    from kangshu.cli.ready import get_ready
    from kangshu.kernel.commands import Need

    with get_ready(Need.DATABASE):
        migrate_database(progress=_say)
        _say(f"bench {name}")
        started = time.monotonic()
        figures = importlib.import_module(f"bench.{name}").run(options)
    return {
        **figures,
        "seconds_in_all": round(time.monotonic() - started, 1),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
    }


def machine() -> dict[str, Any]:
    """What the figures were measured on, without naming the machine."""
    cpu = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory) / 2**20, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[2], 2),
    }


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []


def _write(name: str, figures: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(figures, ensure_ascii=False, indent=1, default=str) + "\n"
    (RESULTS / f"{name}.json").write_text(text)
    sys.stdout.write(text)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main())

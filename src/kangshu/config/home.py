"""Where an installation keeps its state: `KANGSHU_HOME`, by default `.kangshu/` beside the source."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def home() -> Path:
    """The state folder as the environment names it now; it need not exist yet."""
    given = os.environ.get("KANGSHU_HOME")
    return Path(given).expanduser().absolute() if given else PROJECT / ".kangshu"


def keys_folder() -> Path:
    """Where the secrets are (0700)."""
    return home() / "keys"


def media_folder() -> Path:
    """Photos and attachments."""
    return home() / "media"


def snapshots_folder() -> Path:
    """The Parquet snapshots that indicators are computed from."""
    return home() / "snapshots"


def metrics_folder() -> Path:
    """Where web processes add up what they measure."""
    return home() / "metrics"


def ensure_home() -> Path:
    """Make the state folder. Others may pass through it (0711: the database's own user must), not list it."""
    folder = home()
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)
    return folder

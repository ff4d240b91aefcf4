"""The real work summaries that stand beside a clone, where they do: they are not ours to keep here.

`KANGSHU_SUMMARIES` names their folder; without it `shared/documents` is looked for beside the project.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from kangshu.config.home import PROJECT


def folder() -> Path | None:
    """Where the documents are, or None."""
    named = os.environ.get("KANGSHU_SUMMARIES")
    places = [Path(named)] if named else [parent / "shared" / "documents" for parent in PROJECT.parents]
    return next((place for place in places if (place / "expected.json").is_file()), None)


def expected(place: Path) -> dict[str, Any]:
    """What is wrong in them and which sums hold, by file."""
    return dict(json.loads((place / "expected.json").read_text(encoding="utf-8")))

"""How long an audit of a long work summary takes: 100 pages of generated sentences."""

from __future__ import annotations

import resource
import time
from argparse import Namespace
from random import Random
from typing import Any

CHARACTERS_A_PAGE, PAGES = 700, 100


def run(options: Namespace) -> dict[str, Any]:
    """Audit a text of 100 pages; seconds, and what was found in it."""
    from tests.summaries.audit.sentences import related, unrelated

    from kangshu.summaries.audit.auditing import audit_text

    text = _pages(related, unrelated)
    audit_text(text[:2000])  # the catalogue's names are read once
    began, used = time.perf_counter(), time.process_time()
    audit = audit_text(text)
    return {
        "pages": PAGES,
        "characters": len(text),
        "figures": len(audit.figures),
        "findings": len(audit.findings),
        "held": len(audit.held),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(time.process_time() - used, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _pages(related: Any, unrelated: Any) -> str:
    """Half of the sentences have bound figures: denser than any real summary."""
    random, paragraphs, length = Random(5), [], 0
    while length < CHARACTERS_A_PAGE * PAGES:
        sentences = [(related if random.random() < 0.5 else unrelated)(random).text for _ in range(6)]
        paragraphs.append("".join(sentences))
        length += len(paragraphs[-1])
    return "\n".join(paragraphs)

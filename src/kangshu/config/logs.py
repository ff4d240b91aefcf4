"""How a line of the log looks: one line each, and without what a database error quotes of a row.

"Key (name)=(…) already exists" and "Failing row contains (…)" would carry people's data into files that
nobody guards.
"""

from __future__ import annotations

import logging

QUOTING = ("DETAIL:", "CONTEXT:", "Failing row contains", "LINE ")


class WithoutRows(logging.Formatter):
    """The ordinary format; of tracebacks, the lines in which PostgreSQL quotes data are left out."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if not any(word in text for word in QUOTING):
            return text
        lines = text.splitlines()
        return "\n".join(line for line in lines if not line.lstrip().startswith(QUOTING))

"""The events that this package emits: what happened in the work, for whoever builds on it."""

from __future__ import annotations

from kangshu.kernel.events import declares_event

CASE_OPENED = declares_event("case.opened", __name__)
CASE_CLOSED = declares_event("case.closed", __name__)
CASE_REOPENED = declares_event("case.reopened", __name__)
CASE_REASSIGNED = declares_event("case.reassigned", __name__)
RECORD_SAVED = declares_event("record.saved", __name__)
RECORD_CORRECTED = declares_event("record.corrected", __name__)
RECORD_WITHDRAWN = declares_event("record.withdrawn", __name__)
# Told of nobody: a nightly job (`work.eligible`) looks for whoever has become eligible and enrols them.
ELIGIBLE = declares_event("person.eligible", __name__)
REPORT_MOVED = declares_event("report.moved", __name__)

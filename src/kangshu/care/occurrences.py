"""The events that this package emits."""

from __future__ import annotations

from kangshu.kernel.events import declares_event

# payload: diagnosis_id, code, encounter_id, institution_id; `on` is the day of the diagnosis.
DIAGNOSED = declares_event("diagnosis.recorded", __name__)

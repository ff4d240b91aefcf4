"""The states of a patient under management."""

from __future__ import annotations

from kangshu.catalogue.chronic.diabetes.forms import FOLLOW_UP
from kangshu.catalogue.managed import enrolled_managed_closed
from kangshu.declare import Text

STATES = enrolled_managed_closed(FOLLOW_UP, Text("首次随访", "first follow-up"))

"""The states of a patient; the death told at a visit closes nothing until the death itself is registered."""

from __future__ import annotations

from kangshu.catalogue.managed import enrolled_managed_closed
from kangshu.catalogue.mental.severe.forms import FOLLOW_UP
from kangshu.declare import Text

STATES = enrolled_managed_closed(FOLLOW_UP, Text("首次随访", "first follow-up"))

"""Found, under care from the first visit, closed."""

from __future__ import annotations

from kangshu.catalogue.hiv.care.forms import FIRST_VISIT
from kangshu.catalogue.managed import enrolled_managed_closed
from kangshu.declare import Text

STATES = enrolled_managed_closed(FIRST_VISIT, Text("首次随访", "first visit"))

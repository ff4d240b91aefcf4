"""The states of a child in the vaccination register."""

from __future__ import annotations

from kangshu.catalogue.immunisation.vaccination.forms import DOSE
from kangshu.catalogue.managed import enrolled_managed_closed
from kangshu.declare import Text

STATES = enrolled_managed_closed(DOSE, Text("接种第一剂", "first dose"))

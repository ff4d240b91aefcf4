"""The events that this package emits: what happened to a person, for whoever works with them."""

from __future__ import annotations

from kangshu.kernel.events import declares_event

REGISTERED = declares_event("person.registered", __name__)
BORN = declares_event("person.born", __name__)
CHANGED = declares_event("person.changed", __name__)
DIED = declares_event("person.died", __name__)
# Within the county: another institution becomes responsible. Emitted while the rows are still in the old
# scope.
MOVED = declares_event("person.moved", __name__)
# Out of the county: care ends here.
LEFT = declares_event("person.left", __name__)
RETURNED = declares_event("person.returned", __name__)
MERGED = declares_event("person.merged", __name__)
UNMERGED = declares_event("person.unmerged", __name__)

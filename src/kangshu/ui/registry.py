"""What the shell is assembled from: navigation entries and panels, registered by each app's pages.

An app calls `register_nav` and `register_panel` from its `AppConfig.ready` (by importing its
`pages.registration`). The shell in `web` reads the registries; neither knows the other's app.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

Words = str | Promise
"""A string or a lazy translation."""

PanelContext = dict[str, Any]
"""What a panel's `load` gives to its template."""


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation.

    `permission` None means: for everybody signed in. `icon` is a Tabler icon name without `ti-`.
    The four lowest `order`s a reader may see form the bottom navigation of a phone; the rest sits
    behind "More". `group` "work" is the bar itself, "manage" the menu beside the account.
    `hidden_for` names roles whose work does not need the entry although they hold the permission.
    """

    name: str
    label: Words
    url_name: str
    permission: str | None = None
    icon: str = "circle"
    order: int = 100
    group: str = "work"
    hidden_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Panel:
    """One card on the resident page or the work desk.

    `load(request, context)` runs the queries and returns the template's context, or None when the
    panel has nothing to say here (it is then left out). On the resident page `context["person"]` is
    the person. `template` is drawn with that context plus `request` and `panel`.
    `roles` empty means every role that holds `permission`. `wide` takes the full row. A `slow` panel of
    the desk is fetched after the page stands, so that it holds nobody up.
    """

    name: str
    title: Words
    template: str
    load: Callable[[HttpRequest, PanelContext], PanelContext | None]
    permission: str | None = None
    order: int = 100
    wide: bool = False
    icon: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    slow: bool = False


_nav: dict[str, NavItem] = {}
_panels: dict[str, dict[str, Panel]] = {}


def register_nav(item: NavItem) -> None:
    """Add an entry. Raises ValueError when another entry has the name."""
    if _nav.get(item.name, item) != item:
        raise ValueError(f"Two navigation entries are named {item.name!r}")
    _nav[item.name] = item


def register_panel(where: str, panel: Panel) -> None:
    """Add a panel to `where` ("resident", "desk", …). Raises ValueError when its name is taken there."""
    panels = _panels.setdefault(where, {})
    if panels.get(panel.name, panel) != panel:
        raise ValueError(f"Two panels on {where!r} are named {panel.name!r}")
    panels[panel.name] = panel


def nav_items() -> list[NavItem]:
    """Every entry, in order."""
    return sorted(_nav.values(), key=lambda item: (item.order, item.name))


def panels(where: str) -> list[Panel]:
    """Every panel of `where`, in order."""
    return sorted(_panels.get(where, {}).values(), key=lambda panel: (panel.order, panel.name))

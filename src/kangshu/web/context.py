"""What the frame of every page shows: who is signed in, where they can go, the demo banner."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from kangshu.access import session as sessions
from kangshu.access.entry import needs_second_factor
from kangshu.access.roles import TITLES, Role, is_allowed
from kangshu.kernel.actor import Actor
from kangshu.ui.registry import NavItem, nav_items

IN_BOTTOM_NAVIGATION = 4


@dataclass(frozen=True)
class Entry:
    """One link of the navigation, resolved for this reader and page."""

    name: str
    label: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True)
class Shell:
    """The frame's own context, under the name `shell`."""

    signed_in: bool
    english: bool
    synthetic: bool
    language_url: str | None
    name: str = ""
    initial: str = ""
    role_names: str = ""
    institution: str = ""
    nav: tuple[Entry, ...] = ()
    manage: tuple[Entry, ...] = ()
    search_url: str | None = None
    account_url: str | None = None
    institutions_url: str | None = None
    sign_out_url: str | None = None
    query: str = ""

    @property
    def bottom(self) -> tuple[Entry, ...]:
        return self.nav[:IN_BOTTOM_NAVIGATION]

    @property
    def more(self) -> tuple[Entry, ...]:
        return self.nav[IN_BOTTOM_NAVIGATION:] + self.manage

    @property
    def manage_active(self) -> bool:
        return any(entry.active for entry in self.manage)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor."""
    english = (get_language() or "").startswith("en")
    synthetic = bool(getattr(settings, "KANGSHU_SYNTHETIC", True))
    actor: Actor | None = getattr(request, "actor", None)
    if not getattr(request, "actor_is_ready", True):
        actor = None  # halfway through signing in: every link would only lead back here
    language_url = address("web:language" if actor else "web:visitor_language")
    if actor is None or not _is_ready(request, actor):
        return {"shell": Shell(False, english, synthetic, language_url)}
    work, manage = entries(actor, request.path)
    return {
        "shell": Shell(
            signed_in=True,
            english=english,
            synthetic=synthetic,
            language_url=language_url,
            name=actor.name,
            initial=actor.name[:1],
            role_names=role_names(actor, english),
            institution=getattr(actor, "institution_name", ""),
            nav=work,
            manage=manage,
            search_url=address("people:search") if is_allowed(actor, "read.resident") else None,
            account_url=address("access:account"),
            institutions_url=address("access:act_for") if actor.institution_id else None,
            sign_out_url=address("access:sign_out"),
            query=request.GET.get("q", ""),
        )
    }


def _is_ready(request: HttpRequest, actor: Actor) -> bool:
    """Whether the bar would lead anywhere yet: not before the second factor and the first own password."""
    if getattr(actor, "must_change_password", False):
        return False
    return not needs_second_factor(actor) or sessions.has_second_factor(request.session)


def entries(actor: Actor, path: str) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries this actor may use, for bar and menu; the deepest that fits `path` is active."""
    seen = [(item, url) for item in nav_items() if may_see(actor, item) and (url := address(item.url_name))]
    fitting = [url for _, url in seen if path == url or (url != "/" and path.startswith(url))]
    here = max(fitting, key=len, default=None)
    made = [
        (item.group, Entry(item.name, str(item.label), url, item.icon, url == here)) for item, url in seen
    ]
    return (
        tuple(entry for group, entry in made if group != "manage"),
        tuple(entry for group, entry in made if group == "manage"),
    )


def may_see(actor: Actor, item: NavItem) -> bool:
    allowed = item.permission is None or is_allowed(actor, item.permission)
    return allowed and not (actor.roles and actor.roles <= item.hidden_for)


def role_names(actor: Actor, english: bool) -> str:
    known = [TITLES[role] for role in Role if role.value in actor.roles]
    return ", ".join(title.en for title in known) if english else "、".join(title.zh for title in known)


def address(name: str) -> str | None:
    """The address of a page, or None where this build does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None

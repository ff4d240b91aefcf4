"""The one door: every address of the site is wrapped by `page`, `public`, `api` or `streamed`.

It finds out who asks, opens the transaction, sets the scope, checks the permission, lets the page render
inside, and turns a refusal into a page that says what to do next. A test walks the resolver and fails on an
address without it.

A GET may only read: it runs in a read-only part of the transaction. What the audit trail must remember of it
(`person.read`) is held back until that part has ended, and written in the same transaction.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import SimpleLazyObject

from kangshu.access import session as sessions
from kangshu.access.models import Account
from kangshu.access.roles import SECOND_FACTOR, check_allowed, is_allowed
from kangshu.access.scope import AccountActor, _stack, look_up
from kangshu.audit import log
from kangshu.audit.context import Origin, coming_from
from kangshu.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text

View = Callable[..., HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READ_AND_WRITE = ("GET", "HEAD", "POST")


def page(
    permission: str | None = None,
    *,
    methods: tuple[str, ...] = READ_AND_WRITE,
    before_ready: bool = False,
) -> Callable[[View], View]:
    """Wrap a page: signed in, second factor where the role demands it, permission, scope, read-only GET.

    The page finds `request.actor`. `permission=None`: every account. `before_ready`: may be opened before
    the account has changed its first password or shown its second factor.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def entered_page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return _enter_and_answer(request, view, args, kwargs, permission, before_ready, _page_refusal)

        return _marked(entered_page, "page", permission)

    return wrap


def public(*, methods: tuple[str, ...] = READ_AND_WRITE) -> Callable[[View], View]:
    """Wrap a page for visitors (sign-in, health): no actor and no scope, so no protected row is visible."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def public_page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            request.actor = None  # type: ignore[attr-defined]
            with coming_from(_origin(request)):
                try:
                    return _rendered(view(request, *args, **kwargs))
                except Refusal as refusal:
                    return _page_refusal(request, refusal)

        return _marked(public_page, "public", None)

    return wrap


def api(identify: Callable[[HttpRequest], UUID | None]) -> Callable[[View], View]:
    """Wrap an operation of the HTTP interface: as `page`, but refusals are JSON with a code.

    `identify` finds the account from the request (a key in its header); no session and no cookie counts, so
    that no other site's form can write. With Ninja: `api.add_decorator(entry.api(identify), mode="view")` and
    `auth=entry.api_auth`. The operation itself asks `check_allowed`, or its action does.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def entered_operation(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.identify_account = identify  # type: ignore[attr-defined]
            return _enter_and_answer(request, view, args, kwargs, None, True, _json_refusal)

        return _marked(entered_operation, "api", None)

    return wrap


def api_auth(request: HttpRequest) -> AccountActor | None:
    """Ninja's question who is calling: whoever `api` has let in."""
    return getattr(request, "actor", None)


def streamed(permission: str | None = None) -> Callable[[View], View]:
    """Wrap a page that answers with a StreamingHttpResponse whose iterator reads protected rows.

    The view runs in a first scope; the body, when the server asks for it, in a second one that stays open
    until the last part is sent. Without it the body would see nothing: the first transaction has ended.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def streamed_page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = _enter_and_answer(request, view, args, kwargs, permission, False, _page_refusal)
            if isinstance(response, StreamingHttpResponse) and getattr(request, "actor", None):
                response.streaming_content = _in_scope(request, response.streaming_content)
            return response

        return _marked(streamed_page, "streamed", permission)

    return wrap


class Unready(Exception):
    """The account must do something first; carries the answer that leads there."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def _enter_and_answer(
    request: HttpRequest,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    permission: str | None,
    before_ready: bool,
    refused: Callable[[HttpRequest, Refusal], HttpResponseBase],
) -> HttpResponseBase:
    request.actor = None  # type: ignore[attr-defined]
    with coming_from(_origin(request)):
        try:
            with transaction.atomic(), _scope_of(request, before_ready) as actor:
                if permission is not None:
                    check_allowed(actor, permission)
                if request.method not in SAFE:
                    return _rendered(view(request, *args, **kwargs))
                with log.collected(), _read_only():
                    return _rendered(view(request, *args, **kwargs))
        except Unready as first:
            return first.response
        except MultiValueDictKeyError as missing:
            return refused(request, _incomplete(missing))
        except Refusal as refusal:
            _remember(request, refusal)
            return refused(request, refusal)


def _incomplete(missing: MultiValueDictKeyError) -> Refusal:
    """A form came without a field that its page always sends: a forged or broken request, not our failure."""
    return Refusal(
        "request.incomplete",
        Text("请求不完整，请刷新页面后重试。", "The request was incomplete. Reload the page and try again."),
        where=str(missing.args[0]) if missing.args else None,
    )


@contextmanager
def _scope_of(request: HttpRequest, before_ready: bool) -> Iterator[AccountActor]:
    """Find the account of the session, enter its scope in the open transaction, and see that it is ready."""
    identify = getattr(request, "identify_account", None)
    actor = _actor_of_session(request) if identify is None else _actor_of_key(request, identify)
    account_id = actor.account_id
    request.actor = actor  # type: ignore[attr-defined]
    request.user = SimpleLazyObject(  # type: ignore[assignment]
        functools.partial(Account.objects.select_related("staff").get, pk=account_id)
    )
    first = _unready(request, actor)
    request.actor_is_ready = first is None  # type: ignore[attr-defined]
    if first is not None and not before_ready:
        raise Unready(_redirect(request, reverse(first)))
    token = _stack.set((*_stack.get(), ("default", actor)))
    try:
        yield actor
    finally:
        _stack.reset(token)


def _actor_of_session(request: HttpRequest) -> AccountActor:
    session = request.session
    account_id = sessions.account_id_of(session)
    if account_id is None:
        raise Unready(_to_sign_in(request))
    actor = None if sessions.has_expired(session, time.time()) else look_up(account_id)
    if actor is None or not sessions.belongs_to(session, actor):
        session.flush()
        raise Unready(_to_sign_in(request, ended=True))
    return actor


def _actor_of_key(request: HttpRequest, identify: Callable[[HttpRequest], UUID | None]) -> AccountActor:
    account_id = identify(request)
    actor = None if account_id is None else look_up(account_id)
    if actor is None:
        raise Unready(_to_sign_in(request))
    return actor


def _unready(request: HttpRequest, actor: AccountActor) -> str | None:
    """The page that has to come first, if one has to.

    Second factor before the password: whoever knows only the password may not change it. A program's key
    was made by an account that was ready.
    """
    if hasattr(request, "identify_account"):
        return None
    if needs_second_factor(actor) and not sessions.has_second_factor(request.session):
        return "access:second_factor"
    return "access:change_password" if actor.must_change_password else None


def needs_second_factor(actor: AccountActor) -> bool:
    return bool(actor.roles & {role.value for role in SECOND_FACTOR})


@contextmanager
def _read_only() -> Iterator[None]:
    """A part of the running transaction in which the database refuses every write."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Within a savepoint: it ends with it, so that the audit entry can be written afterwards.
            cursor.execute("SET LOCAL transaction_read_only = on")
        yield


@contextmanager
def _body_scope(request: HttpRequest) -> Iterator[None]:
    actor: AccountActor = request.actor  # type: ignore[attr-defined]
    with ExitStack() as stack:
        stack.enter_context(coming_from(_origin(request)))
        stack.enter_context(translation.override(request.LANGUAGE_CODE))  # type: ignore[attr-defined]
        stack.enter_context(transaction.atomic())
        if look_up(actor.account_id) is None:
            raise PermissionDenied
        yield


def _in_scope(request: HttpRequest, parts: Any) -> Iterator[bytes]:
    with _body_scope(request):
        yield from parts


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Render now: a template that reads must do so inside the scope."""
    if isinstance(response, TemplateResponse) and not response.is_rendered:
        response.render()
    return response


def _marked(view: View, kind: str, permission: str | None) -> View:
    view.kangshu_entry = kind  # type: ignore[attr-defined]
    view.kangshu_permission = permission  # type: ignore[attr-defined]
    return view


def _origin(request: HttpRequest) -> Origin:
    request_id = request.headers.get("X-Request-Id", "")[:40] or str(new_id())
    return Origin(ip=_address_of(request), request_id=request_id)


def _address_of(request: HttpRequest) -> str | None:
    """The caller's address; behind our own proxy the last one it saw (earlier ones can be invented)."""
    address = request.META.get("REMOTE_ADDR") or ""
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def _redirect(request: HttpRequest, to: str) -> HttpResponseBase:
    """A redirect of the whole page, also for a fragment that htmx asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


def _to_sign_in(request: HttpRequest, *, ended: bool = False) -> HttpResponseBase:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"code": "sign_in.needed", "message": "Sign in first."}}, status=401)
    query = {"next": request.get_full_path()} if request.method in SAFE and request.path != "/" else {}
    if ended:
        query["ended"] = "1"
    to = reverse("access:sign_in")
    return _redirect(request, f"{to}?{urlencode(query)}" if query else to)


def _remember(request: HttpRequest, refusal: Refusal) -> None:
    """A refused permission stands in the audit trail; a wrong date in a form does not."""
    if isinstance(refusal, NotAllowed):
        actor = getattr(request, "actor", None)
        about = ("url", request.resolver_match.view_name if request.resolver_match else request.path)
        log.refuse(by=actor, action="page.refused", about=about, reason=refusal.code)


def status_of(refusal: Refusal) -> int:
    """The HTTP status that says what kind of refusal it is."""
    if isinstance(refusal, NotAllowed):
        return 403
    if isinstance(refusal, NotFound):
        return 404
    return 409 if isinstance(refusal, Conflict) else 400


def _page_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    status = status_of(refusal)
    context = {
        "message": refusal.message.in_language(translation.get_language() or ""),
        "code": refusal.code,
        "status": status,
        "can_break_glass": _may_break_glass(request),
    }
    return TemplateResponse(request, "access/refused.html", context, status=status).render()


def _json_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    language = translation.get_language() or ""
    error: dict[str, Any] = {
        "code": refusal.code,
        "message": refusal.message.in_language(language),
        "where": refusal.where,
    }
    problems = getattr(refusal, "problems", ())
    if problems:
        error["problems"] = [problem.to_json() for problem in problems]
    return JsonResponse({"error": error}, status=status_of(refusal))


def _may_break_glass(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and is_allowed(actor, "break.glass")


__all__ = ["api", "api_auth", "page", "public", "status_of", "streamed"]

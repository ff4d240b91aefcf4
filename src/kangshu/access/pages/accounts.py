"""Administering accounts: the list, a new one, and one account with all that may be done to it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access import actions, entry, queries, second_factor, sign_in
from kangshu.access.models import Account
from kangshu.access.pages.forms import AccountForm, AssignmentForm, CompartmentForm, show
from kangshu.access.request import ActorRequest
from kangshu.access.roles import TITLES, Role, check_allowed, is_allowed
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import NotFound, Refusal
from kangshu.kernel.text import Text

PER_PAGE = 50


def check_may_look(actor: Actor) -> None:
    """Both administrators work on this list: one makes accounts, the other gives roles."""
    if not is_allowed(actor, "assign.roles"):
        check_allowed(actor, "administer.accounts")


@entry.page(methods=("GET", "HEAD"))
def accounts(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    check_may_look(actor)
    filters = {name: request.GET.get(name, "") for name in ("text", "role", "state")}
    found = queries.accounts_under(actor, **filters)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    language = get_language() or ""
    context = {
        "page": shown,
        "rows": shown.object_list,
        "filters": filters,
        "roles": [(role.value, title.in_language(language)) for role, title in TITLES.items()],
        "may_create": is_allowed(actor, "administer.accounts"),
    }
    return TemplateResponse(request, "access/accounts.html", context)


@entry.page("administer.accounts")
def new_account(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    form = AccountForm(
        request.POST or None,
        institutions=queries.institutions_under(actor),
        initial={"language": "zh-hans"},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            account, password = actions.create_account(
                new=actions.NewAccount(
                    username=typed["username"],
                    name=typed["name"],
                    institution_id=typed["institution"].pk,
                    phone=typed["phone"],
                    language=typed["language"],
                    staff_id=typed["staff"].pk if typed["staff"] else None,
                ),
                by=actor,
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            context = {"account": account, "password": password}
            return TemplateResponse(request, "access/first_password.html", context)
    return TemplateResponse(request, "access/new_account.html", {"form": form})


@entry.page()
def account_detail(request: ActorRequest, account_id: UUID) -> HttpResponse:
    """One account; a POST carries `do`, the name of what is to be done."""
    actor = request.actor
    check_may_look(actor)
    account = queries.accounts_under(actor).filter(pk=account_id).first()
    if account is None:
        raise NotFound("account.unknown", Text("没有这个账号。", "No such account."))
    if request.method == "POST":
        done = _DOINGS.get(request.POST.get("do", ""), _unknown)
        return done(request, account)
    return _show(request, account)


def _show(
    request: ActorRequest,
    account: Account,
    *,
    assignment_form: AssignmentForm | None = None,
    compartment_form: CompartmentForm | None = None,
    form: AccountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    institutions = queries.institutions_under(actor)
    context = {
        "account": account,
        "assignments": account.assignments.select_related("institution").order_by("-from_on"),
        "compartments": account.compartments.filter(removed_at__isnull=True),
        "locked": sign_in.is_locked(account.username),
        "second_factor": second_factor.is_enrolled(account),
        "is_self": account.pk == actor.account_id,
        "may_administer": is_allowed(actor, "administer.accounts"),
        "may_assign": is_allowed(actor, "assign.roles"),
        "today": timezone.localdate(),
        "form": form
        or AccountForm(
            institutions=institutions,
            existing=True,
            initial={"name": account.name, "phone": account.phone, "staff": account.staff_id},
        ),
        "assignment_form": assignment_form
        or AssignmentForm(
            institutions=institutions,
            initial={"institution": _home_of(account), "from_on": timezone.localdate()},
        ),
        "compartment_form": compartment_form or CompartmentForm(),
    }
    return TemplateResponse(request, "access/account_detail.html", context, status=status)


def _home_of(account: Account) -> UUID | None:
    """Where the account most likely gets its next role."""
    latest = account.assignments.order_by("-from_on").values_list("institution_id", flat=True).first()
    return account.acts_for_id or latest


def _back(request: ActorRequest, account: Account, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("access:account_detail", args=[account.pk]))


def _unknown(request: ActorRequest, account: Account) -> HttpResponse:
    return _show(request, account, status=400)


def _change(request: ActorRequest, account: Account) -> HttpResponse:
    actor = request.actor
    form = AccountForm(request.POST, institutions=queries.institutions_under(actor), existing=True)
    if not form.is_valid():
        return _show(request, account, form=form)
    typed = form.cleaned_data
    actions.change_account(
        account_id=account.pk,
        name=typed["name"],
        phone=typed["phone"],
        staff_id=typed["staff"].pk if typed["staff"] else None,
        by=actor,
    )
    return _back(request, account, _("Saved."))


def _reset_password(request: ActorRequest, account: Account) -> HttpResponse:
    password = actions.reset_password(account_id=account.pk, by=request.actor)
    context = {"account": account, "password": password}
    return TemplateResponse(request, "access/first_password.html", context)


def _reset_second_factor(request: ActorRequest, account: Account) -> HttpResponse:
    actions.reset_second_factor(account_id=account.pk, by=request.actor)
    return _back(request, account, _("The second factor is to be set up again at the next sign-in."))


def _unlock(request: ActorRequest, account: Account) -> HttpResponse:
    actions.unlock(account_id=account.pk, by=request.actor)
    return _back(request, account, _("The account is unlocked."))


def _deactivate(request: ActorRequest, account: Account) -> HttpResponse:
    actions.set_active(account_id=account.pk, active=False, by=request.actor)
    return _back(request, account, _("The account is deactivated."))


def _activate(request: ActorRequest, account: Account) -> HttpResponse:
    actions.set_active(account_id=account.pk, active=True, by=request.actor)
    return _back(request, account, _("The account is active again."))


def _assign(request: ActorRequest, account: Account) -> HttpResponse:
    actor = request.actor
    form = AssignmentForm(request.POST, institutions=queries.institutions_under(actor))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.assign_role(
                account_id=account.pk,
                role=Role(typed["role"]),
                institution_id=typed["institution"].pk,
                from_on=typed["from_on"],
                to_on=typed["to_on"],
                by=actor,
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            return _back(request, account, _("The role is given; it counts from the account's next page."))
    return _show(request, account, assignment_form=form)


def _end(request: ActorRequest, account: Account) -> HttpResponse:
    wanted = request.POST.get("assignment", "")
    if not account.assignments.filter(pk=int(wanted) if wanted.isdigit() else None).exists():
        raise NotFound("assignment.unknown", Text("没有这项任职。", "No such role."))
    actions.end_assignment(assignment_id=int(wanted), by=request.actor, now=timezone.now())
    return _back(request, account, _("The role is taken away, from the account's next page on."))


def _open_compartment(request: ActorRequest, account: Account) -> HttpResponse:
    form = CompartmentForm(request.POST)
    if form.is_valid():
        try:
            actions.open_compartment(
                account_id=account.pk,
                **form.cleaned_data,
                by=request.actor,
                now=timezone.now(),
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            return _back(request, account, _("The confidential programme is open to the account."))
    return _show(request, account, compartment_form=form)


def _close_compartment(request: ActorRequest, account: Account) -> HttpResponse:
    wanted = request.POST.get("access", "")
    if not account.compartments.filter(pk=int(wanted) if wanted.isdigit() else None).exists():
        raise NotFound("compartment.unknown", Text("没有这项权限。", "No such access."))
    actions.close_compartment(access_id=int(wanted), by=request.actor, now=timezone.now())
    return _back(request, account, _("The confidential programme is closed to the account."))


_DOINGS: dict[str, Callable[[HttpRequest, Account], HttpResponse]] = {
    "change": _change,
    "reset_password": _reset_password,
    "reset_second_factor": _reset_second_factor,
    "unlock": _unlock,
    "deactivate": _deactivate,
    "activate": _activate,
    "assign": _assign,
    "end": _end,
    "open_compartment": _open_compartment,
    "close_compartment": _close_compartment,
}

"""Accounts from the command line: the first ones of a new installation, and a demo's second factor."""

from __future__ import annotations

from datetime import datetime

import typer

from kangshu.kernel.commands import Need, needs

app = typer.Typer(
    name="account", help="Make the first accounts; show a demo account's code.", no_args_is_help=True
)


@app.command("create")
@needs(Need.DATABASE)
def create(
    username: str,
    name: str = typer.Option(..., help="The person's name."),
    role: str = typer.Option(..., help="administrator, security_administrator, auditor, …"),
    institution: str = typer.Option(..., help="Code of the institution."),
) -> None:
    """Make an account with a role; prints its first password, which must be changed at the first sign-in.

    For the first administrator and security administrator. After them, accounts are made on the site.
    """
    from django.db import transaction
    from django.utils import timezone

    from kangshu.access import actions
    from kangshu.access.roles import Role
    from kangshu.kernel.actor import SystemActor
    from kangshu.places.models import Institution

    by = SystemActor("command line")
    with transaction.atomic():
        place = Institution.objects.filter(code=institution).first()
        if place is None or role not in set(Role):
            wrong = f"institution with the code {institution}" if place is None else f"role {role}"
            typer.echo(f"there is no {wrong}; for the first institution: kangshu establish", err=True)
            raise typer.Exit(2)
        account, password = actions.create_account(new=actions.NewAccount(username, name, place.pk), by=by)
        actions.assign_role(
            account_id=account.pk,
            role=Role(role),
            institution_id=place.pk,
            from_on=timezone.localdate(),
            to_on=None,
            by=by,
        )
    typer.echo(f"{account.username}  {password}")


@app.command("code")
@needs(Need.DATABASE)
def code(username: str) -> None:
    """Show the six digits of a demo account's second factor, as its phone would."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from kangshu.access.second_factor import current_code

    device = TOTPDevice.objects.filter(user__username=username, name="demo").first()
    if device is None:
        typer.echo(
            f"{username} has no demo code: its second factor is on a real phone, or not set up.", err=True
        )
        raise typer.Exit(2)
    typer.echo(current_code(device.key))


@app.command("table")
@needs(Need.NOTHING)
def table() -> None:
    """Print who sees whom, as docs/access.md has it."""
    from kangshu.access.table import who_sees_whom

    typer.echo(who_sees_whom(), nl=False)


@app.command("unlock")
@needs(Need.DATABASE)
def unlock(username: str) -> None:
    """Lift the lock after failed sign-ins, when no administrator can sign in."""
    from kangshu.access import actions
    from kangshu.access.models import Account
    from kangshu.kernel.actor import SystemActor

    actions.unlock(account_id=Account.objects.get(username=username).pk, by=SystemActor("command line"))
    typer.echo(f"{username} unlocked {datetime.now().astimezone():%Y-%m-%d %H:%M}")

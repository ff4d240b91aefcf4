"""Finds the commands of all packages and hangs them under one `kangshu`."""

from __future__ import annotations

import importlib
from functools import wraps
from pathlib import Path
from typing import Any

import typer

import kangshu
from kangshu.cli.ready import get_ready
from kangshu.kernel.commands import Need

PACKAGE = Path(kangshu.__file__).parent


def command_line() -> typer.Typer:
    """All commands: a package's `app` under its own or the package's name, its `top` at the top level."""
    root = typer.Typer(
        name="kangshu",
        help="One platform for a Chinese county health bureau and every institution under it (康枢).",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for file in sorted(PACKAGE.glob("*/commands.py")):
        package = file.parent.name
        module = importlib.import_module(f"kangshu.{package}.commands")
        app = getattr(module, "app", None)
        if isinstance(app, typer.Typer):
            root.add_typer(_wrapped(app), name=_given_name(app) or package)
        top = getattr(module, "top", None)
        if isinstance(top, typer.Typer):
            root.add_typer(_wrapped(top))
    return root


def _given_name(app: typer.Typer) -> str | None:
    return app.info.name if isinstance(app.info.name, str) else None


def _wrapped(app: typer.Typer) -> typer.Typer:
    for command in app.registered_commands:
        if command.callback is not None:
            command.callback = _prepared(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _wrapped(group.typer_instance)
    return app


def _prepared(callback: Any) -> Any:
    need = getattr(callback, "__kangshu_needs__", Need.NOTHING)

    @wraps(callback)
    def prepared(*args: Any, **options: Any) -> Any:
        with get_ready(need):
            return callback(*args, **options)

    return prepared

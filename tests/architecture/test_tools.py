"""Lint, format, types and layers, as tests: one command and one closing line for everything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kangshu.config.home import PROJECT

BIN = Path(sys.executable).parent


def run(*words: str) -> None:
    """Run a tool of the environment in the source tree; fail with what it said."""
    done = subprocess.run(
        [str(BIN / words[0]), *words[1:]], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"


def test_lint():
    run("ruff", "check", "--output-format", "concise")


def test_format():
    run("ruff", "format", "--check")


def test_types_of_the_pure_packages():
    run("mypy")


def test_layers():
    run("lint-imports", "--no-cache")


def test_shell_scripts_parse():
    for script in ("kangshu", ".ci/run", "requirements/compile"):
        subprocess.run(["sh", "-n", str(PROJECT / script)], check=True)


@pytest.mark.django_db
def test_migrations_are_complete():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_django_finds_nothing_wrong():
    from django.core.management import call_command

    call_command("check", fail_level="WARNING")

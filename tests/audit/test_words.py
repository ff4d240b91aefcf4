"""Every act that the code writes to the trail has a name in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import kangshu
from kangshu.audit.words import ACTS, act

PACKAGE = Path(kangshu.__file__).parent


def acts_written() -> dict[str, str]:
    """Literal `action=` arguments of calls in the source → where."""
    found = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "action"
                and isinstance(node.value, ast.Constant)
            ):
                text = node.value.value
                if isinstance(text, str) and "." in text:
                    found[text] = file.name
    return found


def test_every_act_has_a_name():
    assert {code: file for code, file in acts_written().items() if code not in ACTS} == {}


def test_an_unknown_act_shows_its_code():
    assert act("new.act").zh == "new.act"

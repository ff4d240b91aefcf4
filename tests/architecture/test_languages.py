"""Every word of the interface is said in Chinese as well."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize
from tests.architecture.tracked import read, sources, tracked

from kangshu.config.home import PROJECT

PACKAGE = PROJECT / "src" / "kangshu"
# What `templatize` makes of a template's words: gettext(u'…'), with a context pgettext(u'context', u'…').
TEXT = r"""(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
SAID = re.compile(r"""(?:\bn?gettext\(u?|\bn?pgettext\(u?(?:'[^']*'|"[^"]*"), u?|\b_\()""" + TEXT)
FUNCTIONS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}


def catalogue(app: str) -> dict[str, str]:
    """The Chinese of an app's messages, by their English."""
    path = PACKAGE / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            (message.id[0] if isinstance(message.id, tuple) else message.id): message.string
            for message in read_po(file, locale="zh_Hans")
            if message.id and message.string and not message.fuzzy
        }


def in_python(path: Path) -> set[str]:
    """The English of `_("…")` and its kin."""
    found = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            place = 1 if node.func.id.startswith("pgettext") else 0
            if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(node.args[place].value)
    return found


def in_template(path: Path) -> set[str]:
    """The English of `{% translate %}` and `{% blocktranslate %}`, as Django itself finds them."""
    code = templatize(read(path), origin=str(path))
    return {ast.literal_eval(match["text"]) for match in SAID.finditer(code)}


def apps() -> list[str]:
    """Packages with words of their own."""
    return sorted(
        {path.parts[2] for path in tracked() if path.is_relative_to("src/kangshu") and len(path.parts) > 3}
    )


def words_of(app: str) -> dict[str, str]:
    """The app's messages and where each is said."""
    said = {}
    for path in sources(f"src/kangshu/{app}"):
        said |= dict.fromkeys(in_python(path), str(path))
    for path in tracked():
        if path.suffix == ".html" and path.is_relative_to(f"src/kangshu/{app}"):
            said |= dict.fromkeys(in_template(path), str(path))
    return said


@pytest.mark.parametrize("app", apps())
def test_every_message_has_its_chinese(app):
    known = set(catalogue(app))
    # Words that every page uses are kept once, by the frame; Django brings its own.
    shared = set(catalogue("ui"))
    missing = {text: where for text, where in words_of(app).items() if text and text not in known | shared}
    assert missing == {}

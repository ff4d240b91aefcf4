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
CONTEXT = r"""(?P<context>'[^']*'|"[^"]*")"""
SAID = re.compile(rf"""(?:\bn?gettext\(u?|\bn?pgettext\(u?{CONTEXT}, u?|\b_\(){TEXT}""")
# A message: the context that tells its meaning from another of the same words ("" without), and its English.
Message = tuple[str, str]
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


def catalogue(app: str) -> dict[Message, str | tuple[str, ...]]:
    """The Chinese of an app's messages."""
    path = PACKAGE / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            (message.context or "", message.id[0] if isinstance(message.id, tuple) else message.id): (
                message.string
            )
            for message in read_po(file, locale="zh_Hans")
            if message.id and message.string and not message.fuzzy
        }


def in_python(path: Path) -> set[Message]:
    """What `_("…")` and its kin say."""
    found = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            place = 1 if node.func.id.startswith("pgettext") else 0
            if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                context = node.args[0].value if place else ""
                found.add((context, node.args[place].value))
    return found


def in_template(path: Path) -> set[Message]:
    """What `{% translate %}` and `{% blocktranslate %}` say, as Django itself finds it."""
    code = templatize(read(path), origin=str(path))
    return {
        (ast.literal_eval(match["context"] or "''"), ast.literal_eval(match["text"]))
        for match in SAID.finditer(code)
    }


def apps() -> list[str]:
    """Packages with words of their own."""
    return sorted(
        {path.parts[2] for path in tracked() if path.is_relative_to("src/kangshu") and len(path.parts) > 3}
    )


def words_of(app: str) -> dict[Message, str]:
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
    missing = {said: where for said, where in words_of(app).items() if said[1] and said not in known | shared}
    assert missing == {}


def test_no_message_has_two_meanings():
    """Django merges the apps' catalogues: of two translations of one message every page shows the first."""
    meanings: dict[Message, dict[str | tuple[str, ...], list[str]]] = {}
    for app in apps():
        for said, chinese in catalogue(app).items():
            meanings.setdefault(said, {}).setdefault(chinese, []).append(app)
    assert {said: found for said, found in meanings.items() if len(found) > 1} == {}

"""Rules of the house that no tool knows: size, names, addresses, who may touch what."""

from __future__ import annotations

import ast
import re

import pytest
from tests.architecture.tracked import TEXT, read, sources, tracked

from kangshu.config.home import PROJECT

CEILING = 600
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "services"}
# A lock or a document that names the host it was made at is not portable.
REGISTRIES = re.compile(
    r"(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|npmmirror\.com|tuna\.tsinghua)", re.I
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work/(main|shared)|root|home/\w+)/[\w.-]+")
THIS_FILE = "tests/architecture/test_house.py"


@pytest.mark.parametrize("path", [*sources(), *sources("tests")], ids=str)
def test_no_file_is_swollen(path):
    assert len(read(path).splitlines()) <= CEILING


def test_no_module_is_named_after_nothing():
    named = [str(path) for path in tracked() if path.suffix == ".py" and path.stem in FORBIDDEN_NAMES]
    assert named == []


def test_no_address_of_a_registry_and_no_path_of_a_machine():
    found = []
    for path in tracked():
        if path.suffix not in TEXT or str(path) == THIS_FILE:
            continue
        for number, line in enumerate(read(path).splitlines(), start=1):
            if REGISTRIES.search(line) or MACHINE_PATHS.search(line):
                found.append(f"{path}:{number}: {line.strip()[:100]}")
    assert found == []


def test_only_access_sets_the_scope():
    """Whoever could call set_config could give itself anybody's scope."""
    found = [
        str(path)
        for path in sources(migrations=True)
        if re.search(r"set_config\s*\(", read(path)) and "access" not in path.parts
    ]
    assert found == []


def test_only_config_and_cli_make_connections():
    """Django's connections carry the scope; a connection of one's own would carry none, or the owner's."""
    allowed = {"config", "cli", "indicators", "demo"}
    found = [
        str(path)
        for path in sources()
        if re.search(r"psycopg\.(connect|AsyncConnection|Connection\.connect)\s*\(", read(path))
        and path.parts[2] not in allowed
    ]
    assert found == []


def test_rows_under_row_security_are_not_copied_in_directly():
    """`COPY FROM` is refused under row-level security: copy into a temporary table, then insert-select."""
    found = []
    for path in sources():
        for match in re.finditer(r"COPY\s+([\w{}\"]+)[^\n]*FROM STDIN", read(path)):
            if re.match(r'"?(people|care|work)_', match[1]):
                found.append(f"{path}: {match[0]}")
    assert found == []


def test_templates_load_nothing_from_elsewhere_and_run_nothing_inline():
    bad = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|\son(click|change|submit|load|input)="
        r"|(src|href)=[\"'](https?:)?//",
        re.I,
    )
    found = [
        f"{path}: {match[0][:80]}"
        for path in tracked()
        if path.suffix == ".html" and path.is_relative_to("src")
        for match in bad.finditer(read(path))
        # XML namespaces and links that a person follows to a public standard.
        if 'rel="external' not in match[0]
    ]
    assert found == []


def test_no_time_without_a_zone_and_no_hidden_clock_in_the_pure_packages():
    """Time is an argument: the rules of a day long past must give that day's answer."""
    found = []
    for package in ("kernel", "declare", "codes", "catalogue"):
        for path in sources(f"src/kangshu/{package}"):
            for node in ast.walk(ast.parse(read(path))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in {"today", "now", "utcnow"}
                    and not node.args
                ):
                    found.append(f"{path}:{node.lineno}")
    assert found == []


def test_every_source_says_what_it_is_for():
    silent = [
        str(path)
        for path in sources()
        if read(path).strip() and ast.get_docstring(ast.parse(read(path))) is None
    ]
    assert silent == []


def test_the_locks_have_hashes_and_no_addresses():
    for name in ("main", "dev", "build"):
        lock = (PROJECT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "--hash=sha256:" in lock
        assert "://" not in lock
    assert '"resolved"' not in (PROJECT / "frontend" / "package-lock.json").read_text(encoding="utf-8")

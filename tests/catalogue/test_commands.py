"""The commands that need no database, and what is claimed."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from kangshu.catalogue.commands import app, claims, top
from kangshu.declare import registry

ROOT = Path(__file__).parents[2]


def test_nothing_released_was_changed() -> None:
    answer = CliRunner().invoke(app, ["check"])
    findings = answer.stdout.splitlines()
    assert findings == []
    assert answer.exit_code == 0


def test_capabilities_as_json() -> None:
    answer = CliRunner().invoke(top, ["--json"])
    rows = json.loads(answer.stdout)
    assert rows == claims()
    both = next(row for row in rows if row["id"] == "D5-01")
    assert {"chronic.hypertension", "chronic.diabetes"} <= set(both["parts"])
    assert both["capability"] == both["parts"][0]
    assert both["folder"] == f"src/kangshu/catalogue/{both['capability'].replace('.', '/')}"
    assert all("高血压" in both["name"]["zh"] or language == "en" for language in both["name"])


def test_a_module_with_its_own_tables_claims_rows_too() -> None:
    summary = next(row for row in claims() if row["id"] == "D23-02")
    assert (summary["capability"], summary["folder"]) == ("summaries", "src/kangshu/summaries")


def test_a_row_is_listed_once() -> None:
    ids = [row["id"] for row in claims()]
    assert len(ids) == len(set(ids))


def test_what_is_claimed_exists() -> None:
    """The folder and the tests of a claim are there; screens are checked with the site."""
    for row in claims():
        assert (ROOT / row["folder"]).is_dir(), row
        assert row["tests"], row
        for path in row["tests"]:
            assert (ROOT / path).is_file(), path


def test_every_capability_answers_its_own_documents() -> None:
    for capability in registry.capabilities():
        folder = Path(registry.registry.found(capability.id).folder)
        assert (folder / "README.md").is_file(), (
            f"{capability.id} has no README.md: norm, edition, open questions"
        )


def test_the_screens_of_a_claim_are_on_the_site() -> None:
    from django.urls import URLPattern, URLResolver, get_resolver

    def names(resolver: URLResolver, space: str = "") -> set[str]:
        inner = f"{space}{resolver.namespace}:" if resolver.namespace else space
        found = set()
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                found |= names(pattern, inner)
            elif isinstance(pattern, URLPattern) and pattern.name:
                found.add(f"{inner}{pattern.name}")
        return found

    on_site = names(get_resolver())
    for row in claims():
        assert set(row["screens"]) <= on_site, set(row["screens"]) - on_site

"""The audit on the real summaries that stand beside a clone; skipped by name where they do not."""

from __future__ import annotations

import pytest
from tests.summaries.audit.documents import expected, folder
from tests.summaries.audit.scoring import score

from kangshu.summaries.audit.auditing import audit_file

PLACE = folder()
pytestmark = pytest.mark.skipif(PLACE is None, reason="the real work summaries are not beside this clone")
NAMES = sorted(expected(PLACE)) if PLACE else []
# Mistakes of the documents that the list lacks. Each is proven by what it quotes.
KNOWN_BEYOND = {
    "lucheng-annual.txt": {("numbering", "proven"), ("part_exceeds_whole", "ask")},
    "wanyuan-annual.txt": {("date", "proven")},
}


@pytest.mark.parametrize("name", NAMES)
def test_every_known_mistake_is_found_as_surely_as_it_is_known(name):
    one = score(PLACE, name, expected(PLACE)[name])
    assert {key: level for key, level in one.found.items() if one.wanted[key] == "proven"} == {
        key: "proven" for key, level in one.wanted.items() if level == "proven"
    }
    assert all(one.found.values()), one.found


@pytest.mark.parametrize("name", NAMES)
def test_every_sum_that_holds_is_reported_as_checked(name):
    assert score(PLACE, name, expected(PLACE)[name]).missing_holds == ()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_true_is_accused(name):
    beyond = {(str(one.kind), str(one.level)) for one in score(PLACE, name, expected(PLACE)[name]).beyond}
    assert beyond <= KNOWN_BEYOND.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_quotes_stand_at_their_offsets(name):
    audit = audit_file(PLACE / name)
    for said in (*audit.findings, *audit.held):
        for quote in said.quotes:
            assert audit.text[quote.start : quote.end] == quote.text

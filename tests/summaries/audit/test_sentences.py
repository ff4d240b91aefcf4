"""Single sentences: what is found in a false one, and that a true one is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.summaries.audit.cases import CASES
from tests.summaries.audit.passages import PASSAGES

from kangshu.summaries.audit.auditing import audit_text


@pytest.mark.parametrize(("text", "kinds"), CASES)
def test_a_false_figure_is_found_and_a_true_one_left_alone(text, kinds):
    said = [(str(one.kind), str(one.level), one.why.zh) for one in audit_text(text).findings]
    if kinds:
        assert {kind for kind, _, _ in said} & set(kinds.split("|")), said
    else:
        assert said == []


@pytest.mark.parametrize(("text", "kinds"), CASES)
def test_every_quote_stands_where_it_says(text, kinds):
    audit = audit_text(text)
    spans = [quote for one in (*audit.findings, *audit.held) for quote in one.quotes]
    spans += [figure.quote for figure in audit.figures]
    for quote in spans:
        assert text[quote.start : quote.end] == quote.text


def test_a_whole_true_summary_is_left_alone():
    """An invented county's summary, dense with figures that are all right."""
    audit = audit_text((Path(__file__).parent / "true_summary.txt").read_text(encoding="utf-8"))
    assert [one.why.zh for one in audit.findings] == []
    assert len(audit.held) >= 10


PAIR = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@pytest.mark.parametrize(("passage", "kinds"), PASSAGES)
def test_a_passage_is_accused_when_one_figure_is_changed_and_only_then(passage, kinds):
    assert [one.why.zh for one in audit_text(PAIR.sub(r"\1", passage)).findings] == []
    said = {str(one.kind) for one in audit_text(PAIR.sub(r"\2", passage)).findings}
    assert said & set(kinds.split("|")), said

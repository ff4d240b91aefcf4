"""One digit broken in a true sentence: how many breaks are caught, how many true sentences accused."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest
from tests.summaries.audit.documents import expected, folder
from tests.summaries.audit.sentences import broken, related, unrelated

from kangshu.summaries.audit.auditing import audit_text
from kangshu.summaries.audit.readers.document import read_file

CAUGHT_AT_LEAST, ACCUSED_AT_MOST = 0.95, 0.01


@dataclass
class Tally:
    """`breaks` made the relation false; `missed` of them were not found; `accused` are true sentences."""

    breaks: int = 0
    truths: int = 0
    missed: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)

    @property
    def caught(self) -> float:
        return 1 - len(self.missed) / self.breaks


def measure(sentences: int, seed: int) -> Tally:
    """Audit true, broken and unrelated sentences."""
    random, tally = Random(seed), Tally()
    for _ in range(sentences):
        sentence = related(random)
        tally.truths += 2
        if audit_text(sentence.text).findings:
            tally.accused.append(sentence.text)
        other = unrelated(random).text
        if audit_text(other).findings:
            tally.accused.append(other)
        text, _ = broken(sentence, random)
        # A digit below what rounding shows leaves the sentence true: nobody could find that.
        if sentence.true(sentence.numbers(text)):
            continue
        tally.breaks += 1
        if not audit_text(text).findings:
            tally.missed.append(text)
    return tally


def test_broken_digits_are_caught_and_true_sentences_left_alone():
    tally = measure(400, seed=20261123)
    assert tally.caught >= CAUGHT_AT_LEAST, tally.missed
    assert len(tally.accused) <= ACCUSED_AT_MOST * tally.truths, tally.accused


@pytest.mark.slow
def test_over_many_sentences_the_same():
    tally = measure(6000, seed=7)
    print(f"caught {tally.caught:.4f} of {tally.breaks}, accused {len(tally.accused)} of {tally.truths}")  # noqa: T201
    assert tally.caught >= CAUGHT_AT_LEAST, tally.missed[:20]
    assert len(tally.accused) <= ACCUSED_AT_MOST * tally.truths, tally.accused[:20]


@pytest.mark.skipif(folder() is None, reason="the real work summaries are not beside this clone")
def test_breaking_a_digit_of_a_sum_that_held_in_a_real_document_is_caught():
    """Every digit of every figure in a sum that holds is broken once; the whole document is audited again."""
    missed, breaks = _break_holds(every=9)
    assert len(missed) <= (1 - CAUGHT_AT_LEAST) * breaks, missed


@pytest.mark.slow
@pytest.mark.skipif(folder() is None, reason="the real work summaries are not beside this clone")
def test_breaking_every_digit_of_the_sums_that_held():
    missed, breaks = _break_holds(every=1)
    print(f"caught {1 - len(missed) / breaks:.4f} of {breaks}", *missed, sep="\n")  # noqa: T201
    assert len(missed) <= (1 - CAUGHT_AT_LEAST) * breaks, missed


def _break_holds(every: int) -> tuple[list[str], int]:
    place = folder()
    assert place is not None
    missed, breaks, number = [], 0, 0
    for name, wanted in expected(place).items():
        text = read_file(place / name).text
        for hold in wanted["holds"]:
            where = text
            before = {(one.kind, one.why.zh) for one in audit_text(where).findings}
            for quote in hold["quotes"]:
                start = where.find(quote)
                for at in range(start, start + len(quote)):
                    if not where[at].isdigit():
                        continue
                    number += 1
                    if number % every:
                        continue
                    digit = str((int(where[at]) + 3) % 10 or 5)
                    after = audit_text(where[:at] + digit + where[at + 1 :])
                    if any(q.start <= at < q.end for held in after.held for q in held.quotes):
                        continue  # below what rounding shows: still true
                    breaks += 1
                    if not {(one.kind, one.why.zh) for one in after.findings} - before:
                        missed.append(f"{quote}: {where[at]} → {digit} at {at - start}")
    return missed, breaks

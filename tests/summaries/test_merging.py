"""Two texts from one: everything either writer changed is there, or the merge is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.summaries.merging import Clash, merged

PARAGRAPHS = st.lists(st.sampled_from("甲乙丙丁戊己庚"), min_size=1, max_size=7, unique=True)


def test_changes_of_different_paragraphs_are_both_kept():
    assert merged("甲\n乙\n丙", "甲一\n乙\n丙", "甲\n乙\n丙二") == "甲一\n乙\n丙二"


def test_a_paragraph_added_and_another_taken_out():
    assert merged("甲\n乙\n丙", "甲\n乙\n丙\n丁", "乙\n丙") == "乙\n丙\n丁"


def test_the_same_change_twice_is_one_change():
    assert merged("甲\n乙", "甲一\n乙", "甲一\n乙") == "甲一\n乙"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("甲一\n乙", "甲二\n乙"), ("乙", "甲一\n乙"), ("甲\n丙\n乙", "甲\n丁\n乙")],
    ids=["both changed it", "one took it out", "both put something there"],
)
def test_what_touches_the_same_paragraph_is_refused(mine, theirs):
    with pytest.raises(Clash):
        merged("甲\n乙", mine, theirs)


@given(base=PARAGRAPHS, mine=PARAGRAPHS)
def test_a_change_of_one_alone_is_taken_as_it_is(base, mine):
    before, after = "\n".join(base), "\n".join(mine)
    assert merged(before, after, before) == after
    assert merged(before, before, after) == after
    assert merged(before, after, after) == after


@given(base=PARAGRAPHS, places=st.data())
def test_each_changed_paragraph_is_in_the_joined_text(base, places):
    own = places.draw(st.sets(st.integers(0, len(base) - 1)))
    other = places.draw(st.sets(st.integers(0, len(base) - 1))) - own
    mine = [f"{one}-mine" if index in own else one for index, one in enumerate(base)]
    theirs = [f"{one}-theirs" if index in other else one for index, one in enumerate(base)]
    wanted = [
        mine[index] if index in own else theirs[index] if index in other else one
        for index, one in enumerate(base)
    ]
    assert merged("\n".join(base), "\n".join(mine), "\n".join(theirs)) == "\n".join(wanted)

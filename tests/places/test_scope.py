"""Scope as a range of paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.places.scope import is_within, parent_path, path_range, path_segment, segment_number

paths = st.lists(st.integers(0, 36**4 - 1), min_size=1, max_size=5).map(
    lambda numbers: "".join(path_segment(number) for number in numbers)
)


def test_a_centre_sees_its_clinics_and_not_its_neighbours():
    assert path_range("0001.0003.") == ("0001.0003.", "0001.0003/")
    assert is_within("0001.0003.0012.", "0001.0003.")
    assert is_within("0001.0003.", "0001.0003.")
    assert not is_within("0001.0004.", "0001.0003.")
    assert not is_within("0001.", "0001.0003.")


def test_no_path_is_no_scope():
    assert path_range("") == ("", "")
    assert not is_within("0001.", "")


def test_a_path_ends_with_a_dot():
    with pytest.raises(ValueError, match="dot"):
        path_range("0001.0003")


@given(paths, paths)
def test_the_range_is_exactly_the_prefix(path, scope):
    assert is_within(path, scope) == path.startswith(scope)


@given(paths, st.integers(0, 36**4 - 1))
def test_children_are_below_and_numbered(path, number):
    child = path + path_segment(number)
    assert is_within(child, path)
    assert parent_path(child) == path
    assert segment_number(child) == number


def test_a_segment_has_room_for_over_a_million():
    with pytest.raises(ValueError, match="segment"):
        path_segment(36**4)

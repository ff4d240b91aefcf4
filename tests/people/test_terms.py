"""What a person is found by: the rule, as a property over any name and phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.kernel.pinyin import sort_key
from kangshu.people.terms import Asked, prefix_range, read_search, terms_of

NAMES = st.text("王李张丽伟建国欧阳曾单一·芳", min_size=1, max_size=6).filter(lambda name: name.strip("·"))
PHONES = st.text("0123456789", min_size=4, max_size=12)


def finds(part: str, terms: list[str]) -> bool:
    low, high = prefix_range(part)
    return any(low <= term < high for term in terms)


@given(NAMES, st.data())
def test_any_part_of_a_name_finds_it(name, data):
    compact = name.replace("·", "")
    start = data.draw(st.integers(0, len(compact) - 1))
    end = data.draw(st.integers(start + 1, len(compact)))
    assert finds(compact[start:end], terms_of(name))


@given(NAMES, st.data())
def test_pinyin_from_any_syllable_finds_it(name, data):
    syllables = sort_key(name).split()
    start = data.draw(st.integers(0, len(syllables) - 1))
    typed = "".join(syllables[start:])
    assert finds(typed[: data.draw(st.integers(2, max(2, len(typed))))], terms_of(name))


@given(PHONES, st.data())
def test_any_four_digits_in_a_row_of_a_phone_find_it(phone, data):
    start = data.draw(st.integers(0, len(phone) - 4))
    end = data.draw(st.integers(start + 4, len(phone)))
    assert finds(phone[start:end], terms_of("某", phone))


def test_initials_and_record_numbers():
    terms = terms_of("曾国藩", "", "33990110010100042", "123X")
    assert finds("zgf", terms)
    assert finds("gf", terms)
    assert finds("33990110010100042", terms)
    assert finds("10100042", terms)
    assert finds("#123X", terms)
    assert not finds("123X", terms)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Asked()),
        ("王", Asked(words=("王",))),
        ("w", Asked(too_short=True)),
        ("Wang Xiaowei", Asked(words=("wangxiaowei",))),
        ("王伟 1388", Asked(words=("王伟",), numbers=("1388",))),
        ("王伟 123x", Asked(words=("王伟",), numbers=("123X",))),
        ("138-0013", Asked(numbers=("1380013",))),
        ("123", Asked(too_short=True)),
        ("101-00042", Asked(numbers=("10100042",))),
        ("110105 19491231 002x", Asked(identity="11010519491231002X")),
        ("欧阳·娜娜", Asked(words=("欧阳娜娜",))),
    ],
)
def test_how_a_search_text_is_read(typed, asked):
    assert read_search(typed) == asked

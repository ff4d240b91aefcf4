"""National code lists."""

from __future__ import annotations

import pytest

from kangshu.codes.lists import UnknownCode, code_list, code_list_names


def test_sex_has_the_four_codes_of_the_standard():
    sex = code_list("sex")
    assert sex.codes() == ("0", "1", "2", "9")
    assert sex.text("2").zh == "女"
    assert sex.source == "GB/T 2261.1"


def test_there_are_56_ethnic_groups():
    groups = code_list("ethnic_group")
    assert [code for code in groups.codes() if int(code) <= 56] == [f"{n:02d}" for n in range(1, 57)]
    assert groups.text("01").en == "Han"
    assert groups.text("56").zh == "基诺族"


@pytest.mark.parametrize("name", code_list_names())
def test_every_list_is_whole(name):
    codes = code_list(name)
    assert codes.id == name
    assert codes.source
    assert len(codes) > 1
    assert len({item.text.zh for item in codes}) == len(codes)
    for item in codes:
        assert codes.code_of(item.text.zh) == item.code


@pytest.mark.parametrize("name", ["nothing", "../lists", "sex.json"])
def test_an_unknown_list_is_a_named_error(name):
    with pytest.raises(UnknownCode):
        code_list(name)


def test_an_unknown_code_names_its_list():
    with pytest.raises(UnknownCode) as refused:
        code_list("sex").text("7")
    assert refused.value.where == "sex"
    assert "7" not in code_list("sex")
    with pytest.raises(UnknownCode):
        code_list("sex").code_of("阴性")

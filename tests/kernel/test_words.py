"""Text, refusals, actors, permissions and pinyin."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from kangshu.kernel import permission
from kangshu.kernel.actor import Actor, SystemActor
from kangshu.kernel.errors import BadInput, NotAllowed, Problem, Refusal
from kangshu.kernel.pinyin import initials, sort_key
from kangshu.kernel.text import Text


def test_text_needs_both_languages():
    with pytest.raises(ValueError, match="both languages"):
        Text("血压", " ")


def test_text_speaks_the_language_asked():
    text = Text("血压", "blood pressure")
    assert text.in_language("en-gb") == "blood pressure"
    assert text.in_language("zh-hans") == text.in_language("fr") == str(text) == "血压"
    assert Text.from_json(text.to_json()) == text
    with pytest.raises(FrozenInstanceError):
        text.zh = "x"


def test_text_is_filled_in_each_language():
    filled = Text("{what}不能为空", "{what} is missing").format(what=Text("血压", "blood pressure"))
    assert filled == Text("血压不能为空", "blood pressure is missing")


def test_bad_input_lists_every_problem():
    error = BadInput(
        [
            Problem("sbp", "out_of_range", Text("收缩压超出范围", "systolic pressure is out of range"), 400),
            Problem("dbp", "missing", Text("舒张压未填", "diastolic pressure is missing")),
        ]
    )
    assert isinstance(error, Refusal)
    assert (error.code, error.where, len(error.problems)) == ("input.invalid", "sbp", 2)
    assert error.message.en == "systolic pressure is out of range (and 1 more)"


def test_a_system_actor_is_an_actor_with_one_id_per_name():
    actor = SystemActor("nightly dues")
    assert isinstance(actor, Actor)
    assert actor.account_id == SystemActor("nightly dues").account_id
    assert actor.account_id != SystemActor("import").account_id
    with pytest.raises(ValueError, match="name"):
        SystemActor(" ")


def test_without_a_guard_every_door_is_locked(monkeypatch):
    monkeypatch.setattr(permission, "_guards", [])

    class Person:
        roles = frozenset({"administrator"})

    with pytest.raises(NotAllowed):
        permission.check_allowed(Person(), "administer.places")
    assert permission.is_allowed(SystemActor("job"), "administer.places")
    permission.set_guard(lambda by, what: what == "read.places")
    assert permission.is_allowed(Person(), "read.places")
    assert not permission.is_allowed(Person(), "administer.places")


@pytest.mark.parametrize(
    ("name", "key", "letters"),
    [
        ("张伟", "zhang wei", "zw"),
        ("曾国藩", "zeng guo fan", "zgf"),
        ("单 雄信", "shan xiong xin", "sxx"),
        ("欧阳修", "ou yang xiu", "oyx"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("吕布", "lv bu", "lb"),
        ("阿依古丽·买买提", "a yi gu li mai mai ti", "aygl" + "mmt"),
        ("John Smith", "john smith", "js"),
        ("", "", ""),
    ],
)
def test_names_are_sorted_by_how_they_are_said(name, key, letters):
    assert sort_key(name) == key
    assert initials(name) == letters

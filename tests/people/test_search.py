"""Search under row security: the right people, in scope, by whatever is typed."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.accounts import acting
from tests.support.people import NOW, id_number, ids, resident

from kangshu.people.actions import change_person, merge_people
from kangshu.people.queries import search_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(county):
    return resident(county.clinic_a1, "王小伟", phone="13812345678")


@pytest.mark.parametrize(
    "typed",
    ["王", "小伟", "wangxiao", "wang xiao wei", "xiaowei", "wxw", "xw", "3456", "13812345678", "王小伟 3456"],
)
def test_by_name_pinyin_and_phone(wang, who, typed):
    with acting(who.village_doctor_a):
        assert ids(search_people(typed).people) == {wang.pk}


def test_by_numbers(wang, who):
    number = id_number(date(1960, 5, 1))
    with acting(who.village_doctor_a):
        for typed in (
            number,
            number.lower(),
            f"王 {number[-4:]}",
            wang.record_number,
            wang.record_number[-8:],
        ):
            assert ids(search_people(typed).people) == {wang.pk}, typed
        assert not search_people(f"李 {number[-4:]}").people
        assert not search_people(number[-4:]).people, "four digits alone are a phone, not an identity"


def test_nobody_outside_the_scope_is_found(wang, who):
    with acting(who.village_doctor_b):
        for typed in ("王小伟", "13812345678", wang.record_number, id_number(date(1960, 5, 1))):
            assert not search_people(typed).people
    with acting(who.township_worker_a):
        assert ids(search_people("王小伟").people) == {wang.pk}


def test_a_short_text_says_so(wang, who):
    with acting(who.village_doctor_a):
        assert search_people("w").too_short
        assert search_people("12").too_short
        assert not search_people("").too_short


def test_the_exact_name_comes_first_and_more_is_said(county, who):
    for number, name in enumerate(["王伟明", "王伟", "王伟东"], start=1):
        resident(county.clinic_a1, name, serial=number)
    with acting(who.village_doctor_a):
        found = search_people("王伟", limit=2)
        assert found.people[0].name == "王伟"
        assert len(found.people) == 2
        assert found.more


def test_a_corrected_name_is_found_and_the_old_one_no_longer(wang, who):
    with acting(who.village_doctor_a) as doctor:
        change_person(
            person_id=wang.pk, changes={"name": "汪晓炜", "phone": "13900000000"}, by=doctor, now=NOW
        )
        assert ids(search_people("汪晓").people) == {wang.pk}
        assert not search_people("王小伟").people
        assert not search_people("13812345678").people


def test_a_merged_record_leads_to_the_kept_one(county, who, wang):
    other = resident(county.clinic_a1, "汪小伟", serial=2)
    with acting(who.township_worker_a) as worker:
        merge_people(kept_id=wang.pk, merged_id=other.pk, by=worker, now=NOW)
        (found,) = search_people("汪小伟").people
        assert found.id == wang.pk
        assert found.merged

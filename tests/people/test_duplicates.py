"""The search for people registered twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.support.accounts import acting
from tests.support.people import NOW, resident

from kangshu.access.scope import entered_as_system
from kangshu.people.actions import merge_people, reject_pair
from kangshu.people.matching.duplicates import find_duplicates
from kangshu.people.matching.pairs import shared_path
from kangshu.people.models import DuplicatePair


@dataclass(frozen=True)
class Twice:
    """How somebody's second record differs from the first, and whether the pair must be found."""

    what: str
    name: str
    change: dict[str, Any]
    found: bool


CASES = (
    Twice("only the number is missing", "李红梅", {}, True),
    Twice("another phone", "赵国强", {"phone": "13999990000"}, True),
    Twice("day and month turned round", "孙玉兰", {"birth_date": date(1966, 7, 3)}, True),
    Twice("name misheard", "周晓伟", {"name": "周小炜"}, True),
    Twice("another village of the township", "吴桂英", {"where": "clinic_a2", "address": ""}, True),
    Twice(
        "another day, phone and village",
        "郑建军",
        {"birth_date": date(1969, 1, 9), "phone": "", "where": "clinic_b1"},
        False,
    ),
    Twice(
        "a sister on the family's phone",
        "何美兰",
        {"name": "何丽萍", "birth_date": date(1966, 9, 21)},
        False,
    ),
    Twice("another name altogether", "冯秀芳", {"name": "蒋海涛", "phone": ""}, False),
)


@pytest.mark.django_db
def test_who_is_suspected_of_being_registered_twice(county):
    wanted = {}
    for number, case in enumerate(CASES, start=1):
        facts: dict[str, Any] = {
            "birth_date": date(1966, 3, 7), "phone": f"1381234{number:04d}", "address": f"{number} 号",
        }  # fmt: skip
        first = resident(county.clinic_a1, case.name, serial=number, **facts)
        change = {"name": case.name, **facts, **case.change}
        where = getattr(county, change.pop("where", "clinic_a1"))
        second = resident(where, change.pop("name"), document=None, undocumented="other", **change)
        wanted[frozenset((first.pk, second.pk))] = case
    done = find_duplicates(now=NOW)
    with entered_as_system("check"):
        found = {frozenset(pair) for pair in DuplicatePair.objects.values_list("person_a", "person_b")}
    assert {wanted[pair].what for pair in found} == {case.what for case in CASES if case.found}
    assert done.new == len(found)
    assert find_duplicates(now=NOW).new == 0


@pytest.mark.django_db
def test_two_people_with_a_number_each_are_two_people(county):
    resident(county.clinic_a1, "李红梅", birth_date=date(1966, 3, 7), serial=1, phone="13812340001")
    resident(county.clinic_a1, "李红梅", birth_date=date(1966, 3, 7), serial=2, phone="13812340001")
    assert find_duplicates(now=NOW).suspected == 0


@pytest.mark.django_db
def test_decided_pairs_stay_decided_and_only_who_sees_both_sees_the_pair(county, who):
    facts = {"birth_date": date(1966, 3, 7), "phone": "13812340001", "address": "7 号"}
    one = resident(county.clinic_a1, "李红梅", **facts)
    other = resident(county.clinic_a2, "李红梅", **facts, document=None, undocumented="other")
    find_duplicates(now=NOW)
    with acting(who.village_doctor_a):
        assert not DuplicatePair.objects.exists()
    with acting(who.township_worker_b):
        assert not DuplicatePair.objects.exists()
    with acting(who.township_worker_a) as worker:
        pair = DuplicatePair.objects.get()
        reject_pair(pair_id=pair.pk, by=worker, now=NOW)
    assert find_duplicates(now=NOW).new == 0
    with entered_as_system("merging") as system:
        assert DuplicatePair.objects.get().state == "different"
        merge_people(kept_id=one.pk, merged_id=other.pk, by=system, now=NOW)
    assert find_duplicates(now=NOW).people == 1


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("0001.0003.0001.", "0001.0003.0002.", "0001.0003."),
        ("0001.0003.0001.", "0001.0003.0001.", "0001.0003.0001."),
        ("0001.0003.", "0001.0004.0001.", "0001."),
        ("0001.0010.", "0001.0012.", "0001."),
    ],
)
def test_the_path_that_two_share(one, other, shared):
    assert shared_path(one, other) == shared

"""Merging and unmerging: pointers only, one level deep, and back again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.accounts import acting
from tests.support.people import NOW, resident

from kangshu.kernel.errors import NotAllowed
from kangshu.kernel.text import Text
from kangshu.people import merging
from kangshu.people.actions import merge_people, record_death, reject_pair, unmerge_people
from kangshu.people.models import DuplicatePair, MergeLog, Person
from kangshu.people.queries import canonical_id
from kangshu.people.refusals import CannotMerge, PersonNotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(county):
    return [resident(county.clinic_a1, name, serial=n) for n, name in enumerate(["王一", "王二", "王三"], 1)]


def test_a_merge_sets_a_pointer_and_its_undoing_resets_it(three, who):
    one, two, _ = three
    with acting(who.township_worker_a) as worker:
        done = merge_people(kept_id=one.pk, merged_id=two.pk, reason="同一人", by=worker, now=NOW)
        assert canonical_id(two.pk) == one.pk
        assert canonical_id(one.pk) == one.pk
        unmerge_people(merge_id=done.log.pk, by=worker, now=NOW)
        assert canonical_id(two.pk) == two.pk
        with pytest.raises(CannotMerge):
            unmerge_people(merge_id=done.log.pk, by=worker, now=NOW)


def test_pointers_stay_one_level_deep(three, who):
    one, two, three_ = three
    with acting(who.township_worker_a) as worker:
        inner = merge_people(kept_id=two.pk, merged_id=three_.pk, by=worker, now=NOW)
        outer = merge_people(kept_id=one.pk, merged_id=two.pk, by=worker, now=NOW)
        assert canonical_id(three_.pk) == one.pk
        with pytest.raises(CannotMerge):
            unmerge_people(merge_id=inner.log.pk, by=worker, now=NOW)
        unmerge_people(merge_id=outer.log.pk, by=worker, now=NOW)
        assert canonical_id(three_.pk) == two.pk


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4))
def test_any_merges_taken_back_in_turn_leave_everything_as_it_was(three, who, pairs):
    before = dict(Person.objects.values_list("pk", "merged_into"))
    with acting(who.township_worker_a) as worker:
        before = dict(Person.objects.values_list("pk", "merged_into"))
        done = []
        for kept, merged in pairs:
            try:
                done.append(
                    merge_people(kept_id=three[kept].pk, merged_id=three[merged].pk, by=worker, now=NOW).log
                )
            except CannotMerge:
                continue
            pointers = dict(Person.objects.values_list("pk", "merged_into"))
            assert all(target is None or pointers[target] is None for target in pointers.values())
        for entry in reversed(done):
            unmerge_people(merge_id=entry.pk, by=worker, now=NOW)
        assert dict(Person.objects.values_list("pk", "merged_into")) == before


def test_what_both_have_is_shown_for_review(three, who):
    one, two, _ = three
    said = Text("两份高血压专案", "two hypertension cases")
    merging.register_conflict_finder(finder := lambda kept, merged: [said])
    try:
        with acting(who.township_worker_a) as worker:
            assert said in merge_people(kept_id=one.pk, merged_id=two.pk, by=worker, now=NOW).conflicts
    finally:
        merging._finders.remove(finder)


def test_two_days_of_death_cannot_be_one_person(three, who):
    one, two, _ = three
    with acting(who.township_worker_a) as worker:
        record_death(person_id=one.pk, on=date(2026, 1, 1), by=worker, now=NOW)
        record_death(person_id=two.pk, on=date(2026, 1, 2), by=worker, now=NOW)
        with pytest.raises(CannotMerge):
            merge_people(kept_id=one.pk, merged_id=two.pk, by=worker, now=NOW)


def test_who_may_not_merge(three, county, who):
    one, two, _ = three
    with acting(who.village_doctor_a) as doctor, pytest.raises(NotAllowed):
        merge_people(kept_id=one.pk, merged_id=two.pk, by=doctor, now=NOW)
    far = resident(county.clinic_b1, "王一", serial=9)
    with acting(who.township_worker_a) as worker:
        with pytest.raises(PersonNotFound):
            merge_people(kept_id=one.pk, merged_id=far.pk, by=worker, now=NOW)
        with pytest.raises(CannotMerge):
            merge_people(kept_id=one.pk, merged_id=one.pk, by=worker, now=NOW)
    with acting(who.bureau_officer) as officer:
        done = merge_people(kept_id=one.pk, merged_id=far.pk, by=officer, now=NOW)
        assert done.log.scope_path == "0001."
    with acting(who.township_worker_a):
        assert not MergeLog.objects.exists(), "half of that merge lies outside the township"


def test_a_rejected_pair_is_remembered(three, who):
    one, two, _ = sorted(three, key=lambda p: p.pk)
    with acting(who.township_worker_a) as worker:
        pair = DuplicatePair.objects.create(
            person_a=one, person_b=two, probability=0.9, found_at=NOW, scope_path=one.scope_path
        )
        assert reject_pair(pair_id=pair.pk, by=worker, now=NOW).state == "different"
        merge_people(kept_id=one.pk, merged_id=two.pk, by=worker, now=NOW)
        pair.refresh_from_db()
        assert pair.state == "merged"

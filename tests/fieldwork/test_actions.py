"""Entering, correcting and withdrawing entries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.fieldwork.conftest import LECTURE, NOW
from tests.support.accounts import acting

from kangshu.audit.models import AuditEntry
from kangshu.fieldwork import refusals
from kangshu.fieldwork.actions import correct_entry, withdraw_entry
from kangshu.fieldwork.models import Entry
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.identifiers import new_id


def test_a_lecture_is_entered_and_stands_in_the_trail(world):
    saved = world.enter()
    entry = Entry.objects.get(pk=saved.entry.pk)
    assert (entry.status, entry.counted_on, entry.scope_path) == ("current", date(2026, 9, 8), "0001.0003.")
    assert entry.facts["participants"] == 46
    assert entry.facts["stage"] == "entered"
    assert AuditEntry.objects.filter(action="logbook.entered", object_id=str(entry.pk)).count() == 1


def test_pressing_save_twice_makes_one_entry(world):
    first = world.enter()
    again = world.enter(entry_id=first.entry.pk)
    assert again.entry.pk == first.entry.pk
    assert Entry.objects.count() == 1
    with pytest.raises(refusals.OtherContent):
        world.enter(entry_id=first.entry.pk, answers=LECTURE | {"participants": 47})


def test_everything_wrong_is_said_at_once(world):
    with pytest.raises(BadInput) as refused:
        world.enter(answers=LECTURE | {"participants": -1, "kind": "77", "subject": ""})
    assert {problem.field for problem in refused.value.problems} >= {"participants", "kind", "subject"}
    with pytest.raises(BadInput) as refused:
        world.enter(answers=LECTURE | {"participants": 0})
    assert refused.value.problems[0].code == "check.heard_by_somebody"


def test_nothing_is_entered_for_tomorrow_or_for_the_neighbour(world):
    with pytest.raises(refusals.InTheFuture):
        world.enter(on=date(2026, 10, 1))
    with pytest.raises(refusals.NotAKeeper):
        world.enter(institution=world.county.centre_b.id)
    with pytest.raises(refusals.LogbookNotFound):
        world.enter(logbook="no.such")


def test_the_centre_enters_for_its_clinic_and_the_neighbour_sees_neither(world):
    world.enter()
    world.enter(institution=world.county.clinic_a1.id)
    assert Entry.objects.count() == 2
    with acting(world.accounts.village_doctor_a):
        assert [entry.institution_id for entry in Entry.objects.all()] == [world.county.clinic_a1.id]
    with acting(world.accounts.township_worker_b):
        assert not Entry.objects.exists()
    with acting(world.accounts.bureau_officer):
        assert Entry.objects.count() == 2
    with acting(world.accounts.insurance_officer) as officer, pytest.raises(NotAllowed):
        world.enter(by=officer)


def test_a_correction_succeeds_and_leaves_the_old_one(world):
    old = world.enter().entry
    with pytest.raises(refusals.NothingChanged):
        correct_entry(
            entry_id=old.pk, new_id=new_id(), answers=LECTURE, reason="错", by=world.worker, now=NOW
        )
    with pytest.raises(refusals.ReasonMissing):
        correct_entry(entry_id=old.pk, new_id=new_id(), answers=LECTURE, reason=" ", by=world.worker, now=NOW)
    new, answers = new_id(), LECTURE | {"participants": 64}
    given = {"entry_id": old.pk, "answers": answers, "reason": "人数抄错", "by": world.worker, "now": NOW}
    saved = correct_entry(new_id=new, **given)
    assert correct_entry(new_id=new, **given).entry.pk == saved.entry.pk
    old.refresh_from_db()
    assert (old.status, old.answers["participants"]) == ("succeeded", 46)
    assert (saved.entry.succeeds_id, saved.entry.reported_at) == (old.pk, old.reported_at)
    with pytest.raises(refusals.NotCurrent):
        correct_entry(new_id=new_id(), **given)


def test_a_withdrawn_entry_stays_to_be_read(world):
    entry = world.enter().entry
    for _ in range(2):
        withdraw_entry(entry_id=entry.pk, reason="重复登记", by=world.worker, now=NOW)
    entry.refresh_from_db()
    assert (entry.status, entry.reason) == ("withdrawn", "重复登记")
    assert AuditEntry.objects.filter(action="logbook.withdrawn").count() == 1


def test_the_database_keeps_entries_as_they_were(world):
    entry = world.enter().entry
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(answers={})
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()

"""What follows an entry: a plan and its result, a clue that goes to the supervision office and comes back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.fieldwork.conftest import NOW
from tests.support.accounts import acting

from kangshu.fieldwork import refusals
from kangshu.fieldwork.actions import advance, register_site
from kangshu.fieldwork.models import Entry
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.places.models import Institution

OUTREACH, PATROLS = "public_health.outreach", "supervision_assist.patrol_notes"
PLAN = {"kind": "1", "organiser": "1", "place": "柳林镇集市", "team": "内科、公卫科", "staff": 6}


def test_an_outreach_day_asks_for_its_result(world):
    entry = world.enter(OUTREACH, date(2026, 9, 1), answers=PLAN).entry
    assert (entry.next_stage, entry.next_due_on) == ("result", date(2026, 9, 8))
    given = {"entry_id": entry.pk, "stage_id": "result", "by": world.worker, "now": NOW}
    with pytest.raises(refusals.BeforeEntry):
        advance(
            record_id=new_id(), performed_on=date(2026, 8, 31), answers={"held": True, "served": 1}, **given
        )
    with pytest.raises(BadInput):
        advance(record_id=new_id(), performed_on=date(2026, 9, 2), answers={"held": True}, **given)
    advance(record_id=new_id(), performed_on=date(2026, 9, 2), answers={"held": True, "served": 120}, **given)
    entry.refresh_from_db()
    assert (entry.next_stage, entry.facts["result__served"]) == ("", 120)


@pytest.fixture
def supervision(world) -> Institution:
    county = world.county
    return Institution.objects.create(
        code="S1", name="青溪县卫生监督所", kind="supervision", region=county.region, parent=county.bureau,
        path="0001.0009.", valid_from=date(2015, 1, 1),
    )  # fmt: skip


def patrol(world, **given):
    site = register_site(
        kind="supervised_premises", site_id=new_id(), name="柳林镇自来水厂", by=world.worker, now=NOW,
        particulars={"subject": "2", "address": "柳林镇"}, institution=world.county.centre_a.id,
        registered_on=date(2026, 1, 4),
    )  # fmt: skip
    note = {"subject": "2", "place": "水厂消毒间", "found": False} | given
    return world.enter(PATROLS, date(2026, 9, 7), answers=note, site=site.pk).entry


def test_a_patrol_that_finds_nothing_is_finished(world, supervision):
    assert patrol(world).next_stage == ""


def test_a_clue_is_accepted_and_answered_by_the_supervision_office(world, supervision):
    found = {"found": True, "clues": 1, "problems": "未按时消毒", "reported": True}
    entry = patrol(world, **found)
    assert (entry.next_stage, entry.next_due_on) == ("accepted", date(2026, 9, 12))
    assert entry.overseer_path == supervision.path
    world.accounts.inspector.assignments.update(institution=supervision)
    with acting(world.accounts.inspector) as inspector:
        assert Entry.objects.filter(pk=entry.pk).exists()
        given = {"entry_id": entry.pk, "by": inspector, "now": NOW, "performed_on": date(2026, 9, 9)}
        advance(
            stage_id="accepted", record_id=new_id(), answers={"judgement": "1", "handler": "李监督"}, **given
        )
        assert Entry.objects.get(pk=entry.pk).next_stage == "feedback"
        done = {"outcome": "责令改正", "penalty": False}
        advance(stage_id="feedback", record_id=new_id(), answers=done, **given)
        assert Entry.objects.get(pk=entry.pk).next_stage == ""


def test_a_clue_that_is_not_true_asks_for_no_feedback(world, supervision):
    entry = patrol(world, found=True, clues=1, problems="反映无证", reported=True)
    with acting(world.accounts.bureau_officer) as officer:
        advance(
            entry_id=entry.pk, stage_id="accepted", record_id=new_id(), by=officer, now=NOW,
            answers={"judgement": "3", "handler": "李监督"}, performed_on=date(2026, 9, 9),
        )  # fmt: skip
    assert Entry.objects.get(pk=entry.pk).next_stage == ""

"""A heap of paper is noted, taken in hand, entered sheet by sheet and closed; the gap is known throughout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from tests.indicators.test_snapshot import NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.archives import paper
from kangshu.archives.models import Batch, Sheet
from kangshu.archives.paper import BatchNotFound, BatchTaken, NotAllEntered, OtherInHand
from kangshu.kernel.errors import BadInput, NotAllowed

FOLLOW_UP, TODAY = "chronic.hypertension.follow_up", date(2026, 9, 30)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return World()


def receive(world, by, count: int = 3, **given) -> Batch:
    values = {
        "institution": world.county.clinic_a1.pk, "form_id": FOLLOW_UP, "count": count, "title": "二季度",
        "received_on": TODAY, "by": by, "now": NOW, "today": TODAY,
    }  # fmt: skip
    return paper.receive(**values | given)


def test_what_is_saved_with_a_batch_in_hand_counts_to_it(world):
    with acting(world.accounts.village_doctor_a) as by:
        made = receive(world, by)
    world.visit(world.li, date(2026, 2, 3))  # nothing is in hand yet
    with acting(world.accounts.village_doctor_a) as by:
        paper.take(batch=made.pk, by=by, now=NOW)
        with pytest.raises(OtherInHand):
            paper.take(batch=receive(world, by).pk, by=by, now=NOW)
    world.visit(world.li, date(2026, 5, 3))
    world.visit(world.wang, date(2026, 5, 4))
    with acting(world.accounts.village_doctor_a) as by:
        (progress,) = paper.progress_of(Batch.objects.filter(pk=made.pk))
        assert (progress.entered, progress.left, progress.rate) == (2, 1, D("66.67"))
        with pytest.raises(NotAllEntered):
            paper.close(batch=made.pk, by=by, now=NOW)
        trouble = paper.note_trouble(batch=made.pk, sheet="第3张", reason="字迹不清", by=by, now=NOW)
        paper.settle_trouble(trouble=trouble.pk, settled="returned", by=by, now=NOW)
        paper.close(batch=made.pk, by=by, now=NOW)
        assert {sheet.person_id for sheet in Sheet.objects.all()} == {world.li.pk, world.wang.pk}
        whole, own = paper.backlog("0001.")
    assert (whole.received, whole.entered, whole.returned, whole.left) == (6, 2, 1, 3)
    assert own.institution == world.county.clinic_a1


def test_who_may_and_what_is_refused(world):
    with acting(world.accounts.village_doctor_a) as by:
        made = receive(world, by)
        with pytest.raises(BadInput) as refused:
            receive(world, by, count=0, received_on=date(2026, 10, 1), form_id="no.such")
        assert {one.field for one in refused.value.problems} == {"count", "received_on", "form"}
        with pytest.raises(BatchNotFound):
            receive(world, by, institution=world.county.clinic_b1.pk)
        paper.take(batch=made.pk, by=by, now=NOW)
    with acting(world.accounts.township_worker_a) as by, pytest.raises(BatchTaken):
        paper.take(batch=made.pk, by=by, now=NOW)
    with acting(world.accounts.village_doctor_b) as by, pytest.raises(BatchNotFound):
        paper.put_down(batch=made.pk, by=by)
    with acting(world.accounts.bureau_officer) as by, pytest.raises(NotAllowed):
        receive(world, by)


def test_the_desk_leads_into_the_form(client, world):
    sign_in(client, world.accounts.village_doctor_a)
    address = reverse("archives:paper")
    assert client.get(address).status_code == 200
    new = {"form": FOLLOW_UP, "count": "2", "received_on": "2026-09-01"}
    assert client.post(address, new | {"count": "许多"}).status_code == 422
    desk = client.post(address, new).url
    assert "批次已登记" in client.get(desk).content.decode()
    assert client.post(desk, {"act": "take"}).status_code == 302
    found = client.get(f"{desk}?find={world.li.name}").content.decode()
    assert reverse("work:record", args=[FOLLOW_UP, world.li.pk]) in found
    assert client.post(desk, {"act": "trouble", "sheet": "", "reason": ""}).status_code == 422
    assert client.post(desk, {"act": "trouble", "sheet": "2", "reason": "缺页"}).status_code == 302
    assert "缺页" in client.get(desk).content.decode()
    sign_in(client, world.accounts.bureau_officer)
    assert world.county.clinic_a1.name in client.get(address).content.decode()

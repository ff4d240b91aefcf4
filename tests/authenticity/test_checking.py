"""A look at stored records, the sample, the calls; who may, and what the screens show."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.indicators.test_snapshot import NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.authenticity import actions, queries
from kangshu.authenticity.models import Call, Look, Suspicion
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.periods import parse_period
from kangshu.people.actions import record_death

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = parse_period("2026")


@pytest.fixture
def world() -> World:
    """Li was seen twice and died in between; Wang was seen twice."""
    world = World()
    for person in (world.li, world.wang):
        for month in (2, 4):
            world.visit(person, date(2026, month, 3), sbp=130 + 3 * month)
    with acting(world.accounts.township_worker_a) as worker:
        record_death(person_id=world.li.pk, on=date(2026, 3, 10), cause="", by=worker, now=NOW)
    return world


@pytest.fixture
def look(world) -> Look:
    with acting(world.accounts.bureau_officer) as by:
        return actions.look(period=YEAR, by=by, now=NOW)


def test_a_visit_after_death_is_found_with_its_reason(world, look):
    assert (look.judged, look.suspected) == (4, 1)
    with acting(world.accounts.bureau_officer):
        (found,) = Suspicion.objects.filter(look=look)
        (standing,) = queries.standings(look)
    assert (found.sign, found.person_id, len(found.records)) == ("after_end", world.li.pk, 1)
    assert "2026-03-10" in found.reason_zh
    assert standing.share == 0.25


def test_only_what_was_typed_is_judged(world):
    from kangshu.authenticity.reading import visits_of

    with acting(world.accounts.bureau_officer):
        visits = [visit for person in visits_of(YEAR) for visit in person]
    assert all({name for name, _ in visit.measured} >= {"sbp", "dbp"} for visit in visits)
    assert not any("bmi" in dict(visit.measured) for visit in visits)


def test_a_look_reaches_as_far_as_its_asker(world, look):
    with acting(world.accounts.village_doctor_a) as by, pytest.raises(NotAllowed):
        actions.look(period=YEAR, by=by, now=NOW)
    with acting(world.accounts.township_worker_b):
        assert not Look.objects.exists()
        assert not Suspicion.objects.exists()


def test_a_sample_is_half_signed_half_not_and_drawn_once(world, look):
    with acting(world.accounts.bureau_officer) as by:
        with pytest.raises(BadInput):
            actions.draw(look=look.pk, size=1, seed=1, by=by)
        calls = actions.draw(look=look.pk, size=3, seed=1, by=by)
        with pytest.raises(actions.AlreadyDrawn):
            actions.draw(look=look.pk, size=3, seed=2, by=by)
    assert sorted(call.suspected for call in calls) == [False, False, True]
    assert [call.position for call in calls] == [1, 2, 3]


def test_calls_are_written_down_and_compared(world, look):
    with acting(world.accounts.bureau_officer) as by:
        calls = actions.draw(look=look.pk, size=4, seed=1, by=by)
        for call in calls:
            outcome = "not_made" if call.suspected else "confirmed"
            actions.note_call(call=call.pk, outcome=outcome, note="", by=by, now=NOW)
        with pytest.raises(BadInput):
            actions.note_call(call=calls[0].pk, outcome="perhaps", note="", by=by, now=NOW)
        signed, plain = queries.halves(list(Call.objects.filter(look=look)))
    assert (signed.answered, signed.wrong) == (1, 1)
    assert (plain.answered, plain.wrong) == (3, 0)


def test_a_period_without_records_is_an_empty_look(world):
    with acting(world.accounts.bureau_officer) as by:
        empty = actions.look(period=parse_period("2019"), by=by, now=NOW)
        assert queries.standings(empty) == []
        with pytest.raises(actions.NothingToDraw):
            actions.draw(look=empty.pk, size=10, seed=1, by=by)


def test_the_screens_lead_from_the_look_to_the_call(client, world, look):
    sign_in(client, world.accounts.bureau_officer)
    assert "2026年" in client.get(reverse("authenticity:looks")).content.decode()
    address = reverse("authenticity:look", args=[look.pk])
    assert world.county.clinic_a1.name in client.get(address).content.decode()
    place = reverse("authenticity:institution", args=[look.pk, world.county.clinic_a1.pk])
    page = client.get(place).content.decode()
    assert "死亡或迁出后仍有服务" in page
    assert "李秀英" in page
    assert client.post(address, {"size": "许多", "seed": "1"}).status_code == 422
    drawn = client.post(address, {"size": "4", "seed": "1"})
    assert drawn.status_code == 302
    before = client.get(drawn.url).content.decode()
    assert "全部核实完成后" in before
    for call in _calls(world, look):
        client.post(reverse("authenticity:call", args=[call.pk]), {"outcome": "confirmed"})
    assert "有线索的：与记录不符" in client.get(drawn.url).content.decode()


def _calls(world, look) -> list[Call]:
    with acting(world.accounts.bureau_officer):
        return list(Call.objects.filter(look=look))


def test_the_worker_looks_as_the_account_that_asked(world):
    from kangshu.authenticity.tasks import look_now

    look_now(period="2026", account_id=str(world.accounts.bureau_officer.pk))
    with acting(world.accounts.bureau_officer):
        assert Look.objects.get().by_name == "科员辛"

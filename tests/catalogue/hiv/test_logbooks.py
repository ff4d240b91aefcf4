"""Testing under a code, outreach and closed settings: what is owed, what is counted, who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.fieldwork.conftest import NOW
from tests.support.accounts import accounts, acting, sign_in
from tests.support.county import small_county

from kangshu.access.models import CompartmentAccess
from kangshu.fieldwork.actions import enter
from kangshu.fieldwork.actions.sites import register_site
from kangshu.fieldwork.models import Entry
from kangshu.fieldwork.refusals import LogbookNotFound
from kangshu.kernel.identifiers import new_id

VISIT: dict[str, Any] = {
    "code": "V2026-031",
    "age": "3",
    "reason": ["1"],
    "counselled": True,
    "screening": "2",
}


@pytest.fixture
def who(db) -> Any:
    return accounts(small_county())


@pytest.fixture
def tester(who) -> Iterator[Any]:
    CompartmentAccess.objects.create(
        account=who.epidemiologist, compartment="hiv", from_at="2026-01-01T00:00+08:00"
    )
    with acting(who.epidemiologist) as by:
        yield by


def visited(by: Any) -> Entry:
    here = by.institution_id
    site = register_site(
        kind="vct_clinic",
        site_id=new_id(),
        name="县疾控中心VCT门诊",
        particulars={"address": "人民路1号"},
        institution=here,
        registered_on=date(2026, 1, 5),
        by=by,
        now=NOW,
    )
    return enter(
        logbook_id="hiv.testing",
        entry_id=new_id(),
        answers=VISIT,
        performed_on=date(2026, 9, 7),
        institution=here,
        site=site.pk,
        by=by,
        now=NOW,
    ).entry


def test_a_reactive_test_asks_for_confirmation_within_ten_days(tester):
    entry = visited(tester)
    assert (entry.next_stage, entry.next_due_on) == ("confirmation", date(2026, 9, 17))
    assert entry.compartment == "hiv"


def test_a_colleague_without_the_compartment_sees_no_entry(who, tester):
    entry = visited(tester)
    with acting(who.bureau_officer):
        assert not Entry.objects.exists()
    for account in (who.bureau_officer, who.director):
        client = sign_in(Client(), account)
        answers = [
            client.get(reverse("fieldwork:entry", args=[entry.pk])),
            client.get(reverse("fieldwork:logbook", args=["hiv.testing"])),
        ]
        assert [VISIT["code"] in answer.content.decode() for answer in answers] == [False, False]
    own = sign_in(Client(), who.epidemiologist)
    assert VISIT["code"] in own.get(reverse("fieldwork:entry", args=[entry.pk])).content.decode()


def test_a_colleague_without_the_compartment_enters_nothing(who, tester):
    entry = visited(tester)
    with acting(who.village_doctor_a) as other:
        with pytest.raises(LogbookNotFound):
            visited(other)
        with pytest.raises(LogbookNotFound):
            enter(
                logbook_id="hiv.testing",
                entry_id=new_id(),
                answers=VISIT,
                performed_on=date(2026, 9, 7),
                institution=entry.institution_id,
                site=entry.site_id,
                by=other,
                now=NOW,
            )

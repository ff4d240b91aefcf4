"""Registers of sites: registered once, changed with history, closed and reopened; licences that end."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.fieldwork.conftest import NOW
from tests.support.accounts import acting, sign_in

from kangshu.declare import registry
from kangshu.fieldwork import queries, refusals
from kangshu.fieldwork.actions import change_site, close_site, enter, register_site, reopen_site
from kangshu.fieldwork.models import Entry, Site
from kangshu.kernel.identifiers import new_id

EMPLOYER = {
    "industry": "木材加工", "size": "3", "risk": "2", "address": "柳林镇工业园", "hazards": ["1", "2"],
    "workers": 80, "exposed": 35,
}  # fmt: skip
INSPECTION = {
    "inspectors": "张、李", "measure": "2", "problems": ["3"], "notice": "2026-01", "rectify_by": "2026-10-08"
}  # fmt: skip


@pytest.fixture
def officer(world):
    with acting(world.accounts.bureau_officer) as officer:
        yield officer


def employer(world, officer, site_id=None, **given) -> Site:
    given = {
        "kind": "employer", "site_id": site_id or new_id(), "name": "青溪木业有限公司",
        "particulars": EMPLOYER,
        "institution": world.county.cdc.id, "registered_on": date(2026, 1, 5), "by": officer, "now": NOW,
    } | given  # fmt: skip
    return register_site(**given)


def inspected(site, officer, world):
    return enter(
        logbook_id="occupational.inspections", entry_id=new_id(), answers=INSPECTION,
        performed_on=date(2026, 9, 8), institution=world.county.cdc.id, site=site.pk, by=officer, now=NOW,
    ).entry  # fmt: skip


def test_an_employer_is_registered_once_and_keeps_its_history(world, officer):
    one = new_id()
    site = employer(world, officer, one)
    assert employer(world, officer, one).pk == site.pk
    with pytest.raises(refusals.SiteKnown):
        employer(world, officer)
    entry = inspected(site, officer, world)
    assert (entry.next_stage, entry.next_due_on) == ("rectified", date(2026, 10, 8))
    change_site(
        site_id=site.pk, name=site.name, particulars=EMPLOYER | {"exposed": 40}, reason="新增生产线",
        by=officer, now=NOW, on=date(2026, 9, 9),
    )  # fmt: skip
    assert Entry.objects.get(pk=entry.pk).facts["site__exposed"] == 40
    assert [one.what for one in site.changes.order_by("id")] == ["registered", "changed"]
    assert site.changes.order_by("id").first().particulars["exposed"] == 35


def test_nothing_is_entered_for_a_closed_site(world, officer):
    site = employer(world, officer)
    close_site(site_id=site.pk, on=date(2026, 6, 30), reason="停产", by=officer, now=NOW)
    with pytest.raises(refusals.SiteClosed):
        inspected(site, officer, world)
    reopen_site(site_id=site.pk, on=date(2026, 9, 1), reason="复产", by=officer, now=NOW)
    assert inspected(site, officer, world).site_id == site.pk
    with pytest.raises(refusals.SiteMissing):
        enter(
            logbook_id="occupational.inspections", entry_id=new_id(), answers=INSPECTION,
            performed_on=date(2026, 9, 8), institution=world.county.cdc.id, by=officer, now=NOW,
        )  # fmt: skip


def test_a_certificate_is_reminded_of_until_it_is_renewed(world, officer):
    holder = register_site(
        kind="mch_licence_holder", site_id=new_id(), name="王助产", by=officer, now=NOW,
        particulars={"holder": "2", "employer": "青溪县人民医院"}, institution=world.county.bureau.id,
        registered_on=date(2023, 10, 1),
    )  # fmt: skip
    logbook = registry.logbook("maternal.licences")

    def certificate(issued: str, until: str):
        answers = {
            "act": "1",
            "techniques": ["1"],
            "number": f"Z{issued}",
            "issued_on": issued,
            "valid_until": until,
        }
        return enter(
            logbook_id=logbook.id,
            entry_id=new_id(),
            answers=answers,
            performed_on=date.fromisoformat(issued),
            institution=world.county.bureau.id,
            site=holder.pk,
            by=officer,
            now=NOW,
        )

    certificate("2023-10-01", "2026-10-01")
    assert queries.ending(logbook, date(2026, 6, 30)) == []
    assert [one.ends_on for one in queries.ending(logbook, date(2026, 7, 1))] == [date(2026, 10, 1)]
    assert len(queries.ending(logbook, date(2027, 1, 1))) == 1
    certificate("2026-09-20", "2029-09-20")
    assert queries.ending(logbook, date(2027, 1, 1)) == []


def test_the_pages_of_a_register(world):
    client = sign_in(Client(), world.accounts.bureau_officer)
    address = reverse("fieldwork:register_site", args=["employer"])
    assert client.get(address).status_code == 200
    typed = {f"a-{name}": value for name, value in EMPLOYER.items()}
    posted = {"name": "青溪木业", "institution": world.county.bureau.id, "performed_on": "2026-01-05"} | typed
    assert client.post(address, posted | {"name": ""}).status_code == 422
    answer = client.post(address, posted)
    assert answer.status_code == 302
    assert "青溪木业" in client.get(answer["Location"]).content.decode()
    assert "青溪木业" in client.get(reverse("fieldwork:sites", args=["employer"])).content.decode()
    with acting(world.accounts.bureau_officer):
        site = Site.objects.get()
    close = reverse("fieldwork:close_site", args=[site.pk])
    assert client.get(close).status_code == 200
    assert client.post(close, {"performed_on": "2026-09-01", "reason": "停产"}).status_code == 302
    assert client.get(reverse("fieldwork:change_site", args=[site.pk])).status_code == 200

"""The pages of the funds: what they show, and entering money on them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import accounts, acting, sign_in
from tests.support.county import small_county

from kangshu.declare.fund import fund
from kangshu.kernel.dates import china_today
from kangshu.ledger import actions, queries

FUND = "benefits.mothers"


@pytest.fixture
def world(db):
    county = small_county()
    return county, accounts(county)


def test_an_allotment_that_adds_up_is_entered_on_the_page(world, client):
    county, people = world
    officer, year = sign_in(client, people.bureau_officer), china_today().year
    where = reverse("ledger:allot", args=[FUND]) + f"?year={year}"
    assert officer.get(where).status_code == 200
    given = {
        "year": year,
        "part_county": "600",
        "part_province": "400",
        "total": "1001",
        "document": "财社1号",
        "on": china_today().isoformat(),
    }
    refused = officer.post(where, given)
    assert refused.status_code == 422
    assert "相差1.00元" in refused.content.decode()
    assert officer.post(where, given | {"total": "1000"}).status_code == 302
    page = officer.get(reverse("ledger:fund", args=[FUND]) + f"?year={year}").content.decode()
    assert "财社1号" in page
    assert "各来源、各机构合计与总数一致" in page
    assert "请先录入资金指标" not in page, "they are entered"
    for kind in ("receive", "spend", "refund"):
        assert officer.get(reverse("ledger:enter", args=[FUND, kind])).status_code == 200
    paid = {
        "institution": county.hospital.pk,
        "amount": "250",
        "on": china_today().isoformat(),
        "memo": "补助",
        "year": year,
    }
    assert officer.post(reverse("ledger:enter", args=[FUND, "spend"]), paid).status_code == 302
    assert queries.fund_year(fund(FUND), year).use_rate == Decimal("25.00")
    assert "25.00%" in officer.get(reverse("ledger:funds")).content.decode()


def test_a_posting_is_reversed_on_the_page(world, client):
    county, people = world
    today = china_today()
    with acting(people.bureau_officer) as officer:
        usual = {"fund": FUND, "on": today, "by": officer}
        now = timezone.now()
        actions.allot(year=today.year, parts={"county": Decimal(9)}, total=Decimal(9), now=now, **usual)
        row = actions.spend(amount=Decimal(5), institution=county.hospital.pk, memo="x", now=now, **usual)
    browser = sign_in(client, people.bureau_officer)
    where = reverse("ledger:reverse", args=[FUND, row.pk])
    assert browser.get(where).status_code == 200
    assert browser.post(where, {"reason": "重复支付"}).status_code == 302
    assert queries.fund_year(fund(FUND), today.year).spent == 0
    assert browser.get(reverse("ledger:export", args=[FUND])).status_code == 200


def test_who_may_read_and_who_may_not(world, client):
    _, people = world
    assert sign_in(client, people.village_doctor_a).get(reverse("ledger:funds")).status_code == 403
    assert sign_in(client, people.director).get(reverse("ledger:funds")).status_code == 200
    assert sign_in(client, people.director).get(reverse("ledger:allot", args=[FUND])).status_code == 403

"""Vaccine comes in by its codes, and what does not fit is found: at the note, on the way, at the syringe."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.immunisation.test_clinic import BORN, answers
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.fieldwork.alarms import alarms
from kangshu.immunisation.oversight import Kind, oversight
from kangshu.immunisation.receiving import explain_delivery, in_range, receive_delivery
from kangshu.immunisation.refusals import CodeKnown
from kangshu.immunisation.supplies import Delivery
from kangshu.immunisation.tracing import read_code, read_codes
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.stock import actions as stock
from kangshu.stock import queries
from kangshu.work.actions import record_visit

HEPB = "vaccine.hepb"
FIRST, SECOND, THIRD = "83551120012345678901", "83551120012345678902", "83551120012345678903"
GS1 = "(01)06901234567892(17)280630(10)V2601(21)A7"


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


def received(county: County, by: Any, **more: Any) -> Delivery:
    given = {
        "institution": county.clinic_a1.pk,
        "goods": HEPB,
        "batch": "V2601",
        "expires_on": date(2028, 6, 30),
        "document": "SHD-1",
        "noted": 2,
        "codes": f"{FIRST}\n{SECOND}\n",
        "temperature": Decimal("4.5"),
        "on": china_today(),
        "by": by,
        "now": timezone.now(),
    }
    return receive_delivery(**(given | more))


@pytest.mark.parametrize(
    ("typed", "code", "batch", "expires_on"),
    [
        (FIRST, FIRST, "", None),
        (f"https://example.invalid/c?code={FIRST}", FIRST, "", None),
        (GS1, "06901234567892.A7", "V2601", date(2028, 6, 30)),
        ("]d2010690123456789217280600" + "10V2601\x1d21A7", "06901234567892.A7", "V2601", date(2028, 6, 30)),
    ],
)
def test_what_a_scanner_types(typed, code, batch, expires_on):
    read = read_code(typed)
    assert read is not None
    assert (read.code, read.batch, read.expires_on) == (code, batch, expires_on)


@pytest.mark.parametrize("typed", ["", "V2601", FIRST[:19], GS1.replace("892(", "893("), FIRST + "1"])
def test_what_is_no_code(typed):
    assert read_code(typed) is None


def test_a_code_of_another_batch_or_scanned_twice_is_named_with_its_line():
    codes, problems = read_codes(f"{FIRST}\n{GS1}\n{FIRST}\nx", "V2602", None)
    assert [one.code for one in codes] == [FIRST]
    assert [str(one.message.en)[:6] for one in problems] == ["Line 2", "Line 3", "Line 4"]


@pytest.mark.parametrize(
    ("goods", "temperature", "kept"),
    [(HEPB, "2", True), (HEPB, "8", True), (HEPB, "8.1", False), (HEPB, "1.9", False),
     ("vaccine.bopv", "-15", True), ("vaccine.bopv", "-14.9", False)],
)  # fmt: skip
def test_the_limits_on_the_way(goods, temperature, kept):
    assert in_range(goods, Decimal(temperature)) is kept


def test_a_delivery_comes_into_the_stock_and_its_packages_only_once(county, people):
    with acting(people.village_doctor_a) as doctor:
        received(county, doctor)
        assert queries.balance(county.clinic_a1.pk, HEPB) == 2
        with pytest.raises(CodeKnown):
            received(county, doctor, document="SHD-2", codes=FIRST)
        assert queries.balance(county.clinic_a1.pk, HEPB) == 2


def test_a_warm_delivery_is_written_down_and_not_received(county, people):
    with acting(people.village_doctor_a) as doctor:
        made = received(county, doctor, temperature=Decimal("11.0"))
        assert not made.accepted
        assert queries.balance(county.clinic_a1.pk, HEPB) == 0
        received(county, doctor)  # the same packages, kept cold, may come again
        assert queries.balance(county.clinic_a1.pk, HEPB) == 2


def test_a_difference_from_the_note_stays_open_until_it_is_explained(county, people):
    today = china_today()
    with acting(people.village_doctor_a) as doctor:
        made = received(county, doctor, noted=3)
        later = today + timedelta(days=9)
        (line,) = oversight(doctor, later, later, today).lines
        assert (line.received, line.traced, line.findings) == (0, 0, 1)  # still open, and not of these days
        (found,) = oversight(doctor, today, today, today).findings
        assert (found.kind, found.quantity, found.about) == (Kind.NOTE_DIFFERS, -1, made.pk)
        with pytest.raises(BadInput):
            explain_delivery(delivery=made.pk, reason=" ", by=doctor, now=timezone.now())
        explain_delivery(delivery=made.pk, reason="破损1支，已退回", by=doctor, now=timezone.now())
        assert oversight(doctor, today, today, today).findings == ()


def test_doses_syringes_and_codes_are_held_against_each_other(county, people):
    """One dose with a code that nobody received, no syringe used for it; a delivery without codes."""
    today = china_today()
    child = resident(county.clinic_a1, "王小宝", sex="2", birth_date=BORN, lives_here_since=BORN)
    with acting(people.village_doctor_a) as doctor:
        received(county, doctor)
        stock.receive(
            institution=county.clinic_a1.pk, goods="vaccine.mmr", quantity=5, batch="M1",
            expires_on=date(2028, 1, 1), on=today, by=doctor, now=timezone.now(),
        )  # fmt: skip
        record_visit(
            form_id="immunisation.dose",
            person=child.pk,
            answers=answers("HepB", batch="V2601", trace_code=THIRD),
            performed_on=today,
            institution=county.clinic_a1.pk,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        )
        found = oversight(doctor, today, today, today)
    kinds = {one.kind: one.quantity for one in found.findings}
    assert kinds == {Kind.UNTRACED: 5, Kind.SYRINGES: -1, Kind.CODE_UNKNOWN: 1}
    (line,) = found.lines
    assert (line.received, line.traced, line.given, line.findings) == (7, 2, 1, 3)


def test_the_page_receives_a_delivery_and_shows_what_lacks(county, people):
    doctor = sign_in(Client(), people.village_doctor_a)
    typed = {
        "institution": str(county.clinic_a1.pk), "goods": HEPB, "batch": "V2601", "expires_on": "2028-06-30",
        "document": "SHD-9", "noted": "3", "temperature": "4.5", "doses_a_code": "1",
        "codes": f"{FIRST}\nabc", "on": china_today().isoformat(),
    }  # fmt: skip
    refused = doctor.post(reverse("immunisation:receive"), typed)
    assert refused.status_code == 422
    assert "第2行不是追溯码" in refused.content.decode()
    done = doctor.post(reverse("immunisation:receive"), typed | {"codes": f"{FIRST}\n{SECOND}"}, follow=True)
    page = done.content.decode()
    assert "随货单不符" in page
    assert "SHD-9" in page
    looked = doctor.get(reverse("immunisation:oversight"), {"code": FIRST}).content.decode()
    assert "V2601" in looked
    epidemiologist = sign_in(Client(), people.epidemiologist)
    assert "SHD-9" in epidemiologist.get(reverse("immunisation:oversight")).content.decode()
    other = sign_in(Client(), people.village_doctor_b)
    assert "SHD-9" not in other.get(reverse("immunisation:oversight")).content.decode()


def test_the_cold_chain_says_nothing_where_nothing_is_registered(county, people):
    today = china_today()
    with acting(people.epidemiologist):
        assert alarms("immunisation.cold_chain", today, today, today) == []
